"""What is asked of a participant, and what of it she has sent: never what she answered."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import BigIntegerField, CharField, QuerySet, Value
from django.db.models.functions import Concat

from sabaq.courses.models import Edition
from sabaq.courses.packs import Promise, Survey
from sabaq.courses.queries import course_days, pack_of
from sabaq.enrolment.enums import EnrolmentState
from sabaq.enrolment.models import Enrolment
from sabaq.feedback.errors import NoCommitmentAsked, UnknownSurvey
from sabaq.feedback.models import Commitment, SurveyMark, SurveyPool
from sabaq.feedback.rules import COMMITMENT_STAYS_OPEN
from sabaq.feedback.rules.pool import survey_closes_on
from sabaq.kernel.statements import Given, Statement

# Stands among the keys of surveys for the commitment: no survey has an empty key.
_COMMITTED = ""
# Stands before the key of a survey that is closed: no key has it.
_CLOSED = "/"
_DONE = Statement(
    lambda: (
        SurveyMark.objects.filter(enrolment=Given("enrolment", BigIntegerField()))
        .values_list("survey", flat=True)
        .union(
            Commitment.objects.filter(enrolment=Given("enrolment", BigIntegerField())).values_list(
                Value(_COMMITTED, output_field=CharField()), flat=True
            ),
            SurveyPool.objects.filter(
                edition=Given("edition", BigIntegerField()), closed_on__isnull=False
            ).values_list(Concat(Value(_CLOSED), "survey", output_field=CharField()), flat=True),
            all=True,
        )
    )
)


@dataclass(frozen=True)
class Done:
    """Which surveys a participant has answered, and which are closed, by key; whether she has written a commitment."""

    surveys: frozenset[str]
    closed: frozenset[str]
    has_committed: bool


def done_by(enrolment: Enrolment) -> Done:
    """Give what the participant has sent, in one query; nobody can ask what she answered."""
    keys = set(_DONE.rows(enrolment=enrolment.pk, edition=enrolment.edition_id))
    closed = {key for key in keys if key.startswith(_CLOSED)}
    return Done(
        frozenset(keys - closed - {_COMMITTED}),
        frozenset(key.removeprefix(_CLOSED) for key in closed),
        _COMMITTED in keys,
    )


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


def closing_day_of(edition: Edition, survey: Survey) -> date:
    """Give the first day, by the edition's clock, on which this survey is closed for good."""
    days = course_days(edition)
    first = max([edition.starts_on, *days[:1]])
    last = max([edition.ends_on, *days[-1:]])
    return survey_closes_on(survey.asked, first, last)
