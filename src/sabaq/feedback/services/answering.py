"""Answering a survey. It takes no moment: nothing it writes may say when."""

from collections.abc import Mapping

from django.db import transaction

from sabaq.enrolment.enums import EnrolmentState
from sabaq.enrolment.models import Enrolment
from sabaq.feedback.errors import (
    AnswersRefused,
    SeatNotConfirmed,
    SurveyAlreadyAnswered,
    SurveyClosed,
)
from sabaq.feedback.models import SurveyMark
from sabaq.feedback.queries import survey_of
from sabaq.feedback.rules import problems_with, tidy_answers
from sabaq.feedback.services.pools import locked_pool, put_sheet
from sabaq.kernel.audit import Signatory


@transaction.atomic
def answer_survey(
    enrolment: Enrolment, survey_key: str, answers: Mapping[str, str], *, by: Signatory | None
) -> None:
    """Take a participant's answers (question to option or comment), once.

    Raises `AnswersRefused` with every problem, `SurveyAlreadyAnswered`, `SurveyClosed`, or `SeatNotConfirmed`: an
    answer cannot be taken out again once the organiser does not confirm a latecomer. The mark and the sealed sheet
    commit together and share no row; on purpose there is no audit line, no receipt and no time: the mark itself
    makes a second sending harmless.
    """
    if enrolment.state == EnrolmentState.PROVISIONAL:
        raise SeatNotConfirmed
    survey = survey_of(enrolment.edition, survey_key)
    tidied = tidy_answers(survey, answers)
    problems = problems_with(survey, tidied)
    # Lock first: of two sendings at once the second waits here, then finds the mark; nothing leaves meanwhile.
    pool = locked_pool(enrolment.edition, survey_key)
    if SurveyMark.objects.filter(enrolment=enrolment, survey=survey_key).exists():
        raise SurveyAlreadyAnswered
    if pool.closed_on is not None:
        raise SurveyClosed
    if problems:
        raise AnswersRefused(problems)
    SurveyMark.objects.create(enrolment=enrolment, survey=survey_key)
    put_sheet(pool, survey, tidied)
