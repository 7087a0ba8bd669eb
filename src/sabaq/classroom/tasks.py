from datetime import timedelta

from sabaq.classroom.services.removal import FORGET
from sabaq.kernel.erasing import wipe_write_ahead_log
from sabaq.kernel.tasks import enqueue, named

AGAIN = timedelta(minutes=1)


@named(FORGET)
def forget() -> None:
    """Wipe what the database's files still hold of texts that were removed; while others read, later."""
    if not wipe_write_ahead_log():
        enqueue(FORGET, after=AGAIN)
