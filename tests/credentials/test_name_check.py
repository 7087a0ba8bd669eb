"""The public check confirms a name to whoever knows it, and tells it to nobody."""

import pytest
from django.urls import reverse

from sabaq.credentials.enums import CertificateState
from sabaq.kernel.models import AttemptCounter
from tests.credentials.test_pages import certificate

pytestmark = pytest.mark.django_db
ADDRESS = reverse("public:check_number", args=["2027-7K3M-9QTX"])


def answer(client, name):
    return client.post(ADDRESS, {"name": name})


@pytest.mark.parametrize("name", ["Айгүл Үлгі", "ulgi aigul"])
def test_the_name_on_the_certificate_is_confirmed(client, name):
    certificate()

    page = answer(client, name).content.decode()

    assert 'data-name="same"' in page
    assert AttemptCounter.objects.count() == 1  # the check itself; what is right costs nothing


@pytest.mark.parametrize("name", ["Aigul", "Aigul Ulgy", "Айгул Улги", "Aigul Ulgi Ulgi"])
def test_another_name_is_not_and_the_right_one_is_not_told(client, name):
    certificate()

    page = answer(client, name).content.decode()

    assert 'data-name="other"' in page
    assert "Айгүл" not in page
    assert name not in page


def test_nothing_is_compared_where_nothing_is_typed_and_nothing_found(client):
    certificate()

    assert "data-name" not in answer(client, "  ").content.decode()
    unknown = client.post(reverse("public:check_number", args=["2027-0000-0000"]), {"name": "A B"})
    assert unknown.status_code == 404


@pytest.mark.parametrize("state", [CertificateState.WITHDRAWN, CertificateState.REPLACED])
def test_of_what_is_not_valid_no_name_is_confirmed(client, state):
    certificate(state=state)

    page = answer(client, "Aigul Ulgi").content.decode()

    assert (f'data-state="{state}"' in page, "data-name" in page) == (True, False)


def test_who_tries_names_has_to_wait_and_then_the_right_one_is_not_told_either(client, settings):
    settings.RATE_LIMIT_FACTOR = 1
    certificate()

    for number in range(20):
        assert answer(client, f"Name {number}").status_code == 200
    refused = answer(client, "Aigul Ulgi")

    assert refused.status_code == 429
    assert "data-name" not in refused.content.decode()


def test_a_replaced_certificate_names_the_way_to_the_new_one_and_no_name(client):
    old = certificate(state=CertificateState.REPLACED)
    new = certificate(enrolment=old.enrolment, number="2027-AAAA-BBBB", latin_name="Aigula Ulgi")
    old.replaced_by = new
    old.save(update_fields=["replaced_by"])

    page = client.get(ADDRESS).content.decode()

    assert 'data-state="replaced"' in page
    assert reverse("public:check_number", args=["2027-AAAA-BBBB"]) in page
    assert "Aigul" not in page
