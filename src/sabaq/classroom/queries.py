from collections import defaultdict
from datetime import date
from zoneinfo import ZoneInfo

from django.db.models import F, QuerySet

from sabaq.classroom.enums import ClassState
from sabaq.classroom.models import LiveClass, Presence
from sabaq.classroom.rules import Interval, minutes_of
from sabaq.courses.enums import ATTENDED_KINDS
from sabaq.courses.models import Edition, Session
from sabaq.courses.queries import timetable


def live_session_ids(edition: Edition) -> set[int]:
    """Give the ids of the edition's sessions whose class is live now."""
    live = LiveClass.objects.filter(session__edition=edition, state=ClassState.LIVE)
    return set(live.values_list("session_id", flat=True))


def attended_minutes(edition: Edition) -> dict[int, dict[date, float]]:
    """Give the minutes each enrolment was in class on each day of the edition's zone, in one query.

    Presence over several devices and sessions is joined; breaks and trial runs count nothing.
    """
    zone = ZoneInfo(edition.zone)
    stretches: dict[tuple[int, date], list[Interval]] = defaultdict(list)
    rows = Presence.objects.filter(
        session__edition=edition, session__kind__in=ATTENDED_KINDS
    ).values_list("enrolment_id", "from_at", "until_at")
    for enrolment_id, start, end in rows:
        stretches[enrolment_id, start.astimezone(zone).date()].append((start, end))
    minutes: dict[int, dict[date, float]] = defaultdict(dict)
    for (enrolment_id, day), intervals in stretches.items():
        minutes[enrolment_id][day] = minutes_of(intervals)
    return dict(minutes)


def timetable_with_classes(edition: Edition) -> QuerySet[Session]:
    """Give the timetable, each session with `class_state` (a `ClassState`, or None before its class was opened)."""
    return timetable(edition).annotate(class_state=F("live_class__state"))
