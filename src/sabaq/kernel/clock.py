"""The one source of time.

Edges (views, tasks, commands) ask `now()` and pass the answer on as `at=`. In a demo or a rehearsal
the clock may be bent by a file outside the web root: `serve --clock FILE` sets `CLOCK_FILE`, a JSON
object `{"offset": seconds, "rate": factor, "since": unix seconds}` read again whenever it changes.
No URL changes time.
"""

import json
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

_frozen: ContextVar[datetime | None] = ContextVar("frozen_clock", default=None)


@dataclass(frozen=True)
class Bend:
    """How far and how fast course time runs beside real time."""

    offset: float = 0.0
    rate: float = 1.0
    since: float = 0.0

    def apply(self, real: float) -> float:
        return real + self.offset + (real - self.since) * (self.rate - 1.0)


class _BentClock:
    """Reads the clock file when its modification time changes, and keeps the last good reading."""

    def __init__(self) -> None:
        self.bend = Bend()
        self.read_at: int | None = None

    def seconds(self, path: str) -> float:
        try:
            stamp = Path(path).stat().st_mtime_ns
            if stamp != self.read_at:
                self.bend = Bend(**json.loads(Path(path).read_text(encoding="utf-8")))
                self.read_at = stamp
        except (OSError, ValueError, TypeError):
            pass  # a half-written file must not stop the class: the last good reading stands
        return self.bend.apply(time.time())


_bent = _BentClock()


def now() -> datetime:
    """Give the present moment, in UTC."""
    frozen = _frozen.get()
    if frozen is not None:
        return frozen
    path = os.environ.get("SABAQ_CLOCK_FILE")
    seconds = _bent.seconds(path) if path else time.time()
    return datetime.fromtimestamp(seconds, tz=UTC)


def real_now() -> datetime:
    """Give the machine's moment, for machinery that knows no bent clock (the queue of tasks)."""
    return datetime.fromtimestamp(time.time(), tz=UTC)


@contextmanager
def frozen(at: datetime) -> Iterator[None]:
    """Hold the clock still at `at` within the block (this thread or task only)."""
    token = _frozen.set(at)
    try:
        yield
    finally:
        _frozen.reset(token)
