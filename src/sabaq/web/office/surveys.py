"""What participants answered, all together."""

from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from sabaq.courses.packs import Option, Survey
from sabaq.courses.queries import editions_for, pack_of
from sabaq.feedback.queries import Response, survey_response, survey_results
from sabaq.feedback.rules import SHOWN_FROM, Result, percent
from sabaq.people.enums import Role
from sabaq.web.requests import Request, found, staff_only


@dataclass(frozen=True)
class Line:
    """One option of a question: how many chose it, and their share in percent."""

    option: Option
    count: int
    share: int


@dataclass(frozen=True)
class Sheet:
    """One survey of the edition with its results."""

    survey: Survey
    response: Response
    results: list[tuple[Result, list[Line]]]


@staff_only
@require_safe
def survey(request: Request, slug: str) -> HttpResponse:
    """Show every survey's results to the organiser and the M&E officer; never a single answer."""
    doors = editions_for(request.actor, Role.ORGANISER, Role.EVALUATOR)
    edition = found(doors.select_related("version"), slug=slug)
    sheets = [
        Sheet(
            asked,
            survey_response(edition, asked.key),
            [(result, _lines(result)) for result in survey_results(edition, asked.key)],
        )
        for asked in pack_of(edition.version).surveys.values()
    ]
    return render(
        request,
        "office/survey.html",
        {"edition": edition, "sheets": sheets, "shown_from": SHOWN_FROM},
    )


def _lines(result: Result) -> list[Line]:
    return [
        Line(option, count, percent(count, result.answered))
        for option, count in zip(result.question.options, result.counts or (), strict=False)
    ]
