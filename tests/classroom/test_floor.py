"""The floor: given to a raised hand, taken back, spoken in one language at a time."""

from datetime import timedelta

import pytest

from sabaq.classroom.errors.floor import LanguageNotOfCourse
from sabaq.classroom.errors.hands import HandIsDown
from sabaq.classroom.errors.running import ClassHasEnded
from sabaq.classroom.models import ClassEvent, FloorGrant
from sabaq.classroom.queries.floor import floor_held, may_speak, own_floor, voice_of_class
from sabaq.classroom.rules.channels import BOOTH, FLOOR, channel_for
from sabaq.classroom.services.floor import grant_floor, set_floor_language, take_floor
from sabaq.classroom.services.hands import lower_hand, raise_hand
from sabaq.classroom.services.running import begin_class, end_class
from sabaq.people.actors import acting
from sabaq.people.enums import Role
from tests.factories import (
    NOW,
    AccountFactory,
    AppointmentFactory,
    EnrolmentFactory,
    SessionFactory,
)

TRAINER = acting("Trainer", account_id=7)
SHE = acting("She")


@pytest.fixture
def live(db):
    session = SessionFactory()
    begin_class(session, None, by=TRAINER, at=NOW)
    return session


def later(seconds):
    return NOW + timedelta(seconds=seconds)


def raised(session):
    enrolment = EnrolmentFactory(edition=session.edition)
    return raise_hand(session, enrolment_id=enrolment.pk, by=SHE, at=NOW)


def told(session):
    return [
        (event.kind, event.audience, event.enrolment_id)
        for event in ClassEvent.objects.filter(session=session).order_by("seq")
    ]


def test_the_floor_is_given_to_a_hand_which_goes_down(live):
    hand = raised(live)
    grant = grant_floor(hand, by=TRAINER, at=later(5))

    hand.refresh_from_db()
    assert (hand.lowered_at, list(floor_held(live))) == (later(5), [grant])
    assert told(live)[2:] == [
        ("FloorGranted", "one", hand.enrolment_id),
        ("HandLowered", "one", hand.enrolment_id),
    ]


def test_giving_the_floor_twice_changes_nothing(live):
    hand = raised(live)
    first = grant_floor(hand, by=TRAINER, at=later(5))
    events = told(live)

    assert grant_floor(hand, by=TRAINER, at=later(6)) == first
    assert told(live) == events


def test_a_hand_that_went_down_gets_no_floor(live):
    hand = lower_hand(raised(live), by=SHE, at=later(1))

    with pytest.raises(HandIsDown):
        grant_floor(hand, by=TRAINER, at=later(2))
    assert FloorGrant.objects.count() == 0


def test_several_have_the_floor_and_each_is_taken_once(live):
    first, second = (grant_floor(raised(live), by=TRAINER, at=later(n)) for n in (1, 2))
    take_floor(first, by=TRAINER, at=later(3))
    events = told(live)
    take_floor(first, by=TRAINER, at=later(4))

    assert list(floor_held(live)) == [second]
    assert told(live) == events
    assert events[-1] == ("FloorTaken", "one", first.enrolment_id)


def test_the_end_of_the_class_takes_every_floor(live):
    grants = [grant_floor(raised(live), by=TRAINER, at=later(1)) for _ in range(2)]
    end_class(live, by=TRAINER, at=later(9))

    assert list(floor_held(live)) == []
    assert [kind for kind, _, _ in told(live)][-3:] == ["FloorTaken", "FloorTaken", "ClassEnded"]
    assert own_floor(live, grants[0].enrolment_id) is None


def test_the_floor_speaks_the_first_language_until_another_is_said(live):
    live.edition.languages = ["en", "ru"]
    live.edition.save()
    before = voice_of_class(live.pk).floor_language
    set_floor_language(live, "ru", by=TRAINER, at=later(1))
    set_floor_language(live, "ru", by=TRAINER, at=later(2))

    assert (before, voice_of_class(live.pk).floor_language) == ("en", "ru")
    assert told(live)[1:] == [("FloorLanguageSet", "all", None)]


def test_the_floor_speaks_no_language_the_course_does_not_have(live):
    with pytest.raises(LanguageNotOfCourse):
        set_floor_language(live, "xx", by=TRAINER, at=later(1))
    end_class(live, by=TRAINER, at=later(2))
    with pytest.raises(ClassHasEnded):
        set_floor_language(live, live.edition.languages[0], by=TRAINER, at=later(3))


def test_who_may_speak_where(live):
    live.edition.languages = ["en", "ru"]
    live.edition.save()
    trainer, interpreter, chief, stranger = AccountFactory.create_batch(4)
    AppointmentFactory(edition=live.edition, account=trainer, role=Role.TRAINER)
    AppointmentFactory(edition=live.edition, account=interpreter, role=Role.INTERPRETER)
    AppointmentFactory(account=stranger, role=Role.TRAINER)  # of another edition
    chief.is_administrator = True
    chief.save()
    hand, silent = raised(live), EnrolmentFactory(edition=live.edition)
    grant_floor(hand, by=TRAINER, at=later(1))
    people = {
        "trainer": {"account_id": trainer.pk, "enrolment_id": None},
        "interpreter": {"account_id": interpreter.pk, "enrolment_id": None},
        "chief": {"account_id": chief.pk, "enrolment_id": None},
        "stranger": {"account_id": stranger.pk, "enrolment_id": None},
        "on the floor": {"account_id": None, "enrolment_id": hand.enrolment_id},
        "silent": {"account_id": None, "enrolment_id": silent.pk},
        "nobody": {"account_id": None, "enrolment_id": None},
    }

    def allowed():
        return {
            name: [c for c in (FLOOR, BOOTH, "en", "kk") if may_speak(c, live.pk, **who)]
            for name, who in people.items()
        }

    assert allowed() == {
        "trainer": [FLOOR],
        "interpreter": [BOOTH],
        "chief": [FLOOR],
        "stranger": [],
        "on the floor": [FLOOR],
        "silent": [],
        "nobody": [],
    }
    end_class(live, by=TRAINER, at=later(9))
    assert allowed() == {name: [] for name in people}


@pytest.mark.parametrize(
    ("wanted", "floor", "spoken", "heard"),
    [
        ("en", "en", {"floor", "ru"}, "floor"),
        ("ru", "en", {"floor", "ru"}, "ru"),
        ("ru", "ru", {"floor", "ru"}, "floor"),
        ("ru", "en", {"floor"}, ""),
        ("en", "en", {"ru"}, ""),
        ("floor", "en", {"floor", "ru"}, "floor"),
        ("floor", "en", {"ru"}, ""),
    ],
)
def test_a_language_is_heard_on_the_floor_or_in_its_booth(wanted, floor, spoken, heard):
    assert channel_for(wanted, floor, spoken) == heard
