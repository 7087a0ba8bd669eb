"""The one next thing to do: a pure function of the timetable, what is done, and the moment."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from sabaq.assessment.enums import Phase
from sabaq.assessment.rules import Window
from sabaq.courses.enums import ATTENDED_KINDS, SessionKind
from sabaq.courses.packs import Asked
from sabaq.feedback.rules import COMMITMENT_STAYS_OPEN, SURVEY_STAYS_OPEN

# The class may be entered this long before it begins, and a forgotten one is not "live" for days.
DOORS_OPEN = timedelta(minutes=15)
LIVE_AT_MOST_AFTER_END = timedelta(hours=3)
# What is asked before the course may be answered until its first day is taught; a day is shorter than this.
FIRST_DAY = timedelta(hours=12)


class SlotState(StrEnum):
    WAS = "was"
    NOW = "now"
    LATER = "later"


@dataclass(frozen=True)
class Slot:
    """One session of the timetable; `live` and `ended` are what the class itself says."""

    uuid: Any
    kind: SessionKind
    title: Any
    starts_at: datetime
    ends_at: datetime
    topic: str = ""
    moved_from: datetime | None = None
    moved_at: datetime | None = None
    live: bool = False
    ended: bool = False

    def is_live(self, at: datetime) -> bool:
        return self.live and at < self.ends_at + LIVE_AT_MOST_AFTER_END

    def is_open(self, at: datetime) -> bool:
        """Tell whether the class may be waited in: shortly before its time, or in it."""
        return not self.ended and self.starts_at - DOORS_OPEN <= at < self.ends_at

    def state(self, at: datetime) -> SlotState:
        if self.is_live(at):
            return SlotState.NOW
        if self.ended or at >= self.ends_at:
            return SlotState.WAS
        return SlotState.NOW if at >= self.starts_at else SlotState.LATER


@dataclass(frozen=True)
class Part:
    """A test, a lesson, a survey or the commitment of the course."""

    key: str
    title: Any
    done: bool = False
    begun: bool = False
    phase: Phase = Phase.BEFORE  # of a test
    window: Window = field(default_factory=Window)
    asked: Asked = Asked.AFTER  # of a survey
    closed: bool = False  # a survey that takes no more answers
    page: int = 0  # of a lesson that she is reading: where she is
    pages: int = 0


@dataclass(frozen=True)
class Course:
    """Everything the next step follows from."""

    slots: tuple[Slot, ...] = ()
    tests: tuple[Part, ...] = ()
    lessons: tuple[Part, ...] = ()
    surveys: tuple[Part, ...] = ()
    commitment: Part | None = None
    has_certificate: bool = False

    @property
    def taught(self) -> tuple[Slot, ...]:
        return tuple(slot for slot in self.slots if slot.kind in ATTENDED_KINDS)

    def is_before(self, at: datetime) -> bool:
        """Tell whether the first taught session is still to come."""
        return all(slot.state(at) is SlotState.LATER for slot in self.taught)

    def is_over(self, at: datetime) -> bool:
        """Tell whether every taught session was."""
        return bool(self.taught) and all(slot.state(at) is SlotState.WAS for slot in self.taught)

    def is_ending(self, at: datetime) -> bool:
        """Tell whether the last taught session has begun."""
        return not self.taught or at >= self.taught[-1].starts_at or self.is_over(at)

    def is_asked(self, part: Part, at: datetime) -> bool:
        """Tell whether a survey is open: before the course and on its first day, or from its last session on.

        Time to answer is part of the last session; two weeks are left after it. A course without any session has
        nothing to wait for.
        """
        if part.closed:
            return False
        if part.asked is Asked.AFTER:
            last = max((slot.ends_at for slot in self.taught), default=at)
            return self.is_ending(at) and at < last + SURVEY_STAYS_OPEN
        first_day = [
            slot for slot in self.taught if slot.starts_at < self.taught[0].starts_at + FIRST_DAY
        ]
        return not first_day or any(slot.state(at) is not SlotState.WAS for slot in first_day)


class Kind(StrEnum):
    CLASS_LIVE = "class-live"
    CLASS_SOON = "class-soon"
    OPENING_SURVEY = "opening-survey"
    SURVEY = "survey"
    COMMITMENT = "commitment"
    TEST = "test"
    TEST_AFTER = "test-after"
    LESSON = "lesson"
    CERTIFICATE = "certificate"
    WAIT = "wait"
    OVER = "over"


@dataclass(frozen=True)
class NextStep:
    """What to do, and with which session or part of the course."""

    kind: Kind
    slot: Slot | None = None
    part: Part | None = None


def next_step(course: Course, *, at: datetime) -> NextStep:
    """Give the one next thing to do.

    The class that is live, or about to be, comes before all; then what has a time limit (a test while
    it is open, the survey once all is taught), then what prepares, then what is to be fetched.
    """
    return next(step for rule in _RULES if (step := rule(course, at)) is not None)


def _class(course: Course, at: datetime) -> NextStep | None:
    rooms = [slot for slot in course.slots if slot.kind != SessionKind.BREAK]
    live = [slot for slot in rooms if slot.is_live(at)]
    if live:
        return NextStep(Kind.CLASS_LIVE, slot=live[-1])
    soon = [slot for slot in rooms if slot.is_open(at)]
    # Of two that follow each other closely, the one in its time; else the earlier.
    soon.sort(key=lambda slot: slot.starts_at > at)
    return NextStep(Kind.CLASS_SOON, slot=soon[0]) if soon else None


def _test_after(course: Course, at: datetime) -> NextStep | None:
    part = _first_owed(_open_tests(course, Phase.AFTER, at))
    return NextStep(Kind.TEST_AFTER, part=part) if part else None


def _survey(course: Course, at: datetime) -> NextStep | None:
    part = _first_owed(
        s for s in course.surveys if s.asked is Asked.AFTER and course.is_asked(s, at)
    )
    return NextStep(Kind.SURVEY, part=part) if part and course.is_over(at) else None


def _commitment(course: Course, at: datetime) -> NextStep | None:
    part = course.commitment
    if part is None or part.done or not course.is_over(at):
        return None
    if at >= course.taught[-1].ends_at + COMMITMENT_STAYS_OPEN:
        return None
    return NextStep(Kind.COMMITMENT, part=part)


def _opening_survey(course: Course, at: datetime) -> NextStep | None:
    part = _first_owed(s for s in course.surveys if s.asked is Asked.BEFORE and not s.closed)
    return NextStep(Kind.OPENING_SURVEY, part=part) if part and course.is_before(at) else None


def _test(course: Course, at: datetime) -> NextStep | None:
    part = _first_owed(_open_tests(course, Phase.BEFORE, at))
    return NextStep(Kind.TEST, part=part) if part else None


def _open_tests(course: Course, phase: Phase, at: datetime) -> list[Part]:
    return [one for one in course.tests if one.phase is phase and one.window.is_open(at)]


def _lesson(course: Course, at: datetime) -> NextStep | None:
    if course.is_over(at):
        return None
    owed = [part for part in course.lessons if not part.done]
    coming = [slot.topic for slot in course.taught if slot.state(at) is not SlotState.WAS]
    # What the class takes up first is read first.
    owed.sort(key=lambda part: coming.index(part.key) if part.key in coming else len(coming))
    return NextStep(Kind.LESSON, part=owed[0]) if owed else None


def _certificate(course: Course, at: datetime) -> NextStep | None:
    return NextStep(Kind.CERTIFICATE) if course.has_certificate else None


def _nothing(course: Course, at: datetime) -> NextStep:
    coming = (slot for slot in course.slots if slot.kind != SessionKind.BREAK)
    slot = next((slot for slot in coming if slot.state(at) is SlotState.LATER), None)
    return NextStep(Kind.WAIT, slot=slot) if slot else NextStep(Kind.OVER)


def _first_owed(parts: Iterable[Part]) -> Part | None:
    return next((part for part in parts if not part.done), None)


_RULES: tuple[Callable[[Course, datetime], NextStep | None], ...] = (
    _class,
    _test_after,
    _survey,
    _commitment,
    _test,
    _opening_survey,
    _lesson,
    _certificate,
    _nothing,
)
