"""Hands: one up at a time, in order, lowered at the end, and hers and staff's alone."""

import uuid
from datetime import timedelta

import pytest

from sabaq.classroom.errors.hands import HandIsDown
from sabaq.classroom.errors.running import ClassNotLive
from sabaq.classroom.models import ClassEvent, Hand
from sabaq.classroom.queries.hands import hands_up, own_hand
from sabaq.classroom.services.hands import call_hand, lower_hand, raise_hand
from sabaq.classroom.services.running import begin_class, end_class
from sabaq.people.actors import acting
from sabaq.web.live.tickets import Ticket
from tests.factories import NOW, EnrolmentFactory, SessionFactory

pytestmark = pytest.mark.django_db
TRAINER = acting("Trainer", account_id=7)
SHE = acting("She")


@pytest.fixture
def session():
    return SessionFactory()


@pytest.fixture
def live(session):
    begin_class(session, None, by=TRAINER, at=NOW)
    return session


def seconds(number):
    return NOW + timedelta(seconds=number)


def raised(session, at=NOW):
    enrolment = EnrolmentFactory(edition=session.edition)
    return raise_hand(session, enrolment_id=enrolment.pk, by=SHE, at=at)


def log_of(session):
    rows = ClassEvent.objects.filter(session=session).order_by("seq")
    return [(row.kind, row.audience, row.enrolment_id) for row in rows]


def test_a_hand_that_is_up_keeps_its_place_however_often_it_is_raised(live):
    first, second = raised(live), raised(live, seconds(1))
    again = raise_hand(live, enrolment_id=first.enrolment_id, by=SHE, at=seconds(2))

    assert again == first
    assert list(hands_up(live)) == [first, second]
    assert Hand.objects.count() == 2


def test_the_word_is_given_once_and_a_hand_comes_down_once(live):
    hand = raised(live)
    call_hand(hand, by=TRAINER, at=seconds(1))
    call_hand(hand, by=TRAINER, at=seconds(2))
    lower_hand(hand, by=SHE, at=seconds(3))
    lower_hand(hand, by=TRAINER, at=seconds(4))

    hand.refresh_from_db()
    who = hand.enrolment_id
    assert (hand.called_at, hand.lowered_at) == (seconds(1), seconds(3))
    assert log_of(live)[1:] == [
        ("HandRaised", "one", who),
        ("HandCalled", "one", who),
        ("HandLowered", "one", who),
    ]


def test_a_hand_that_is_down_is_not_called(live):
    hand = raised(live)
    lower_hand(hand, by=SHE, at=NOW)

    with pytest.raises(HandIsDown):
        call_hand(hand, by=TRAINER, at=NOW)


def test_a_hand_may_be_raised_again_and_goes_to_the_end(live):
    first, second = raised(live), raised(live, seconds(1))
    lower_hand(first, by=SHE, at=seconds(2))
    again = raise_hand(live, enrolment_id=first.enrolment_id, by=SHE, at=seconds(3))

    assert list(hands_up(live)) == [second, again]
    assert own_hand(live, first.enrolment_id) == again


def test_no_hand_is_raised_before_the_class_and_none_stays_up_after_it(session):
    with pytest.raises(ClassNotLive):
        raised(session)
    begin_class(session, None, by=TRAINER, at=NOW)
    hand = raised(session)
    end_class(session, by=TRAINER, at=seconds(9))

    hand.refresh_from_db()
    assert hand.lowered_at == seconds(9)
    assert [kind for kind, _, _ in log_of(session)][-2:] == ["HandLowered", "ClassEnded"]


def test_the_queue_is_read_with_names_and_agencies_in_one_query(live, django_assert_num_queries):
    for _ in range(3):
        raised(live)

    with django_assert_num_queries(1):
        assert all(hand.enrolment.person.agency.key for hand in hands_up(live))


@pytest.mark.parametrize(
    ("ticket", "hears"),
    [
        ({"enrolment_id": 5}, True),
        ({"enrolment_id": 6}, False),
        ({"enrolment_id": None}, False),
        ({"enrolment_id": None, "is_staff": True}, True),
    ],
)
def test_an_event_for_one_is_heard_by_her_and_by_staff(ticket, hears):
    assert Ticket(1, uuid.uuid4(), **ticket).sees("one", 5) is hears
