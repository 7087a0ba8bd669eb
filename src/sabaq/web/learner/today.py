"""*Today*: where the participant stands in the course, and the one next thing to do."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

from sabaq.courses.queries import pack_of
from sabaq.enrolment.enums import EnrolmentState
from sabaq.kernel import clock
from sabaq.kernel.i18n import Text, text_in
from sabaq.kernel.places import place_of
from sabaq.web.fragments import shared_fragment
from sabaq.web.learner.course import course_of
from sabaq.web.learner.next_step import Course, Slot, next_step
from sabaq.web.learner.parts import parts_of
from sabaq.web.requests import Request, enrolment_of, participants_only
from sabaq.web.templatetags.sabaq import moved_note, trial_tag


@dataclass(frozen=True)
class Line:
    """One line of the day's timetable, by the reader's clock and, where it differs, the course's."""

    title: Text
    notes: SafeString
    state: str
    mine: str
    course: str


@dataclass(frozen=True)
class Day:
    """The day of the course that a page shows: today where it has sessions, else the next that has."""

    date: date
    is_today: bool
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Reader:
    """Who reads, as far as the shared fragments of the page differ: her language, her zone and the course's."""

    language: str
    zone: str
    course_zone: str


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
            "today": here,
            "is_provisional": enrolment.state == EnrolmentState.PROVISIONAL,
            "day_number": (here - edition.starts_on).days + 1,
            "day_count": (edition.ends_on - edition.starts_on).days + 1,
            "days_left": (edition.starts_on - here).days,
            "is_over": here > edition.ends_on,
            "has_aids": bool(pack.aids),
            "has_glossary": bool(pack.glossary),
            **_fragments(
                course,
                Reader(
                    request.LANGUAGE_CODE,
                    request.actor.zone or edition.zone,
                    course_zone=edition.zone,
                ),
                at=now,
            ),
        },
    )


def _fragments(course: Course, reader: Reader, *, at: datetime) -> dict[str, SafeString]:
    """Show what many see alike: the big card, the timetable, and the parts of the course as they stand."""
    return {
        "next_step": _next_step(course, reader, at),
        "timetable": shared_fragment(
            "learner/timetable.html",
            day=day_of(course, reader, at=at),
            reader_place=place_of(reader.zone),
            course_place=place_of(reader.course_zone),
        ),
        "parts": shared_fragment(
            "learner/parts.html", parts=parts_of(course, language=reader.language, at=at)
        ),
    }


def _next_step(course: Course, reader: Reader, at: datetime) -> SafeString:
    step = next_step(course, at=at)
    return shared_fragment(
        "learner/next_step.html",
        step=replace(
            step,
            slot=step.slot and _titled(step.slot, reader),
            part=step.part and _titled(step.part, reader),
        ),
        moved=moved_note(step.slot, at, reader.course_zone, reader.zone) if step.slot else "",
        zone=reader.course_zone,
        reader_zone=reader.zone,
    )


def _titled(slot_or_part: Any, reader: Reader) -> Any:
    return replace(slot_or_part, title=text_in(slot_or_part.title, reader.language))


def day_of(course: Course, reader: Reader, *, at: datetime) -> Day | None:
    """Give the day to show, None once the last session's day is past. Days are the course's own."""
    zone = ZoneInfo(reader.course_zone)
    here = at.astimezone(zone).date()
    dates = sorted({slot.starts_at.astimezone(zone).date() for slot in course.slots})
    shown = next((day for day in dates if day >= here), None)
    if shown is None:
        return None
    return Day(
        date=shown,
        is_today=shown == here,
        lines=tuple(
            _line(slot, reader, at)
            for slot in course.slots
            if slot.starts_at.astimezone(zone).date() == shown
        ),
    )


def _line(slot: Slot, reader: Reader, at: datetime) -> Line:
    mine = slot.starts_at.astimezone(ZoneInfo(reader.zone))
    theirs = slot.starts_at.astimezone(ZoneInfo(reader.course_zone))
    differs = mine.utcoffset() != theirs.utcoffset()
    return Line(
        title=text_in(slot.title, reader.language),
        notes=trial_tag(slot) + moved_note(slot, at, reader.course_zone, reader.zone),
        state=slot.state(at),
        # As words: a template would turn a moment into the server's zone.
        mine=f"{mine:%H:%M}",
        course=f"{theirs:%H:%M}" if differs else "",
    )
