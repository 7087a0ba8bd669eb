"""Answering a survey. The one verb here takes no moment: nothing it writes may say when."""

from collections.abc import Mapping

from django.db import transaction

from sabaq.courses.packs import Survey
from sabaq.courses.packs.parts import QuestionKind
from sabaq.enrolment.enums import EnrolmentState
from sabaq.enrolment.models import Enrolment
from sabaq.feedback.errors import AnswersRefused, SeatNotConfirmed, SurveyAlreadyAnswered
from sabaq.feedback.models import SurveyAnswer, SurveyMark
from sabaq.feedback.queries import survey_of
from sabaq.feedback.rules import problems_with, tidy_answers
from sabaq.kernel.audit import Signatory


@transaction.atomic
def answer_survey(
    enrolment: Enrolment, survey_key: str, answers: Mapping[str, str], *, by: Signatory | None
) -> None:
    """Take a participant's answers (question to option or comment), once.

    Raises `AnswersRefused` with every problem, `SurveyAlreadyAnswered`, or `SeatNotConfirmed`: an answer
    cannot be taken out again once the organiser does not confirm a latecomer. The mark and the answers commit
    together and share no row; on purpose there is no audit line, no receipt and no time: the mark itself
    makes a second sending harmless.
    """
    if enrolment.state == EnrolmentState.PROVISIONAL:
        raise SeatNotConfirmed
    survey = survey_of(enrolment.edition, survey_key)
    tidied = tidy_answers(survey, answers)
    problems = problems_with(survey, tidied)
    # The mark goes first: of two sendings at once the second waits here, then finds it.
    _, is_new = SurveyMark.objects.get_or_create(enrolment=enrolment, survey=survey_key)
    if not is_new:
        raise SurveyAlreadyAnswered
    if problems:
        raise AnswersRefused(problems)
    SurveyAnswer.objects.bulk_create(_rows(enrolment.edition_id, survey, tidied))


def _rows(edition_id: int, survey: Survey, answers: Mapping[str, str]) -> list[SurveyAnswer]:
    rows = []
    for question in survey.questions:
        answer = answers.get(question.key)
        if answer is None:
            continue
        field = "text" if question.kind is QuestionKind.OPEN else "choice"
        rows.append(
            SurveyAnswer(
                edition_id=edition_id, survey=survey.key, question=question.key, **{field: answer}
            )
        )
    # By key, which is random: at least the sheet's own order is not the order of the rows.
    return sorted(rows, key=lambda row: row.key)
