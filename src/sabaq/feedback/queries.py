"""Who has answered, and what was answered by all together: two questions with no path between them."""

from collections import defaultdict
from dataclasses import dataclass

from django.db.models import BigIntegerField, Count

from sabaq.courses.models import Edition
from sabaq.courses.packs import Survey
from sabaq.courses.queries import pack_of
from sabaq.enrolment.enums import EnrolmentState
from sabaq.enrolment.models import Enrolment
from sabaq.feedback.errors import UnknownSurvey
from sabaq.feedback.models import SurveyAnswer, SurveyMark
from sabaq.feedback.rules import Result, percent, result_of
from sabaq.kernel.statements import Given, Statement

_MARKED = Statement(
    lambda: SurveyMark.objects.filter(enrolment=Given("enrolment", BigIntegerField())).values_list(
        "survey", flat=True
    )
)


def surveys_answered_by(enrolment: Enrolment) -> set[str]:
    """Give the keys of the surveys this participant has answered; nobody can ask what she answered."""
    return set(_MARKED.rows(enrolment=enrolment.pk))


def survey_of(edition: Edition, key: str) -> Survey:
    """Give a survey of the edition's course, or raise `UnknownSurvey`."""
    survey = pack_of(edition.version).surveys.get(key)
    if survey is None:
        raise UnknownSurvey
    return survey


@dataclass(frozen=True)
class Response:
    """How many of those enrolled have answered. Exact for the office: it says who took part, not how."""

    answered: int
    enrolled: int

    @property
    def rate(self) -> int:
        return percent(self.answered, self.enrolled)


def survey_response(edition: Edition, survey: str) -> Response:
    """Count who has answered among the active enrolments of an edition."""
    active = Enrolment.objects.filter(edition=edition, state=EnrolmentState.ACTIVE)
    answered = SurveyMark.objects.filter(survey=survey, enrolment__in=active).count()
    return Response(answered, active.count())


def survey_results(edition: Edition, survey: str) -> list[Result]:
    """Give every question's result in the survey's order, suppressed under ten answers; no comments."""
    counted: dict[str, dict[str, int]] = defaultdict(dict)
    rows = (
        SurveyAnswer.objects.filter(edition=edition, survey=survey)
        .values_list("question", "choice")
        .annotate(times=Count("pk"))
    )
    for question, choice, times in rows:
        counted[question][choice] = times
    return [result_of(q, counted[q.key]) for q in survey_of(edition, survey).questions]
