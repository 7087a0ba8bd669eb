"""Letting an officer without a seat into a class that goes on, or is about to begin."""

from datetime import datetime, timedelta

from django.db import transaction

from sabaq.classroom.enums import ClassState
from sabaq.classroom.errors.latecomers import NotTimeToAdmit
from sabaq.classroom.queries.running import class_of, state_of, timetable_with_classes
from sabaq.courses.enums import SessionKind
from sabaq.courses.models import Edition, Session
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
    return _is_open(session, class_of(session).state, at)


def _is_open(session: Session, state: str, at: datetime) -> bool:
    if session.kind == SessionKind.BREAK:
        return False
    if state == ClassState.WAITING:
        return session.starts_at - ADMITTED_BEFORE <= at < session.ends_at
    return state == ClassState.LIVE


def sessions_taking_latecomers(edition: Edition, *, at: datetime) -> list[Session]:
    """Give those of the edition's sessions to which latecomers are admitted now, in their order, in one query."""
    return [one for one in timetable_with_classes(edition) if _is_open(one, state_of(one), at)]
