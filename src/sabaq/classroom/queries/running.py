"""Where a class stands, and its log."""

from collections.abc import Collection
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import BigIntegerField, F, Max, QuerySet

from sabaq.classroom.enums import ClassState
from sabaq.classroom.models import ClassEvent, LiveClass
from sabaq.courses.models import Edition, Session
from sabaq.courses.queries import timetable
from sabaq.kernel.statements import Given, Statement

_OF_A_SLOT = (
    "uuid",
    "kind",
    "title",
    "starts_at",
    "ends_at",
    "topic",
    "moved_from",
    "moved_at",
)
_TIMETABLE = Statement(
    lambda: (
        Session.objects.filter(edition=Given("edition", BigIntegerField()))
        .order_by("starts_at", "id")
        .values_list(*_OF_A_SLOT, "live_class__state")
    )
)


def live_session_ids(edition: Edition) -> set[int]:
    """Give the ids of the edition's sessions whose class is live now."""
    live = LiveClass.objects.filter(session__edition=edition, state=ClassState.LIVE)
    return set(live.values_list("session_id", flat=True))


def timetable_with_classes(edition: Edition) -> QuerySet[Session]:
    """Give the timetable, each session with `class_state` (a `ClassState`, or None before its class was opened)."""
    return timetable(edition).annotate(class_state=F("live_class__state"))


def state_of(session: Session) -> str:
    """Give the state of the class of a session from `timetable_with_classes`: one that was not opened waits."""
    return session.class_state or ClassState.WAITING  # type: ignore[attr-defined]


def timetable_now(edition: Edition) -> list[tuple[Any, ...]]:
    """Give the timetable bare: uuid, kind, title, start, end, topic, moved from, moved at, and the `ClassState` or None."""
    return _TIMETABLE.rows(edition=edition.pk)


def is_live(session: UUID) -> bool:
    """Tell whether the class of the session with this uuid is live now."""
    return LiveClass.objects.filter(session__uuid=session, state=ClassState.LIVE).exists()


def class_of(session: Session) -> LiveClass:
    """Give the class's present state; one that has not begun waits."""
    return LiveClass.objects.filter(session=session).first() or LiveClass(session=session)


def events_after(session_id: int, seq: int, *, limit: int = 500) -> list[ClassEvent]:
    """Give the session's events after `seq`, in order. Asked by (session, seq), never by a global id."""
    rows = ClassEvent.objects.filter(session_id=session_id, seq__gt=seq).order_by("seq")
    return list(rows[:limit])


def last_seq(session_id: int) -> int:
    """Give the number of the session's last event, 0 before the first."""
    last = ClassEvent.objects.filter(session_id=session_id).aggregate(last=Max("seq"))["last"]
    return last or 0


def over_since(session_ids: Collection[int], *, before: datetime) -> set[int]:
    """Give those of the sessions whose class had ended before this moment."""
    over = LiveClass.objects.filter(session_id__in=session_ids, state=ClassState.ENDED)
    return set(over.filter(ended_at__lt=before).values_list("session_id", flat=True))
