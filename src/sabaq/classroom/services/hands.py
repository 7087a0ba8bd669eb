"""Raising a hand, giving the word, lowering the hand. Its events are for her and for staff alone."""

from datetime import datetime

from sabaq.classroom.errors.hands import HandIsDown
from sabaq.classroom.events.base import Event
from sabaq.classroom.events.hands import HandCalled, HandLowered, HandRaised
from sabaq.classroom.log import append, locked_class, must_be_live
from sabaq.classroom.models import Hand, LiveClass
from sabaq.courses.models import Session
from sabaq.people.actors import Actor


def raise_hand(session: Session, *, enrolment_id: int, by: Actor, at: datetime) -> Hand:
    """Raise this participant's hand; raising one that is up changes nothing and keeps its place."""
    with locked_class(session) as live:
        must_be_live(live)
        up = Hand.objects.filter(
            session=session, enrolment_id=enrolment_id, lowered_at__isnull=True
        ).first()
        if up is not None:
            return up
        hand = Hand.objects.create(session=session, enrolment_id=enrolment_id, raised_at=at)
        _tell(live, HandRaised(str(hand.uuid), enrolment_id), hand, by=by, at=at)
        return hand


def call_hand(hand: Hand, *, by: Actor, at: datetime) -> Hand:
    """Give the word to whose hand this is; calling twice changes nothing. Raises `HandIsDown`."""
    with locked_class(hand.session) as live:
        must_be_live(live)
        hand = Hand.objects.select_for_update().get(pk=hand.pk)
        if hand.lowered_at is not None:
            raise HandIsDown
        if hand.called_at is None:
            hand.called_at = at
            hand.save(update_fields=["called_at"])
            _tell(live, HandCalled(str(hand.uuid), hand.enrolment_id), hand, by=by, at=at)
        return hand


def lower_hand(hand: Hand, *, by: Actor, at: datetime) -> Hand:
    """Lower a hand, one's own or from the console; lowering twice changes nothing."""
    with locked_class(hand.session) as live:
        hand = Hand.objects.select_for_update().get(pk=hand.pk)
        lower_in(live, hand, by=by, at=at)
        return hand


def lower_all_hands(live: LiveClass, *, by: Actor, at: datetime) -> None:
    """Lower every hand of a class that is locked by `locked_class`: at its end nobody waits for the word."""
    up = Hand.objects.filter(session_id=live.session_id, lowered_at__isnull=True)
    for hand in up.order_by("raised_at", "id"):
        lower_in(live, hand, by=by, at=at)


def lower_in(live: LiveClass, hand: Hand, *, by: Actor, at: datetime) -> None:
    """Lower a hand of a class that is locked by `locked_class`; lowering twice changes nothing."""
    if hand.lowered_at is not None:
        return
    hand.lowered_at = at
    hand.save(update_fields=["lowered_at"])
    _tell(live, HandLowered(str(hand.uuid), hand.enrolment_id), hand, by=by, at=at)


def _tell(live: LiveClass, event: Event, hand: Hand, *, by: Actor, at: datetime) -> None:
    append(live, event, by=by, at=at, enrolment_id=hand.enrolment_id)
