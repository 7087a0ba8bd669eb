from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.db.models import Count, F, Q, QuerySet

from sabaq.classroom.enums import ClassState
from sabaq.classroom.models import ClassEvent, LiveClass, PollRun, Presence
from sabaq.classroom.rules import Interval, by_day, minutes_of, within
from sabaq.courses.enums import ATTENDED_KINDS
from sabaq.courses.models import Edition, Session
from sabaq.courses.queries import timetable


def live_session_ids(edition: Edition) -> set[int]:
    """Give the ids of the edition's sessions whose class is live now."""
    live = LiveClass.objects.filter(session__edition=edition, state=ClassState.LIVE)
    return set(live.values_list("session_id", flat=True))


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
    """Give the poll that was opened last: it is open, or closed, or its results are shown."""
    return PollRun.objects.filter(session=session).order_by("-opened_at", "-id").first()


def uncounted_polls(session_ids: Iterable[int], *, counted_before: datetime) -> QuerySet[PollRun]:
    """Give the open polls of these sessions of which more have voted than everyone was told back then."""
    return (
        PollRun.objects.filter(session__in=session_ids, closed_at__isnull=True)
        .filter(Q(counted_at__isnull=True) | Q(counted_at__lte=counted_before))
        .annotate(cast=Count("votes"))
        .exclude(cast=F("counted"))
        .select_related("session")
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
