"""Who has answered, and what was answered by all together: two questions with no path between them."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import BigIntegerField, CharField, Count, QuerySet, Value

from sabaq.courses.models import Edition
from sabaq.courses.packs import Promise, Survey
from sabaq.courses.queries import pack_of
from sabaq.enrolment.enums import EnrolmentState
from sabaq.enrolment.models import Enrolment
from sabaq.feedback.errors import NoCommitmentAsked, UnknownSurvey
from sabaq.feedback.models import Commitment, SurveyAnswer, SurveyMark
from sabaq.feedback.rules import COMMITMENT_STAYS_OPEN, Result, percent, result_of
from sabaq.kernel.statements import Given, Statement

# Stands among the keys of surveys for the commitment: no survey has an empty key.
_COMMITTED = ""
_DONE = Statement(
    lambda: (
        SurveyMark.objects.filter(enrolment=Given("enrolment", BigIntegerField()))
        .values_list("survey", flat=True)
        .union(
            Commitment.objects.filter(enrolment=Given("enrolment", BigIntegerField())).values_list(
                Value(_COMMITTED, output_field=CharField()), flat=True
            ),
            all=True,
        )
    )
)


@dataclass(frozen=True)
class Done:
    """Which surveys a participant has answered, by key, and whether she has written a commitment."""

    surveys: frozenset[str]
    has_committed: bool


def done_by(enrolment: Enrolment) -> Done:
    """Give what the participant has sent, in one query; nobody can ask what she answered."""
    keys = set(_DONE.rows(enrolment=enrolment.pk))
    return Done(frozenset(keys - {_COMMITTED}), _COMMITTED in keys)


def surveys_answered_by(enrolment: Enrolment) -> frozenset[str]:
    """Give the keys of the surveys this participant has answered."""
    return done_by(enrolment).surveys


def promise_of(edition: Edition) -> Promise:
    """Give the commitment sheet of the edition's course, or raise `NoCommitmentAsked`."""
    promise = pack_of(edition.version).promise
    if promise is None:
        raise NoCommitmentAsked
    return promise


def commitments_close_on(edition: Edition) -> date:
    """Give the first day on which commitments can only be read."""
    return edition.ends_on + COMMITMENT_STAYS_OPEN + timedelta(days=1)


def commitment_of(enrolment: Enrolment) -> Commitment | None:
    return Commitment.objects.filter(enrolment=enrolment).first()


def commitments_of(edition: Edition) -> QuerySet[Commitment]:
    """Give the commitments of those who take part, by name; in no order of merit."""
    return (
        Commitment.objects.filter(
            enrolment__edition=edition, enrolment__state=EnrolmentState.ACTIVE
        )
        .select_related("enrolment__person__agency")
        .order_by("enrolment__person__native_name", "id")
    )


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
