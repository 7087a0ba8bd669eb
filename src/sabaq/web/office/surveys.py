"""What participants answered, all together."""

from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from sabaq.courses.models import Edition
from sabaq.courses.packs import Option
from sabaq.courses.packs.parts import QuestionKind
from sabaq.courses.queries import editions_for
from sabaq.feedback.queries import (
    ReleasedComment,
    SurveyResults,
    closing_day_of,
    editions_evaluated_by,
    released_comments,
    results_of,
)
from sabaq.feedback.rules import BATCH, SHOWN_FROM, Result, percent
from sabaq.feedback.services import close_survey
from sabaq.kernel import clock
from sabaq.people.enums import Role
from sabaq.web.requests import Request, found, staff_only


@dataclass(frozen=True)
class Line:
    """One option of a question: how many chose it, their share in percent, and where its piece of the bar begins."""

    option: Option
    count: int
    share: int
    begins: float
    width: float


@dataclass(frozen=True)
class Question:
    """One question with its result, its lines, and what others may read of the texts written for it."""

    result: Result
    lines: tuple[Line, ...]
    comments: tuple[ReleasedComment, ...]

    @property
    def is_stacked(self) -> bool:
        """Tell whether its options have an order, so that one bar of all of them says something."""
        return self.result.question.kind is QuestionKind.LIKERT


@dataclass(frozen=True)
class Sheet:
    """One survey of the edition with its results, the day it closes, and whether it can be closed now."""

    of: SurveyResults
    questions: tuple[Question, ...]
    closes_on: object

    @property
    def waiting(self) -> int:
        return max(self.of.response.answered - self.of.counted, 0)


def _edition(request: Request, slug: str) -> Edition:
    doors = editions_for(request.actor, Role.ORGANISER, Role.EVALUATOR)
    return found(doors.select_related("version"), slug=slug)


@staff_only
@require_safe
def survey(request: Request, slug: str) -> HttpResponse:
    """Show every survey's results to the organiser and the M&E officer; never a single answer."""
    edition = _edition(request, slug)
    released = released_comments(edition)
    context = {
        "edition": edition,
        "sheets": [_sheet(edition, results, released) for results in results_of(edition)],
        "shown_from": SHOWN_FROM,
        "batch": BATCH,
        "evaluates": editions_evaluated_by(request.actor).filter(pk=edition.pk).exists(),
    }
    return render(request, "office/survey.html", context)


@staff_only
@require_POST
def close(request: Request, slug: str, key: str) -> HttpResponse:
    """Close one survey now: what waits in its pool is counted with the rest."""
    edition = _edition(request, slug)
    close_survey(edition, key, by=request.actor, at=clock.now())
    return redirect("office:survey", slug=slug)


def _sheet(edition: Edition, of: SurveyResults, released: list[ReleasedComment]) -> Sheet:
    questions = tuple(
        Question(
            result,
            _lines(result),
            tuple(
                one
                for one in released
                if (one.survey, one.question) == (of.survey.key, result.question.key)
            ),
        )
        for result in of.results
    )
    return Sheet(of, questions, of.closed_on or closing_day_of(edition, of.survey))


def _lines(result: Result) -> tuple[Line, ...]:
    lines, begins = [], 0.0
    for option, count in zip(result.question.options, result.counts or (), strict=False):
        width = count * 100 / result.answered
        lines.append(Line(option, count, percent(count, result.answered), begins, width))
        begins += width
    return tuple(lines)
