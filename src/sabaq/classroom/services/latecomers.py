"""Letting an officer without a seat into a class that goes on, or is about to begin."""

from datetime import datetime, timedelta

from django.db import transaction

from sabaq.classroom.enums import ClassState
from sabaq.classroom.errors.latecomers import NotTimeToAdmit
from sabaq.classroom.queries.running import class_of
from sabaq.courses.enums import SessionKind
from sabaq.courses.models import Session
from sabaq.enrolment.rules import Officer
from sabaq.enrolment.services.latecomers import Admission, admit_provisionally
from sabaq.people.actors import Actor
from sabaq.people.models import Agency

ADMITTED_BEFORE = timedelta(hours=1)


@transaction.atomic
def admit_to_class(
    session: Session, agency: Agency, officer: Officer, *, by: Actor, at: datetime
) -> Admission:
    """Admit an officer provisionally, during the class or in the hour before it; see `admit_provisionally`.

    Raises `NotTimeToAdmit` at any other time, and what `admit_provisionally` raises.
    """
    if not takes_latecomers(session, at=at):
        raise NotTimeToAdmit
    return admit_provisionally(session.edition, agency, officer, by=by, at=at)


def takes_latecomers(session: Session, *, at: datetime) -> bool:
    """Tell whether latecomers are admitted to this session now: live, or its time is at most an hour away."""
    if session.kind == SessionKind.BREAK:
        return False
    state = class_of(session).state
    if state == ClassState.WAITING:
        return session.starts_at - ADMITTED_BEFORE <= at < session.ends_at
    return state == ClassState.LIVE


def sessions_taking_latecomers(sessions: list[Session], *, at: datetime) -> list[Session]:
    """Give those of the sessions to which latecomers are admitted now, in their order."""
    return [session for session in sessions if takes_latecomers(session, at=at)]
