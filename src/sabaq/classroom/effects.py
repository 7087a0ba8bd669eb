"""Waking those who follow a class in this process, right after a commit.

It is a help, not a promise: followers also look by themselves every 200 ms, so another process or a
missed call costs a moment and nothing else.
"""

from collections.abc import Callable

_listeners: set[Callable[[int], None]] = set()


def on_append(listener: Callable[[int], None]) -> None:
    """Call `listener(session_id)` after each commit that appended to a class. It must not block."""
    _listeners.add(listener)


def forget(listener: Callable[[int], None]) -> None:
    _listeners.discard(listener)


def wake(session_id: int) -> None:
    for listener in tuple(_listeners):
        listener(session_id)
