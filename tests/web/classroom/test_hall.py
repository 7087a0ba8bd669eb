"""The screen of a room: what the class shows, no names, and nothing else."""

from datetime import timedelta

import pytest
from django.test import Client

from sabaq.classroom.models import Presence
from sabaq.classroom.services.announcements import announce
from sabaq.classroom.services.running import begin_class, end_class
from sabaq.enrolment.access import cookie_for
from sabaq.kernel import clock
from sabaq.people.actors import acting
from sabaq.web.classroom.stage import deck_of
from sabaq.web.live.tickets import read_ticket
from tests.factories import (
    NOW,
    AccessLinkFactory,
    EditionFactory,
    EnrolmentFactory,
    RoomFactory,
    SessionFactory,
)
from tests.sample_pack import sample_version

pytestmark = pytest.mark.django_db
TRAINER = acting("Trainer", account_id=7)


@pytest.fixture(autouse=True)
def still():
    with clock.frozen(NOW):
        yield


@pytest.fixture
def edition():
    return EditionFactory(version=sample_version())


@pytest.fixture
def screen(edition):
    link = AccessLinkFactory(enrolment=None, room=RoomFactory(edition=edition))
    client = Client(headers={"accept-language": "en"})
    client.cookies["sabaq_p"] = cookie_for(link, at=NOW)
    return client


@pytest.fixture
def session(edition):
    return SessionFactory(edition=edition, topic="first-contact")


def begin(session):
    begin_class(session, deck_of(session), by=TRAINER, at=NOW)


def test_the_screen_shows_the_live_class_and_is_never_counted(screen, session):
    EnrolmentFactory(edition=session.edition, person__native_name="Гүлнар Үлгі")
    begin(session)

    page = screen.get("/class/hall/").content.decode()
    screen.get(f"/class/hall/{session.uuid}/now/")

    assert 'data-part="stage"' in page
    assert deck_of(session).slides[0].id in page
    assert "Гүлнар" not in page
    assert Presence.objects.count() == 0


def test_what_is_announced_stands_on_the_screen(screen, session):
    begin(session)
    announce(session, {"en": "Back at 11:30"}, by=TRAINER, at=NOW)

    assert "Back at 11:30" in screen.get("/class/hall/").content.decode()
    assert "Back at 11:30" in screen.get(f"/class/hall/{session.uuid}/now/").content.decode()


def test_its_ticket_is_nobodys(screen, session):
    text = screen.get(f"/class/hall/{session.uuid}/ticket/").json()["ticket"]

    ticket = read_ticket(text, at=NOW)
    assert (ticket.session_id, ticket.enrolment_id, ticket.is_staff) == (session.pk, None, False)


def test_it_goes_on_from_one_session_to_the_next(screen, session):
    following = SessionFactory(
        edition=session.edition,
        starts_at=NOW + timedelta(hours=1),
        ends_at=NOW + timedelta(hours=2),
    )
    begin(session)
    end_class(session, by=TRAINER, at=NOW)

    assert screen.get(f"/class/hall/{session.uuid}/now/").status_code == 404
    assert f"/class/hall/{following.uuid}/now/" in screen.get("/class/hall/").content.decode()


def test_it_opens_nothing_but_the_screen(screen, session):
    begin(session)

    for path in (
        f"/class/{session.uuid}/",
        f"/class/{session.uuid}/ticket/",
        "/today/",
        "/me/",
        "/office/",
    ):
        assert screen.get(path).status_code == 404
    assert screen.get("/").headers["Location"] == "/class/hall/"


def test_a_course_without_sessions_says_that_the_class_will_appear(screen):
    assert "the class appears here by itself" in screen.get("/class/hall/").content.decode()
