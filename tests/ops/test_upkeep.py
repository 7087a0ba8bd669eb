from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session as SignIn
from django_tasks_db.models import DBTaskResult

from sabaq.kernel import clock
from sabaq.kernel.ids import new_uuid
from sabaq.kernel.models import WriteReceipt
from sabaq.kernel.tasks import enqueue, run_now
from sabaq.kernel.writes import RECEIPTS_KEPT_FOR, once
from sabaq.ops.upkeep import EVERY, TASK, TASKS_KEPT_FOR, book, prune
from tests.factories import NOW

pytestmark = pytest.mark.django_db


def finished_task(ago: timedelta) -> DBTaskResult:
    enqueue("enrolment.send_letter", "1")
    task = DBTaskResult.objects.latest("enqueued_at")
    task.status, task.finished_at = "SUCCESSFUL", clock.real_now() - ago
    task.save()
    return task


def test_tasks_and_sign_ins_that_are_over_are_thrown_away():
    finished_task(TASKS_KEPT_FOR + timedelta(hours=1))
    young = finished_task(timedelta(days=1))
    enqueue("enrolment.send_letter", "2")
    waiting = DBTaskResult.objects.get(status="READY")
    for key, hours in (("ended", -1), ("lasts", 1)):
        SignIn.objects.create(
            session_key=key,
            session_data="",
            expire_date=clock.real_now() + timedelta(hours=hours),
        )

    prune(at=NOW)

    assert set(DBTaskResult.objects.all()) == {young, waiting}
    assert [sign_in.session_key for sign_in in SignIn.objects.all()] == ["lasts"]


def test_the_daily_task_prunes_and_books_its_next_run():
    at = clock.now()
    once("enrolment:1", new_uuid(), {}, dict, at=at - RECEIPTS_KEPT_FOR - timedelta(hours=1))

    run_now(TASK)

    [next_run] = DBTaskResult.objects.all()
    assert WriteReceipt.objects.count() == 0
    assert next_run.args_kwargs["args"] == [TASK, "[]"]
    assert timedelta(hours=23) < next_run.run_after - at <= EVERY + timedelta(minutes=5)


def test_however_often_the_worker_starts_one_run_waits():
    book()
    book()

    assert DBTaskResult.objects.count() == 1
