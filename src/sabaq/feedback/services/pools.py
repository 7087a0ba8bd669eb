"""Sheets wait in their pool and leave it with others, in an order that lots have drawn.

Whatever leaves, the rows of the whole survey (marks, waiting sheets, answers, comments) are deleted and written anew
in the order of random keys, in one transaction: how they lie on disk says nothing about who came when.
"""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from secrets import SystemRandom

from django.db import transaction

from sabaq.courses.models import Edition
from sabaq.courses.packs import Survey
from sabaq.courses.packs.parts import QuestionKind
from sabaq.feedback.models import (
    SurveyAnswer,
    SurveyComment,
    SurveyMark,
    SurveyPool,
    SurveySheet,
)
from sabaq.feedback.queries import closing_day_of, survey_of
from sabaq.feedback.rules.pool import how_many_leave, packed, unpacked
from sabaq.kernel.audit import Signatory, record
from sabaq.kernel.sealing import seal, unseal
from sabaq.kernel.tasks import enqueue

PURPOSE = "survey"
WIPE = "feedback.wipe"
_lots = SystemRandom()


def locked_pool(edition: Edition, survey_key: str) -> SurveyPool:
    """Give the pool of a survey, made if need be, locked until the end of the transaction."""
    pools = SurveyPool.objects.filter(edition=edition, survey=survey_key)
    found = pools.select_for_update().first()
    if found is None:
        SurveyPool.objects.get_or_create(edition=edition, survey=survey_key)
        found = pools.select_for_update().get()
    return found


def put_sheet(pool: SurveyPool, survey: Survey, answers: Mapping[str, str]) -> None:
    """Put the answers of one participant into the locked pool."""
    SurveySheet.objects.create(pool=pool, sealed=_sealed(survey, answers))


@transaction.atomic
def settle_pool(pool: SurveyPool, *, at: datetime) -> int:
    """Let leave what may leave, and close the survey once its day has come; give how many sheets left."""
    pool = SurveyPool.objects.select_for_update().select_related("edition__version").get(pk=pool.pk)
    today = pool.edition.day_of(at)
    survey = survey_of(pool.edition, pool.survey)
    if pool.closed_on is None and today >= closing_day_of(pool.edition, survey):
        return _close(pool, survey, on=today)
    return _let_leave(pool, survey)


@transaction.atomic
def close_survey(
    edition: Edition, survey_key: str, *, by: Signatory | None, at: datetime
) -> SurveyPool:
    """Take no more answers, and let all that wait leave; closing twice changes nothing."""
    survey = survey_of(edition, survey_key)
    pool = locked_pool(edition, survey_key)
    if pool.closed_on is None:
        _close(pool, survey, on=edition.day_of(at))
        record(pool, "closed", by=by, at=at, changed=["closed_on"])
    return pool


def _close(pool: SurveyPool, survey: Survey, *, on: date) -> int:
    pool.closed_on = on
    pool.save(update_fields=["closed_on"])
    return _let_leave(pool, survey)


def _let_leave(pool: SurveyPool, survey: Survey) -> int:
    """Draw by lot which sheets leave, take those apart, and write all rows of the survey anew."""
    waiting = [unpacked(unseal(bytes(row.sealed), purpose=PURPOSE)) for row in pool.sheets.all()]
    leaving = how_many_leave(len(waiting), is_closed=pool.closed_on is not None)
    if not leaving:
        return 0
    _lots.shuffle(waiting)
    answers, comments = _taken_apart(pool, survey, waiting[:leaving])
    mine = {"edition_id": pool.edition_id, "survey": pool.survey}
    answers += [
        SurveyAnswer(**mine, question=question, choice=choice)
        for question, choice in SurveyAnswer.objects.filter(**mine).values_list(
            "question", "choice"
        )
    ]
    # A comment keeps its key: the M&E officer may have it open at this moment.
    comments += SurveyComment.objects.filter(**mine)
    stay = [SurveySheet(pool=pool, sealed=_sealed(survey, one)) for one in waiting[leaving:]]
    marked = SurveyMark.objects.filter(enrolment__edition=pool.edition_id, survey=pool.survey)
    marks = [
        SurveyMark(enrolment_id=enrolment_id, survey=pool.survey)
        for enrolment_id in marked.values_list("enrolment_id", flat=True)
    ]
    SurveyMark.objects.filter(pk__in=list(marked.values_list("pk", flat=True))).delete()
    pool.sheets.all().delete()
    SurveyAnswer.objects.filter(**mine).delete()
    SurveyComment.objects.filter(**mine).delete()
    # In the order of their random keys: rows lie in the database's files as they were written.
    SurveyMark.objects.bulk_create(sorted(marks, key=lambda row: row.key))
    SurveySheet.objects.bulk_create(sorted(stay, key=lambda row: row.key))
    SurveyAnswer.objects.bulk_create(sorted(answers, key=lambda row: row.key))
    SurveyComment.objects.bulk_create(sorted(comments, key=lambda row: row.key))
    pool.counted += leaving
    pool.save(update_fields=["counted"])
    enqueue(WIPE)
    return leaving


def _sealed(survey: Survey, answers: Mapping[str, str]) -> bytes:
    return seal(packed(survey, answers), purpose=PURPOSE)


def _taken_apart(
    pool: SurveyPool, survey: Survey, sheets: Iterable[Mapping[str, str]]
) -> tuple[list[SurveyAnswer], list[SurveyComment]]:
    answers, comments = [], []
    mine = {"edition_id": pool.edition_id, "survey": pool.survey}
    open_ones = {q.key for q in survey.questions if q.kind is QuestionKind.OPEN}
    for sheet in sheets:
        for question, said in sheet.items():
            if question in open_ones:
                comments.append(SurveyComment(**mine, question=question, original=said))
            else:
                answers.append(SurveyAnswer(**mine, question=question, choice=said))
    return answers, comments
