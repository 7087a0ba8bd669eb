"""The parts of the course as *today* lists them: each with its title in the reader's language and where it stands."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sabaq.assessment.enums import Phase
from sabaq.courses.packs import Asked
from sabaq.kernel.i18n import Text, text_in
from sabaq.web.learner.next_step import Course, Part


class PartState(StrEnum):
    DONE = "done"
    OPEN = "open"
    LATER = "later"
    OVER = "over"


@dataclass(frozen=True)
class PartLine:
    """One part of the course; `page` of `pages` is where she is in a lesson."""

    key: str
    title: Text
    state: PartState
    begun: bool = False
    phase: Phase = Phase.BEFORE
    page: int = 0
    pages: int = 0


@dataclass(frozen=True)
class Parts:
    """The parts of the course, in the order in which they are listed."""

    tests_before: tuple[PartLine, ...]
    lessons: tuple[PartLine, ...]
    tests_after: tuple[PartLine, ...]
    surveys: tuple[PartLine, ...]
    commitment: PartLine | None
    has_certificate: bool


def parts_of(course: Course, *, language: str, at: datetime) -> Parts:
    """Give where each part of the course stands at this moment."""

    def line(part: Part, state: PartState) -> PartLine:
        title = text_in(part.title, language)
        return PartLine(part.key, title, state, part.begun, part.phase, part.page, part.pages)

    tests = [line(part, _state_of_test(part, at)) for part in course.tests]
    surveys = [(part, _state_of_survey(course, part, at)) for part in course.surveys]
    promise = course.commitment
    return Parts(
        tests_before=tuple(one for one in tests if one.phase is Phase.BEFORE),
        lessons=tuple(
            line(part, PartState.DONE if part.done else PartState.OPEN) for part in course.lessons
        ),
        tests_after=tuple(one for one in tests if one.phase is Phase.AFTER),
        # An opening survey that was not answered in its time is asked of nobody any more.
        surveys=tuple(line(part, state) for part, state in surveys if state is not PartState.OVER),
        commitment=line(promise, _state_of_commitment(course, promise, at)) if promise else None,
        has_certificate=course.has_certificate,
    )


def _state_of_test(part: Part, at: datetime) -> PartState:
    if part.done:
        return PartState.DONE
    if part.window.is_early(at):
        return PartState.LATER
    is_going_on = part.begun and not part.window.is_over(at)
    return PartState.OPEN if part.window.is_open(at) or is_going_on else PartState.OVER


def _state_of_survey(course: Course, part: Part, at: datetime) -> PartState:
    if part.done:
        return PartState.DONE
    if course.is_asked(part, at):
        return PartState.OPEN
    return PartState.LATER if part.asked is Asked.AFTER else PartState.OVER


def _state_of_commitment(course: Course, part: Part, at: datetime) -> PartState:
    if part.done:
        return PartState.DONE
    return PartState.OPEN if course.is_ending(at) else PartState.LATER
