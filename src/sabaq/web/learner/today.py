"""*Today*: where the participant stands in the course, and the one next thing to do."""

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from sabaq.courses.models import Edition
from sabaq.courses.queries import pack_of
from sabaq.enrolment.enums import EnrolmentState
from sabaq.kernel import clock
from sabaq.kernel.places import place_of
from sabaq.web.learner.course import course_of
from sabaq.web.learner.next_step import Course, Slot, next_step
from sabaq.web.requests import Request, enrolment_of, participants_only


@dataclass(frozen=True)
class Line:
    """One line of the day's timetable, by the reader's clock and, where it differs, the course's."""

    slot: Slot
    state: str
    mine: str
    course: str


@dataclass(frozen=True)
class Day:
    """The day of the course that a page shows: today where it has sessions, else the next that has."""

    date: date
    is_today: bool
    lines: tuple[Line, ...]


@participants_only
@require_safe
def today(request: Request) -> HttpResponse:
    """Show the next step, the day's timetable and the parts of the course."""
    enrolment, now = enrolment_of(request), clock.now()
    edition, course = enrolment.edition, course_of(enrolment)
    pack = pack_of(edition.version)
    here = edition.day_of(now)
    return render(
        request,
        "learner/today.html",
        {
            "edition": edition,
            "course": course,
            "step": next_step(course, at=now),
            "at": now,
            "today": here,
            "is_provisional": enrolment.state == EnrolmentState.PROVISIONAL,
            "day_number": (here - edition.starts_on).days + 1,
            "day_count": (edition.ends_on - edition.starts_on).days + 1,
            "days_left": (edition.starts_on - here).days,
            "is_over": here > edition.ends_on,
            "open_surveys": [one.key for one in course.surveys if course.is_asked(one, now)],
            "is_ending": course.is_ending(now),
            "has_aids": bool(pack.aids),
            "has_glossary": bool(pack.glossary),
            "day": day_of(course, edition, reader_zone=request.actor.zone, at=now),
            "reader_zone": request.actor.zone,
            "reader_place": place_of(request.actor.zone or edition.zone),
            "course_place": place_of(edition.zone),
        },
    )


def day_of(course: Course, edition: Edition, *, reader_zone: str, at: datetime) -> Day | None:
    """Give the day to show, None once the last session's day is past. Days are the course's own."""
    zone = ZoneInfo(edition.zone)
    here = at.astimezone(zone).date()
    dates = sorted({slot.starts_at.astimezone(zone).date() for slot in course.slots})
    shown = next((day for day in dates if day >= here), None)
    if shown is None:
        return None
    return Day(
        date=shown,
        is_today=shown == here,
        lines=tuple(
            _line(slot, zone, ZoneInfo(reader_zone or edition.zone), at)
            for slot in course.slots
            if slot.starts_at.astimezone(zone).date() == shown
        ),
    )


def _line(slot: Slot, course: ZoneInfo, reader: ZoneInfo, at: datetime) -> Line:
    mine, theirs = slot.starts_at.astimezone(reader), slot.starts_at.astimezone(course)
    differs = mine.utcoffset() != theirs.utcoffset()
    return Line(
        slot=slot,
        state=slot.state(at),
        # As words: a template would turn a moment into the server's zone.
        mine=f"{mine:%H:%M}",
        course=f"{theirs:%H:%M}" if differs else "",
    )
