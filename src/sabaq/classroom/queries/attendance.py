"""Who was and is in class."""

from collections import defaultdict
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.db.models import Count

from sabaq.classroom.enums import ClassState
from sabaq.classroom.models import Presence
from sabaq.classroom.rules import Interval, by_day, minutes_of, within
from sabaq.courses.enums import ATTENDED_KINDS
from sabaq.courses.models import Edition, Session


def attended_minutes(edition: Edition) -> dict[int, dict[date, float]]:
    """Give the minutes each enrolment was in class on each day of the edition's zone, in one query.

    Presence over several devices and sessions is joined. Breaks and trial runs count nothing, nor does
    the time in which somebody waited for the class to begin.
    """
    zone = ZoneInfo(edition.zone)
    stretches: dict[tuple[int, date], list[Interval]] = defaultdict(list)
    rows = (
        Presence.objects.filter(session__edition=edition, session__kind__in=ATTENDED_KINDS)
        .exclude(session__live_class__state=ClassState.WAITING)
        .values_list(
            "enrolment_id",
            "from_at",
            "until_at",
            "session__live_class__started_at",
            "session__live_class__ended_at",
        )
    )
    for enrolment_id, start, end, began_at, ended_at in rows:
        counted = within((start, end), began_at, ended_at)
        for day, part in by_day(counted, zone) if counted else ():
            stretches[enrolment_id, day].append(part)
    minutes: dict[int, dict[date, float]] = defaultdict(dict)
    for (enrolment_id, day), intervals in stretches.items():
        minutes[enrolment_id][day] = minutes_of(intervals)
    return dict(minutes)


def present_now(session: Session, *, at: datetime) -> int:
    """Give how many participants were noted in the class within the last minute."""
    recent = Presence.objects.filter(session=session, until_at__gte=at - timedelta(minutes=1))
    return recent.values("enrolment_id").distinct().count()


def present_by_language(session: Session, *, at: datetime) -> dict[str, int]:
    """Give how many are in the class now, by the language they prefer."""
    recent = Presence.objects.filter(session=session, until_at__gte=at - timedelta(minutes=1))
    rows = (
        recent.values("enrolment__person__language")
        .annotate(heads=Count("enrolment_id", distinct=True))
        .values_list("enrolment__person__language", "heads")
    )
    return dict(sorted(rows))
