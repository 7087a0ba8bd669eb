"""What nobody needs any more is thrown away: at every start, and daily by the worker."""

from datetime import datetime, timedelta

from django.contrib.sessions.models import Session as SignIn
from django.db import transaction
from django_tasks_db.models import DBTaskResult

from sabaq.assessment.services.windows import hand_in_what_lapsed
from sabaq.kernel import clock
from sabaq.kernel.ratelimit import forget_windows_past
from sabaq.kernel.tasks import enqueue, named
from sabaq.kernel.writes import forget_receipts

TASK = "ops.upkeep"
EVERY = timedelta(days=1)
# Tasks hold ids only; a failed one is what somebody may want to look at.
TASKS_KEPT_FOR = timedelta(days=30)


def prune(*, at: datetime) -> None:
    """Throw away old receipts, counters, finished tasks and ended sign-ins; hand in tests whose time is over.

    `at` is the course's time.
    """
    forget_receipts(at=at)
    forget_windows_past(at=at)
    hand_in_what_lapsed(at=at)
    # These two are dated by the machine's clock.
    real = clock.real_now()
    DBTaskResult.objects.finished().filter(finished_at__lt=real - TASKS_KEPT_FOR).delete()
    SignIn.objects.filter(expire_date__lt=real).delete()


@named(TASK)
def daily() -> None:
    """Prune now and again tomorrow; tomorrow is booked first, lest one fault ends it for good."""
    book()
    prune(at=clock.now())


@transaction.atomic
def book() -> None:
    """Have the next pruning wait in the queue, one for all starts and machines."""
    waiting = DBTaskResult.objects.filter(status="READY", args_kwargs__args__0=TASK)
    if not waiting.exists():
        enqueue(TASK, after=EVERY)
