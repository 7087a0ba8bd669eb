"""Staff come in by password or e-mailed code, within limits that the database keeps."""

import re
from datetime import timedelta

import pytest
from django.conf import settings
from django.core import mail
from django.test import Client

from sabaq.enrolment.access import cookie_for
from sabaq.kernel import clock
from sabaq.kernel.models import AttemptCounter
from sabaq.people.services import create_account
from tests.factories import NOW, AccessLinkFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("still_clock")]
EMAIL, PASSWORD = "organiser@office.example", "a long enough password 1"


@pytest.fixture
def account():
    return create_account(EMAIL, by=None, at=NOW, password=PASSWORD)


@pytest.fixture
def real_limits(settings):
    settings.RATE_LIMIT_FACTOR = 1


def sign_in(client: Client, password: str = PASSWORD, email: str = EMAIL, **more):
    return client.post("/staff/sign-in/", {"login": email, "password": password}, **more)


def test_a_password_signs_in_and_leads_to_the_editions(client, account):
    assert sign_in(client).headers["Location"] == "/office/"


def test_an_address_is_the_same_in_capitals(client, account):
    assert sign_in(client, email=EMAIL.upper()).headers["Location"] == "/office/"


def test_signing_in_as_staff_puts_a_participant_of_this_browser_out(client, account):
    client.cookies[settings.PARTICIPANT_COOKIE] = cookie_for(AccessLinkFactory(), at=NOW)

    sign_in(client)

    assert client.cookies[settings.PARTICIPANT_COOKIE].value == ""
    assert client.get("/me/").status_code == 404


def test_a_closed_account_does_not_come_in_and_one_inside_is_out_at_once(client, account):
    sign_in(client)
    account.is_active = False
    account.save(update_fields=["is_active"])

    assert client.get("/office/").headers["Location"].startswith("/staff/sign-in/")
    again = Client()
    assert sign_in(again).headers["Location"] == "/staff/closed/"
    assert "_auth_user_id" not in again.session


def test_a_closed_account_gets_no_code(client, account):
    account.is_active = False
    account.save(update_fields=["is_active"])

    client.post("/staff/code/", {"email": EMAIL})

    assert mail.outbox == []


def test_wrong_passwords_for_one_e_mail_are_limited_from_wherever_they_come(
    account, client, real_limits
):
    answers = [
        sign_in(Client(), "wrong", REMOTE_ADDR=f"192.0.2.{number}").status_code
        for number in range(9)
    ]

    refused = sign_in(client, REMOTE_ADDR="198.51.100.1")
    assert answers == [200] * 8 + [429]
    assert refused.status_code == 429
    assert refused.headers["Retry-After"] == "600"
    assert "Wait 10 min and try again" in refused.content.decode()


def test_wrong_passwords_from_one_address_are_limited_whatever_the_e_mail(client, real_limits):
    answers = [sign_in(client, "wrong", f"{n}@office.example").status_code for n in range(31)]

    assert answers == [200] * 30 + [429]


def test_after_the_window_the_door_opens_again(client, account, real_limits):
    for _ in range(8):
        sign_in(client, "wrong")

    with clock.frozen(NOW + timedelta(minutes=10)):
        assert sign_in(client).headers["Location"] == "/office/"


def test_right_passwords_are_not_counted(account, real_limits):
    for _ in range(40):
        assert sign_in(Client()).status_code == 302


def test_codes_asked_for_one_e_mail_are_limited_for_known_and_unknown_alike(
    client, account, real_limits
):
    known = [Client().post("/staff/code/", {"email": EMAIL}).status_code for _ in range(6)]
    unknown = [
        Client().post("/staff/code/", {"email": "nobody@office.example"}).status_code
        for _ in range(6)
    ]

    assert known == unknown == [302] * 5 + [429]
    assert len(mail.outbox) == 5


def test_counters_hold_neither_address_nor_e_mail(client, account, real_limits):
    sign_in(client, "wrong", REMOTE_ADDR="192.0.2.77")

    keys = list(AttemptCounter.objects.values_list("key", flat=True))
    assert len(keys) == 2
    assert all(re.fullmatch(r"[0-9a-f]{64}", key) for key in keys)
