"""The append-only log: one locked counter a session, no gaps, effect and event in one transaction.

See docs/invariants/class-log.md.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from django.db import transaction

from sabaq.classroom.effects import announce
from sabaq.classroom.enums import Audience, ClassState
from sabaq.classroom.errors.running import ClassHasEnded, ClassNotLive
from sabaq.classroom.events import Event
from sabaq.classroom.models import ClassEvent, LiveClass
from sabaq.courses.models import Session
from sabaq.people.actors import Actor


@contextmanager
def locked_class(session: Session) -> Iterator[LiveClass]:
    """Hold the session's counter for one transaction: whoever appends waits for whoever is appending."""
    with transaction.atomic():
        LiveClass.objects.get_or_create(session=session)
        yield LiveClass.objects.select_for_update().get(session=session)


def append(
    live: LiveClass,
    event: Event,
    *,
    by: Actor,
    at: datetime,
    enrolment_id: int | None = None,
    audience: Audience | None = None,
) -> ClassEvent:
    """Append `event` to the log of `live`, which must be locked by `locked_class`; give the row.

    `enrolment_id` narrows the event to that participant (and staff); `audience` widens or narrows it.
    """
    live.last_seq += 1
    live.save(update_fields=["last_seq"])
    row = ClassEvent.objects.create(
        session_id=live.session_id,
        seq=live.last_seq,
        kind=event.kind,
        audience=Audience.ONE if enrolment_id is not None else audience or event.audience,
        enrolment_id=enrolment_id,
        payload=event.payload(),
        actor_key=by.key,
        at=at,
    )
    announce(live.session_id)
    return row


def must_be_live(live: LiveClass) -> None:
    """Raise `ClassHasEnded` or `ClassNotLive` unless the class is live."""
    must_not_have_ended(live)
    if live.state != ClassState.LIVE:
        raise ClassNotLive


def must_not_have_ended(live: LiveClass) -> None:
    """Raise `ClassHasEnded` where nothing more can happen."""
    if live.state == ClassState.ENDED:
        raise ClassHasEnded
