"""The floor: giving it to a raised hand, taking it back, saying in which language it speaks."""

from datetime import datetime

from sabaq.classroom.errors.floor import LanguageNotOfCourse
from sabaq.classroom.errors.hands import HandIsDown
from sabaq.classroom.events.floor import FloorGranted, FloorLanguageSet, FloorTaken
from sabaq.classroom.log import append, locked_class, must_be_live, must_not_have_ended
from sabaq.classroom.models import FloorGrant, Hand, LiveClass
from sabaq.classroom.queries.floor import floor_language
from sabaq.classroom.services.hands import lower_in
from sabaq.courses.models import Session
from sabaq.people.actors import Actor


def grant_floor(hand: Hand, *, by: Actor, at: datetime) -> FloorGrant:
    """Let whoever raised this hand speak to all, and lower it; several may have the floor.

    Granting twice changes nothing. Raises `HandIsDown` where the hand went down without the floor.
    """
    with locked_class(hand.session) as live:
        must_be_live(live)
        hand = Hand.objects.select_for_update().get(pk=hand.pk)
        held = FloorGrant.objects.filter(
            session_id=live.session_id, enrolment_id=hand.enrolment_id, taken_at__isnull=True
        ).first()
        if held is None and hand.lowered_at is not None:
            raise HandIsDown
        if held is None:
            held = FloorGrant.objects.create(
                session_id=live.session_id, enrolment_id=hand.enrolment_id, granted_at=at
            )
            event = FloorGranted(str(held.uuid), held.enrolment_id)
            append(live, event, by=by, at=at, enrolment_id=held.enrolment_id)
        lower_in(live, hand, by=by, at=at)
        return held


def take_floor(grant: FloorGrant, *, by: Actor, at: datetime) -> FloorGrant:
    """Take the floor back, or give one's own back; taking it twice changes nothing."""
    with locked_class(grant.session) as live:
        grant = FloorGrant.objects.select_for_update().get(pk=grant.pk)
        _take(live, grant, by=by, at=at)
        return grant


def take_every_floor(live: LiveClass, *, by: Actor, at: datetime) -> None:
    """Take the floor from all in a class locked by `locked_class`: at its end nobody speaks to it."""
    held = FloorGrant.objects.filter(session_id=live.session_id, taken_at__isnull=True)
    for grant in held.order_by("granted_at", "id"):
        _take(live, grant, by=by, at=at)


def set_floor_language(session: Session, language: str, *, by: Actor, at: datetime) -> LiveClass:
    """Say in which language the floor speaks from now on; saying the same again changes nothing."""
    languages = tuple(session.edition.languages)
    if language not in languages:
        raise LanguageNotOfCourse
    with locked_class(session) as live:
        must_not_have_ended(live)
        if floor_language(live, languages) != language:
            live.floor_language = language
            live.save(update_fields=["floor_language"])
            append(live, FloorLanguageSet(language), by=by, at=at)
        return live


def _take(live: LiveClass, grant: FloorGrant, *, by: Actor, at: datetime) -> None:
    if grant.taken_at is not None:
        return
    grant.taken_at = at
    grant.save(update_fields=["taken_at"])
    event = FloorTaken(str(grant.uuid), grant.enrolment_id)
    append(live, event, by=by, at=at, enrolment_id=grant.enrolment_id)
