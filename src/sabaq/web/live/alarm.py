"""What wakes the reader: a commit in this process, or on PostgreSQL in any other."""

import select
import socket
from contextlib import suppress
from typing import Any

from django.db import connection

from sabaq.classroom.effects import CHANNEL


class Alarm:
    """`ring` may be called from any thread; `wait` and `listen` are for the reader's own."""

    def __init__(self) -> None:
        self._inside, self._outside = socket.socketpair()
        self._inside.settimeout(0)
        self._outside.settimeout(0)
        self._listens_on: Any = None
        self._has_rung = False

    def ring(self) -> None:
        # A full pipe rings already; a closed one has nobody to wake.
        with suppress(OSError):
            self._outside.send(b"!")

    def listen(self) -> None:
        """Hear what other processes announce, on the reader's own connection; on SQLite nothing does."""
        if connection.vendor != "postgresql":
            return
        connection.ensure_connection()
        if connection.connection is self._listens_on:
            return
        with connection.cursor() as cursor:
            cursor.execute(f"LISTEN {CHANNEL}")
        # One that arrives in the middle of a query of ours is told by this handler.
        connection.connection.add_notify_handler(self._note)
        self._listens_on = connection.connection

    def wait(self, seconds: float) -> None:
        """Wait for a ring or an announcement, at most so long."""
        if not self._has_rung:
            self._until_something_stirs(seconds)
        self._has_rung = False

    def _until_something_stirs(self, seconds: float) -> None:
        database = self._listens_on if self._listens_on is connection.connection else None
        # `poll` and not `select`, which cannot count further than 1,024 files.
        stirred = select.poll()
        stirred.register(self._inside, select.POLLIN)
        if database is not None:
            stirred.register(database.fileno(), select.POLLIN)
        stirred.poll(seconds * 1000)
        with suppress(BlockingIOError):
            while self._inside.recv(4096):
                pass
        if database is not None:
            database.pgconn.consume_input()
            while database.pgconn.notifies():
                pass

    def close(self) -> None:
        self._inside.close()
        self._outside.close()

    def _note(self, _notification: object) -> None:
        self._has_rung = True
