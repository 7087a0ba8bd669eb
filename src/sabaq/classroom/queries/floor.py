"""The floor: who has it, in which language it speaks, and who may speak on which channel."""

from dataclasses import dataclass

from django.db.models import QuerySet

from sabaq.classroom.enums import ClassState
from sabaq.classroom.models import FloorGrant, LiveClass
from sabaq.classroom.rules.channels import BOOTH, FLOOR
from sabaq.courses.models import Session
from sabaq.courses.queries import roles_in_class
from sabaq.people.enums import Role


@dataclass(frozen=True)
class VoiceOfClass:
    """What voice must know of a class: whether it has ended, the floor's language, and all languages."""

    has_ended: bool
    floor_language: str
    languages: tuple[str, ...]


def voice_of_class(session_id: int) -> VoiceOfClass:
    """Give how the class stands; two queries."""
    session = Session.objects.select_related("edition").get(pk=session_id)
    live = LiveClass.objects.filter(session_id=session_id).first() or LiveClass(session=session)
    languages = tuple(session.edition.languages)
    return VoiceOfClass(live.state == ClassState.ENDED, floor_language(live, languages), languages)


def floor_language(live: LiveClass, languages: tuple[str, ...]) -> str:
    """Give the language in which the floor speaks: what was said last, else the edition's first."""
    return live.floor_language or next(iter(languages), "")


def floor_held(session: Session) -> QuerySet[FloorGrant]:
    """Give who has the floor, longest first, with person and agency."""
    return (
        FloorGrant.objects.filter(session=session, taken_at__isnull=True)
        .select_related("enrolment__person__agency")
        .order_by("granted_at", "id")
    )


def own_floor(session: Session, enrolment_id: int) -> FloorGrant | None:
    """Give this participant's grant of the floor, if it stands."""
    held = FloorGrant.objects.filter(session=session, taken_at__isnull=True)
    return held.filter(enrolment_id=enrolment_id).first()


def may_speak(
    place: str, session_id: int, *, enrolment_id: int | None, account_id: int | None
) -> bool:
    """Tell whether she may bring a microphone to this place at this moment.

    To the floor whoever leads the class, and a participant to whom it was granted while it is live; into a booth
    the edition's interpreters. Nobody once the class has ended.
    """
    voice = voice_of_class(session_id)
    if voice.has_ended:
        return False
    if account_id is not None:
        roles = roles_in_class(account_id, session_id)
        if place == FLOOR:
            return bool(roles - {Role.INTERPRETER})
        return place == BOOTH and Role.INTERPRETER in roles
    if enrolment_id is None or place != FLOOR:
        return False
    grants = FloorGrant.objects.filter(session_id=session_id, enrolment_id=enrolment_id)
    return grants.filter(taken_at__isnull=True).exists()
