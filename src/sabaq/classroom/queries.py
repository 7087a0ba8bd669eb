from collections import defaultdict
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.db.models import Count, F, QuerySet

from sabaq.classroom.enums import ClassState
from sabaq.classroom.models import ClassEvent, LiveClass, PollRun, Presence
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


def class_of(session: Session) -> LiveClass:
    """Give the class's present state; one that has not begun waits."""
    return LiveClass.objects.filter(session=session).first() or LiveClass(session=session)


def events_after(session_id: int, seq: int, *, limit: int = 500) -> list[ClassEvent]:
    """Give the session's events after `seq`, in order. Asked by (session, seq), never by a global id."""
    rows = ClassEvent.objects.filter(session_id=session_id, seq__gt=seq).order_by("seq")
    return list(rows[:limit])


def current_poll(session: Session) -> PollRun | None:
    """Give the poll that is open, else the last one whose results are shown."""
    runs = PollRun.objects.filter(session=session)
    return runs.filter(closed_at__isnull=True).first() or (
        runs.filter(results_shown_at__isnull=False).order_by("-results_shown_at").first()
    )


def counts_of(run: PollRun) -> dict[str, int]:
    """Give the votes per option; an option without votes is absent."""
    rows = run.votes.values("option").annotate(votes=Count("id")).values_list("option", "votes")
    return dict(rows)


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
