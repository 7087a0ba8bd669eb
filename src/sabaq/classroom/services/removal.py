"""Erasing a text that should not have been written: from the database, the log, the exports and the pages.

For any row that holds a text and has `uuid` and `removed_at`. See docs/invariants/removal.md. In a service:

    with locked_class(session) as live:
        row = Announcement.objects.select_for_update().get(pk=announcement.pk)
        where = Whereabouts("announcement", {"text": ""}, brought_by=AnnouncementPosted)
        remove_text(live, row, where, by=by, at=at)
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol, cast
from uuid import UUID

from django.db.models import Model, QuerySet

from sabaq.classroom.enums import Audience
from sabaq.classroom.events import Event
from sabaq.classroom.events.removal import Removed, TextRemoved
from sabaq.classroom.log import append
from sabaq.classroom.models import ClassEvent, LiveClass
from sabaq.kernel.audit import record
from sabaq.kernel.tasks import enqueue
from sabaq.people.actors import NOBODY, Actor

FORGET = "classroom.forget"


class Removable(Protocol):
    """A row that holds a text which can be erased."""

    uuid: Any
    removed_at: Any


@dataclass(frozen=True)
class Whereabouts:
    """Where the text of a row stands.

    `what` names the kind of thing, in the log and as the key under which payloads name its uuid; `blank`
    are the columns that hold the text, with the values to put there; `along` are rows to delete with it
    (translations); `brought_by` is the kind of event that brought it into the log, if one did.
    """

    what: str
    blank: Mapping[str, Any]
    along: tuple[QuerySet[Any], ...] = ()
    brought_by: type[Event] | None = None


def remove_text(
    live: LiveClass, row: Removable, where: Whereabouts, *, by: Actor, at: datetime
) -> bool:
    """Erase the text of `row`; tell whether it was there. Removing twice changes nothing.

    Call it under `locked_class`, with `row` locked. The event that brought it in becomes a tombstone
    `Removed` under the same number, which says neither who nor what. `TextRemoved` makes every page draw
    itself anew, and a task wipes what the database's files still hold of it. The audit names who removed;
    `by=NOBODY`, for somebody who takes back what she wrote herself, leaves no line.
    """
    if row.removed_at is not None:
        return False
    saved = cast("Model", row)
    for name, value in where.blank.items():
        setattr(row, name, value)
    row.removed_at = at
    saved.save(update_fields=[*where.blank, "removed_at"])
    for rows in where.along:
        rows.delete()
    if where.brought_by is not None:
        _bury(live, where.brought_by, what=where.what, uuid=row.uuid)
    append(live, TextRemoved(where.what, str(row.uuid)), by=by, at=at)
    if by != NOBODY:
        record(saved, "text removed", by=by, at=at, changed=where.blank)
    enqueue(FORGET)
    return True


def _bury(live: LiveClass, brought_by: type[Event], *, what: str, uuid: UUID) -> None:
    """Put the tombstone where the first such event stood; what was for one participant is for staff from now on."""
    events = ClassEvent.objects.filter(
        session_id=live.session_id, kind=brought_by.__name__, **{f"payload__{what}": str(uuid)}
    )
    tombstone = Removed(what)
    for event in events.order_by("seq")[:1]:
        event.kind, event.payload, event.actor_key = tombstone.kind, tombstone.payload(), ""
        event.enrolment = None
        if event.audience == Audience.ONE:
            event.audience = Audience.STAFF
        event.save(update_fields=["kind", "payload", "actor_key", "enrolment", "audience"])
