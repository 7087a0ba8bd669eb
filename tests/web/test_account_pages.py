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
def test_the_sign_in_page_is_in_the_house_look_and_offers_a_code(client, settings):
    settings.EMAIL_URL = "smtp://mail.example:587"

    html = client.get("/staff/sign-in/").content.decode()

    assert "<h1>Staff sign-in</h1>" in html
    assert 'href="/staff/code/"' in html
    assert '<input type="email" name="login"' in html


@pytest.mark.django_db
def test_no_code_is_offered_where_no_mail_server_could_send_it(client, settings):
    settings.EMAIL_URL = ""

    assert "/staff/code/" not in client.get("/staff/sign-in/").content.decode()


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


def test_an_account_that_signs_in_by_code_may_choose_its_first_password(client, db):
    account = create_account(EMAIL, by=None, at=NOW)
    client.force_login(account)
    page = client.get("/staff/password/", follow=True).content.decode()
    client.post("/staff/password/first/", {"password1": PASSWORD, "password2": PASSWORD})
    account.refresh_from_db()

    assert "<h1>Choose a password</h1>" in page
    assert account.check_password(PASSWORD)


def test_a_changed_password_replaces_the_old_one(client, account):
    client.force_login(account)
    new = "another long password 2"
    client.post("/staff/password/", {"oldpassword": PASSWORD, "password1": new, "password2": new})
    account.refresh_from_db()

    assert account.check_password(new)


def test_a_closed_account_gets_no_code(client, account):
    account.is_active = False
    account.save(update_fields=["is_active"])
    client.post("/staff/code/", {"email": EMAIL})

    assert mail.outbox == []


def test_an_account_closed_while_its_code_was_on_the_way_stays_out(client, account):
    client.post("/staff/code/", {"email": EMAIL})
    [code] = re.findall(r"^\S{4,12}$", mail.outbox[0].body, re.MULTILINE)
    account.is_active = False
    account.save(update_fields=["is_active"])
    answer = client.post("/staff/code/confirm/", {"code": code}, follow=True)

    assert "<h1>This account is closed</h1>" in answer.content.decode()
    assert "_auth_user_id" not in client.session
