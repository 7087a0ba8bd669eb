"""Five minutes left: that is between those who teach: told once, seen once each, heard by nobody else."""

from datetime import timedelta

import pytest

from sabaq.classroom.errors.running import ClassNotLive
from sabaq.classroom.queries.timekeeping import timekeeping_of
from sabaq.classroom.services.announcements import announce
from sabaq.classroom.services.running import begin_class
from sabaq.classroom.services.timekeeping import see_five_minutes, send_five_minutes
from sabaq.people.actors import acting
from tests.factories import NOW, SessionFactory

pytestmark = pytest.mark.django_db
TRAINER = acting("Trainer", account_id=7)
HOST = acting("Host", account_id=8)


@pytest.fixture
def live():
    session = SessionFactory()
    begin_class(session, None, by=TRAINER, at=NOW)
    return session


def told(session):
    return [(row.kind, row.audience, row.actor_key) for row in timekeeping_of(session)][1:]


def test_two_hosts_who_press_at_once_tell_it_once(live):
    send_five_minutes(live, by=HOST, at=NOW)
    send_five_minutes(live, by=TRAINER, at=NOW + timedelta(seconds=59))
    send_five_minutes(live, by=HOST, at=NOW + timedelta(seconds=60))

    assert told(live) == [("FiveMinutesSent", "staff", "account:8")] * 2


def test_each_trainer_notes_for_herself_that_she_has_seen_it(live):
    send_five_minutes(live, by=HOST, at=NOW)

    for actor in (TRAINER, TRAINER, HOST):
        see_five_minutes(live, told_since=NOW, by=actor, at=NOW)

    assert told(live)[1:] == [
        ("FiveMinutesSeen", "staff", "account:7"),
        ("FiveMinutesSeen", "staff", "account:8"),
    ]


def test_what_is_told_anew_is_seen_anew(live):
    later = NOW + timedelta(minutes=2)
    see_five_minutes(live, told_since=NOW, by=TRAINER, at=NOW)

    see_five_minutes(live, told_since=later, by=TRAINER, at=later)

    assert [kind for kind, _, _ in told(live)] == ["FiveMinutesSeen", "FiveMinutesSeen"]


def test_it_is_told_in_a_live_class_only():
    with pytest.raises(ClassNotLive):
        send_five_minutes(SessionFactory(), by=HOST, at=NOW)


def test_what_has_nothing_to_do_with_time_is_left_out(live):
    announce(live, {"en": "Hello"}, by=HOST, at=NOW)

    assert [row.kind for row in timekeeping_of(live)] == ["ClassBegan"]
