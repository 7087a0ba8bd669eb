"""What the screen of a room follows."""

from datetime import datetime

from sabaq.classroom.enums import ClassState
from sabaq.classroom.queries.running import state_of, timetable_with_classes
from sabaq.courses.enums import SessionKind
from sabaq.courses.models import Edition, Session


def session_on_screen(edition: Edition, *, at: datetime) -> Session | None:
    """Give the session a room's screen shows: the class that is live, else the next to come, else the last."""
    sessions = list(
        timetable_with_classes(edition)
        .exclude(kind=SessionKind.BREAK)
        .select_related("edition__version")
    )
    live = [one for one in sessions if state_of(one) == ClassState.LIVE]
    coming = [one for one in sessions if state_of(one) != ClassState.ENDED and one.ends_at > at]
    return next(iter([*live[-1:], *coming, *sessions[-1:]]), None)
