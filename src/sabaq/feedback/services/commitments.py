"""Answering a survey, and writing a commitment.

Answering takes no moment: nothing it writes may say when. A commitment is signed, so it does.
"""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from sabaq.courses.packs import Survey
from sabaq.courses.packs.parts import QuestionKind
from sabaq.enrolment.enums import EnrolmentState
from sabaq.enrolment.models import Enrolment
from sabaq.feedback.errors import (
    AnswersRefused,
    CommitmentsClosed,
    SeatNotConfirmed,
    SurveyAlreadyAnswered,
)
from sabaq.feedback.models import Commitment, SurveyAnswer, SurveyMark
from sabaq.feedback.queries import commitments_close_on, promise_of, survey_of
from sabaq.feedback.rules import Promised, problems_with, problems_with_promise, tidy_answers
from sabaq.kernel.audit import Signatory, record


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


@transaction.atomic
def commit(
    enrolment: Enrolment, promised: Promised, *, by: Signatory | None, at: datetime
) -> Commitment:
    """Write, or put better, what the participant means to do; the same again changes nothing.

    Raises `AnswersRefused` with every problem, `CommitmentsClosed` two weeks after the course, or
    `NoCommitmentAsked`.
    """
    edition = enrolment.edition
    promise_of(edition)
    today = edition.day_of(at)
    closes = commitments_close_on(edition)
    if today >= closes:
        raise CommitmentsClosed(date=closes)
    # Lock first: two browsers of hers at once must not make two.
    Enrolment.objects.select_for_update().get(pk=enrolment.pk)
    known = Commitment.objects.filter(enrolment=enrolment).first()
    problems = problems_with_promise(promised, before=known.by_when if known else None, today=today)
    if problems:
        raise AnswersRefused(problems)
    if known is None:
        made = Commitment.objects.create(
            enrolment=enrolment, made_at=at, changed_at=at, **vars(promised)
        )
        record(made, "made", by=by, at=at)
        return made
    changed = [name for name, value in vars(promised).items() if getattr(known, name) != value]
    if changed:
        for name in changed:
            setattr(known, name, getattr(promised, name))
        known.changed_at = at
        known.save(update_fields=[*changed, "changed_at"])
        record(known, "changed", by=by, at=at, changed=changed)
    return known
