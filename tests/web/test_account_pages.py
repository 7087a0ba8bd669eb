import re

import pytest
from django.core import mail

from sabaq.people.services import create_account
from tests.factories import NOW

EMAIL, PASSWORD = "organiser@example.org", "a long enough password 1"


@pytest.fixture
def account(db):
    return create_account(EMAIL, by=None, at=NOW, password=PASSWORD)


@pytest.mark.django_db
def test_the_sign_in_page_is_in_the_house_look_and_offers_a_code(client):
    html = client.get("/staff/sign-in/").content.decode()

    assert "<h1>Staff sign-in</h1>" in html
    assert 'href="/staff/code/"' in html
    assert '<input type="email" name="login"' in html


@pytest.mark.django_db
def test_a_wrong_password_is_summed_up_and_the_address_is_kept(client, account):
    html = client.post("/staff/sign-in/", {"login": EMAIL, "password": "wrong"}).content.decode()

    assert 'role="alert"' in html
    assert f'value="{EMAIL}"' in html


def test_staff_sign_in_by_an_e_mailed_code(client, account):
    asked = client.post("/staff/code/", {"email": EMAIL}, follow=True)
    [message] = mail.outbox
    [code] = re.findall(r"^\S{4,12}$", message.body, re.MULTILINE)
    client.post("/staff/code/confirm/", {"code": code})

    assert "Enter the code from the e-mail" in asked.content.decode()
    assert message.subject.endswith("Your sign-in code for Sabaq")
    assert client.session["_auth_user_id"] == str(account.pk)


@pytest.mark.django_db
def test_an_unknown_address_gets_the_same_page_and_no_message(client):
    asked = client.post("/staff/code/", {"email": "nobody@example.org"}, follow=True)

    assert "Enter the code from the e-mail" in asked.content.decode()
    assert mail.outbox == []


@pytest.mark.parametrize(
    ("path", "heading"),
    [
        ("/staff/sign-out/", "Do you want to sign out?"),
        ("/staff/password/", "Change your password"),
        ("/staff/again/", "Please confirm that it is you"),
    ],
)
def test_the_pages_of_a_signed_in_account_are_in_the_house_look(client, account, path, heading):
    client.force_login(account)

    assert f"<h1>{heading}</h1>" in client.get(path).content.decode()
