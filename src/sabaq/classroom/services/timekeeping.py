"""Telling those who teach, and nobody else, that five minutes are left."""

from datetime import datetime, timedelta

from sabaq.classroom.events.timekeeping import FiveMinutesSeen, FiveMinutesSent
from sabaq.classroom.log import append, locked_class, must_be_live
from sabaq.classroom.models import ClassEvent
from sabaq.courses.models import Session
from sabaq.people.actors import Actor

# Two colleagues who press at once tell it once.
SENT_ONCE_IN = timedelta(minutes=1)


def send_five_minutes(session: Session, *, by: Actor, at: datetime) -> None:
    """Tell everybody at the console that five minutes are left; within a minute of the last time, nothing."""
    with locked_class(session) as live:
        must_be_live(live)
        last = _last(session, FiveMinutesSent.__name__)
        if last is None or at - last.at >= SENT_ONCE_IN:
            append(live, FiveMinutesSent(), by=by, at=at)


def see_five_minutes(session: Session, *, told_since: datetime, by: Actor, at: datetime) -> None:
    """Note that this actor has seen what was told since then; pressing twice changes nothing."""
    with locked_class(session) as live:
        must_be_live(live)
        seen = _last(session, FiveMinutesSeen.__name__, actor_key=by.key)
        if seen is None or seen.at < told_since:
            append(live, FiveMinutesSeen(), by=by, at=at)


def _last(session: Session, kind: str, **by: str) -> ClassEvent | None:
    events = ClassEvent.objects.filter(session=session, kind=kind, **by)
    return events.order_by("-seq").first()
