"""A session that is moved: every page that waits for it says so without being loaded anew, and calendars follow."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from icalendar import Calendar

from sabaq.classroom.services.moving import Move, move_session
from sabaq.people.actors import Actor, Grant
from sabaq.people.enums import Role
from sabaq.web.classroom.parts import fingerprint
from tests.factories import NOW, EditionFactory, EnrolmentFactory, SessionFactory
from tests.visitors import participant_browser, staff_browser

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("still_clock")]
STARTS_AT = NOW + timedelta(hours=1)
# By the clock of the course, in Tashkent.
BEFORE, AFTER = "14:20", "14:50"


@pytest.fixture
def session(pack_version):
    edition = EditionFactory(version=pack_version, starts_on=NOW.date(), ends_on=NOW.date())
    return SessionFactory(
        edition=edition, starts_at=STARTS_AT, ends_at=STARTS_AT + timedelta(minutes=40)
    )


@pytest.fixture
def anna(session):
    return participant_browser(EnrolmentFactory(edition=session.edition))


@pytest.fixture
def trainer(session):
    return staff_browser(session.edition, Role.TRAINER)


def move(session, *, by_minutes=30, minutes_longer=10):
    host = Actor("Host", grants=frozenset({Grant(Role.HOST, edition_id=session.edition_id)}))
    starts_at = session.starts_at + timedelta(minutes=by_minutes)
    ends_at = session.ends_at + timedelta(minutes=by_minutes + minutes_longer)
    move_session(session, Move(starts_at, ends_at), by=host, at=NOW)


class Page:
    """What stands in the parts of a page, and what a refresh brings, as the page's script asks for it."""

    def __init__(self, client, name, session):
        self.client, self.path = client, reverse(name, args=[session.uuid])
        self.parts = self._ask()

    def refresh(self):
        """Give the parts that a page would put in: those that came with another key."""
        have = ".".join(f"{name}-{fingerprint(part)}" for name, part in self.parts.items())
        return {
            name: part
            for name, part in self._ask(have).items()
            if fingerprint(part) != fingerprint(self.parts[name])
        }

    def _ask(self, have=""):
        text = self.client.get(self.path, {"have": have} if have else {}).content.decode()
        found = re.split(r'(?=<[a-z-]+[^>]*\sdata-part=")', text)[1:]
        return {re.search(r'data-part="([^"]+)"', part)[1]: part.strip() for part in found}


def test_who_waits_on_the_class_page_reads_when_it_was_and_when_it_is(session, anna):
    page = Page(anna, "classroom:now", session)
    assert BEFORE in page.parts["stage"]

    move(session)

    stage = page.refresh()["stage"]
    assert f"Moved from {BEFORE} to {AFTER}" in stage
    assert AFTER in stage


def test_the_projector_shows_the_new_time_without_being_loaded_anew(session, trainer):
    page = Page(trainer, "trainer:screen_now", session)
    assert BEFORE in page.parts["stage"]

    move(session)

    stage = page.refresh()["stage"]
    assert AFTER in stage
    assert BEFORE not in stage


@pytest.mark.parametrize("by_minutes", [30, 0])
def test_the_console_shows_the_new_time_and_length_without_being_loaded_anew(
    session, trainer, by_minutes
):
    page = Page(trainer, "trainer:desk", session)
    assert "40 minutes are planned" in page.parts["begin"]

    move(session, by_minutes=by_minutes)

    fresh = page.refresh()
    assert "50 minutes are planned" in fresh["begin"]
    assert (AFTER if by_minutes else BEFORE) in fresh["minutes"]
    assert fresh["order"] != page.parts["order"]


def test_her_calendar_takes_the_new_time_over(session, anna):
    def entry():
        [event] = Calendar.from_ical(anna.get("/timetable.ics").content).walk("VEVENT")
        return event["UID"], event["SEQUENCE"], event["DTSTART"].dt

    before = entry()
    move(session)
    after = entry()

    assert after[0] == before[0]
    assert after[1] > before[1]
    assert after[2] - before[2] == timedelta(minutes=30)
