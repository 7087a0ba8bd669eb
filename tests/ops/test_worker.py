import pytest
from django_tasks_db.models import DBTaskResult

from sabaq.kernel.tasks import enqueue
from sabaq.ops.worker import node_id, requeue_interrupted

pytestmark = pytest.mark.django_db


def claimed_by(worker_id: str) -> DBTaskResult:
    enqueue("enrolment.welcome", "1")
    task = DBTaskResult.objects.get(status="READY")
    task.claim(worker_id)
    return task


def test_a_task_that_a_killed_worker_left_is_ready_again():
    task = claimed_by("node-a")

    count = requeue_interrupted("node-a")

    task.refresh_from_db()
    assert count == 1
    assert (task.status, task.started_at) == ("READY", None)


def test_a_task_that_another_machine_is_running_is_left_alone():
    task = claimed_by("node-b")

    count = requeue_interrupted("node-a")

    task.refresh_from_db()
    assert count == 0
    assert task.status == "RUNNING"


def test_the_name_of_a_machine_is_made_once(tmp_path):
    first = node_id(tmp_path)

    assert node_id(tmp_path) == first
    assert (tmp_path / "node_id").read_text() == first
