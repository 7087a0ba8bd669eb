"""Every hour, at a time that has nothing to do with anybody's answering, sheets leave their pools."""

from datetime import timedelta

import structlog
from django.db import transaction
from django_tasks_db.models import DBTaskResult

from sabaq.feedback.models import (
    SurveyAnswer,
    SurveyComment,
    SurveyMark,
    SurveyPool,
    SurveySheet,
)
from sabaq.feedback.services.pools import WIPE, settle_pool
from sabaq.kernel import clock
from sabaq.kernel.erasing import wipe_deleted_rows
from sabaq.kernel.errors import DomainError
from sabaq.kernel.tasks import enqueue, named

SETTLE = "feedback.settle"
EVERY, AGAIN = timedelta(hours=1), timedelta(minutes=1)
log = structlog.get_logger("sabaq.feedback")


@named(SETTLE)
def settle() -> None:
    """Settle every open pool now, and book the next time; one that cannot be read does not stop the others."""
    book()
    at = clock.now()
    for pool in SurveyPool.objects.filter(closed_on=None):
        try:
            settle_pool(pool, at=at)
        except DomainError as error:
            log.error("pool cannot be settled", pool=pool.pk, why=type(error).__name__)  # noqa: TRY400 - no traceback: its lines could hold an answer


@transaction.atomic
def book() -> None:
    """Have the next settling wait in the queue, one for all starts and machines."""
    waiting = DBTaskResult.objects.filter(status="READY", args_kwargs__args__0=SETTLE)
    if not waiting.exists():
        enqueue(SETTLE, after=EVERY)


@named(WIPE)
def wipe() -> None:
    """Leave nothing in the database's files of how its rows lay before; while others use it, a minute later."""
    if not wipe_deleted_rows(SurveyMark, SurveySheet, SurveyAnswer, SurveyComment):
        enqueue(WIPE, after=AGAIN)
