import pytest
from django.urls import reverse

from sabaq.credentials.enums import CertificateState
from tests.factories import CertificateFactory

pytestmark = pytest.mark.django_db


def certificate(**changes):
    names = {"native_name": "Айгүл Үлгі", "latin_name": "Aigul Ulgi"}
    return CertificateFactory(**{"number": "2027-7K3M-9QTX", **names, **changes})


def test_the_public_check_confirms_number_and_course_and_names_nobody(client):
    certificate()

    page = client.get(reverse("public:check_number", args=["2027-7k3m-9qtx"]))

    assert page.status_code == 200
    text = page.content.decode()
    assert 'data-state="valid"' in text
    assert "Gender mainstreaming in law enforcement" in text
    assert "Aigul" not in text
    assert "Айгүл" not in text


def test_the_public_check_says_when_a_certificate_is_withdrawn(client):
    certificate(state=CertificateState.WITHDRAWN)

    page = client.get(reverse("public:check_number", args=["2027-7K3M-9QTX"]))

    assert 'data-state="withdrawn"' in page.content.decode()


def test_an_unknown_number_is_told_kindly(client):
    page = client.get(reverse("public:check_number", args=["2027-0000-0000"]))

    assert page.status_code == 404
    assert "There is no certificate with the number 2027-0000-0000" in page.content.decode()


def test_a_typed_number_leads_to_an_address(client):
    page = client.get(reverse("public:check"), {"number": " 2027 7k3m9qtx "})

    assert page.headers["Location"] == reverse("public:check_number", args=["2027-7K3M-9QTX"])
