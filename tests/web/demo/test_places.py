"""Anybody may be anybody in a demo; nowhere else does the address exist."""

import pytest
from django.conf import settings
from django.test import Client, override_settings
from django.urls import Resolver404, resolve

from sabaq.classroom.enums import ClassState
from sabaq.classroom.models import LiveClass
from sabaq.people.enums import Role
from tests.doors.table import ROLES
from tests.doors.world import two_worlds
from tests.factories import (
    AccessLinkFactory,
    AccountFactory,
    AppointmentFactory,
    EditionFactory,
    EnrolmentFactory,
    SessionFactory,
)

PLACES = ("/demo/", "/demo/be/", "/demo/side-by-side/", "/phone/", "/phone/demo/")


@pytest.mark.parametrize("path", PLACES)
def test_the_address_does_not_exist_outside_a_demo(path):
    with pytest.raises(Resolver404):
        resolve(path)


def test_nobody_changes_places_outside_a_demo(still_clock, db):
    world = two_worlds()

    for role in ROLES:
        client = world.client(role)
        for path in PLACES:
            found = (
                client.get(path).status_code,
                client.post(path, {"who": "organiser"}).status_code,
            )
            assert (role, path, found) == (role, path, (404, 404))


@pytest.fixture
def edition(db):
    return EditionFactory(slug=settings.DEMO_EDITION)


def participant_of(edition):
    enrolment = EnrolmentFactory(edition=edition)
    AccessLinkFactory(enrolment=enrolment)
    return enrolment


def token(client: Client, path: str = "/demo/") -> str:
    client.get(path)
    return client.cookies["phone-csrftoken" if path.startswith("/phone/") else "csrftoken"].value


def be(client: Client, who: str, *, under: str = ""):
    sent = {"who": who, "csrfmiddlewaretoken": token(client, f"{under}/demo/")}
    return client.post(f"{under}/demo/be/", sent)


@pytest.mark.parametrize(
    "role",
    [
        Role.ORGANISER,
        Role.FOCAL_POINT,
        Role.TRAINER,
        Role.HOST,
        Role.EVALUATOR,
        Role.OBSERVER,
        Role.COMMUNICATION,
    ],
)
def test_one_click_makes_a_member_of_staff(still_clock, newcomer, edition, role):
    country = "KZ" if role == Role.FOCAL_POINT else ""
    AppointmentFactory(edition=edition, role=role, account=AccountFactory(), country=country)

    be(newcomer, role)
    bar = newcomer.get("/demo/").content.decode()

    assert f'value="{role}" aria-current="true"' in bar


def test_one_click_makes_a_participant_and_another_one_a_trainer(still_clock, newcomer, edition):
    AppointmentFactory(edition=edition, role=Role.TRAINER)
    enrolment = participant_of(edition)

    in_course = be(newcomer, str(enrolment.uuid))
    own_data = newcomer.get("/me/").status_code
    be(newcomer, Role.TRAINER)

    assert in_course.headers["Location"] == "/today/"
    assert own_data == 200
    assert newcomer.get("/teach/").status_code == 200
    assert newcomer.get("/me/").status_code == 404


def test_nobody_becomes_anybody_without_the_forms_token(still_clock, newcomer, edition):
    AppointmentFactory(edition=edition, role=Role.ORGANISER)

    refused = newcomer.post("/demo/be/", {"who": "organiser"})

    assert refused.status_code == 403
    assert newcomer.get("/office/").status_code == 302


@pytest.mark.parametrize("who", ["", "nobody", "01890000-0000-7000-8000-000000000000"])
def test_whoever_does_not_exist_cannot_be_played(still_clock, newcomer, edition, who):
    assert be(newcomer, who).status_code == 404


def test_a_link_alone_changes_nobody(still_clock, newcomer, edition):
    assert newcomer.get("/demo/be/?who=organiser").status_code == 405


def test_the_second_screen_is_signed_in_apart_from_the_first(still_clock, newcomer, edition):
    AppointmentFactory(edition=edition, role=Role.TRAINER)
    enrolment = participant_of(edition)

    be(newcomer, Role.TRAINER)
    entered = be(newcomer, str(enrolment.uuid), under="/phone")

    assert entered.headers["Location"].startswith("/phone/")
    assert newcomer.get("/phone/me/").status_code == 200
    assert newcomer.get("/teach/").status_code == 200
    assert newcomer.get("/phone/teach/").status_code == 404


def test_side_by_side_signs_both_in_and_lets_only_itself_frame_them(still_clock, newcomer, edition):
    AppointmentFactory(edition=edition, role=Role.TRAINER)
    participant_of(edition)

    newcomer.post("/demo/side-by-side/", {"csrfmiddlewaretoken": token(newcomer)})
    page = newcomer.get("/demo/side-by-side/")
    framed = newcomer.get("/phone/me/", headers={"Sec-Fetch-Dest": "iframe"})
    alone = newcomer.get("/teach/", headers={"Sec-Fetch-Dest": "document"})

    newcomer.cookies["lang"] = "ru"
    newcomer.get("/demo/side-by-side/")
    in_russian = newcomer.get("/phone/me/").content.decode()

    assert '<html lang="ru"' in in_russian
    assert page.content.decode().count("<iframe ") == 2
    assert "frame-src 'self'" in page.headers["Content-Security-Policy"]
    assert framed.status_code == 200
    assert "frame-ancestors 'self'" in framed.headers["Content-Security-Policy"]
    assert framed.headers["X-Frame-Options"] == "SAMEORIGIN"
    assert '<aside class="demo"' not in framed.content.decode()
    assert "frame-ancestors 'none'" in alone.headers["Content-Security-Policy"]
    assert alone.headers["X-Frame-Options"] == "DENY"


def test_a_page_is_what_it_is_without_the_bar(still_clock, in_a_demo, edition):
    """Take the bar out of a page of the demo, and the page of a server in production is left."""
    bare = Client().get("/privacy/", headers={"Sec-Fetch-Dest": "iframe"}).content
    own_middleware = [one for one in settings.MIDDLEWARE if ".demo." not in one]
    with override_settings(ROOT_URLCONF="sabaq.config.urls", MIDDLEWARE=own_middleware):
        own = Client().get("/privacy/").content

    assert b'<aside class="demo"' in Client().get("/privacy/").content
    assert len(bare) == len(own)


def test_the_first_page_says_when_it_is_and_whether_a_class_goes_on(still_clock, newcomer, edition):
    before = newcomer.get("/demo/").content.decode()
    LiveClass.objects.create(session=SessionFactory(edition=edition), state=ClassState.LIVE)
    during = newcomer.get("/demo/").content.decode()

    assert "Here it is 4 February 2027, 13:20 in Tashkent." in during
    assert ("No class is going on now" in before, "A class is going on" in before) == (True, False)
    assert ("No class is going on now" in during, "A class is going on" in during) == (False, True)


def test_a_newcomer_keeps_her_language_whichever_officer_she_becomes(
    still_clock, newcomer, edition
):
    officer = participant_of(edition)
    officer.person.language = "ru"
    officer.person.save()

    be(newcomer, str(officer.uuid))

    assert '<html lang="en"' in newcomer.get("/privacy/").content.decode()
