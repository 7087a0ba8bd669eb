"""Waking those who follow a class, right after a commit.

It is a help, not a promise: followers also look by themselves every 200 ms, so a missed call costs a
moment and nothing else.
"""

from collections.abc import Callable

from django.db import connection, transaction

# Of PostgreSQL: what is announced on it are ids of sessions, nothing else.
CHANNEL = "sabaq_class"
_listeners: set[Callable[[int], None]] = set()


def on_append(listener: Callable[[int], None]) -> None:
    """Call `listener(session_id)` after each commit that appended to a class. It must not block."""
    _listeners.add(listener)


def forget(listener: Callable[[int], None]) -> None:
    _listeners.discard(listener)


def announce(session_id: int) -> None:
    """Wake the followers of a class once this transaction is committed: here, on PostgreSQL everywhere."""
    transaction.on_commit(lambda: wake(session_id))
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_notify(%s, %s)", [CHANNEL, str(session_id)])


def wake(session_id: int) -> None:
    for listener in tuple(_listeners):
        listener(session_id)
