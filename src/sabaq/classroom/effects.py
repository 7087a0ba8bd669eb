"""Waking those who follow a class in this process, right after a commit; and wiping after a removal.

The first is a help, not a promise: followers also look by themselves every 200 ms, so another process or a
missed call costs a moment and nothing else.
"""

from collections.abc import Callable

from django.db import connection

_listeners: set[Callable[[int], None]] = set()


def on_append(listener: Callable[[int], None]) -> None:
    """Call `listener(session_id)` after each commit that appended to a class. It must not block."""
    _listeners.add(listener)


def forget(listener: Callable[[int], None]) -> None:
    _listeners.discard(listener)


def wake(session_id: int) -> None:
    for listener in tuple(_listeners):
        listener(session_id)


def wipe_write_ahead_log() -> bool:
    """Empty SQLite's write-ahead log, which keeps old pages for a while; tell whether it could be done now.

    PostgreSQL clears what is deleted by its own vacuum.
    """
    if connection.vendor != "sqlite" or connection.in_atomic_block:
        return connection.vendor != "sqlite"
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        is_busy, *_ = cursor.fetchone()
    return not is_busy
