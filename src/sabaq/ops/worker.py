"""The worker child of `sabaq serve`: runs queued effects, and picks up again what a killed worker left."""

import logging
import secrets
from pathlib import Path

import django
from django.db import transaction

from sabaq.ops import lifeline

# How long an effect waits at most when the queue was empty: unnoticed by people, and nothing to the processor.
INTERVAL_SECONDS = 0.5


def main() -> None:
    """Run tasks until told to stop; a task that has begun is finished first."""
    lifeline.watch()
    django.setup()
    from django.conf import settings
    from django_tasks_db.management.commands.db_worker import Worker

    logging.getLogger("django_tasks_db").setLevel(logging.ERROR)
    from sabaq.feedback.tasks import book as book_settling
    from sabaq.ops.upkeep import book

    worker_id = node_id(settings.DATA_DIR)
    requeue_interrupted(worker_id)
    book()
    book_settling()
    worker = Worker(
        queue_names=["*"],
        excluded_queue_names=[],
        interval=INTERVAL_SECONDS,
        batch=False,
        backend_name="default",
        startup_delay=False,
        max_tasks=None,
        worker_id=worker_id,
    )
    worker.configure_signals()
    worker.run()


def node_id(data_dir: Path) -> str:
    """Give the name of this machine's one worker, made once in `data_dir/node_id`."""
    path = data_dir / "node_id"
    if not path.exists():
        path.write_text(f"node-{secrets.token_hex(8)}", "ascii")
    return path.read_text("ascii")


@transaction.atomic
def requeue_interrupted(worker_id: str) -> int:
    """Make ready again the tasks that an earlier life of this worker began and did not end; give their number.

    Only this worker's: on PostgreSQL another machine may be running its own at this very moment.
    """
    from django_tasks_db.models import DBTaskResult

    running = DBTaskResult.objects.running().select_for_update()
    interrupted = [task for task in running if task.worker_ids and task.worker_ids[-1] == worker_id]
    for task in interrupted:
        task.status, task.started_at = "READY", None
        task.save(update_fields=["status", "started_at"])
    return len(interrupted)


if __name__ == "__main__":
    main()
