"""A parent that keeps its children alive, and takes them along when it ends.

Knows nothing of Django and imports nothing heavy: the parent of the tree should weigh next to nothing.
"""

import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

TICK_SECONDS = 0.2
# A child that lived this long was healthy: its next death begins the back-off anew.
HEALTHY_SECONDS = 60
LONGEST_WAIT_SECONDS = 30
GRACE_SECONDS = 5
DEATHS_BEFORE_GIVING_UP = 3


@dataclass
class Child:
    """One process to keep running; without one that is not `is_needed` the server does what it can."""

    name: str
    command: Sequence[str]
    pass_fds: tuple[int, ...] = ()
    log: Path | None = None
    is_needed: bool = True
    process: "subprocess.Popen[bytes] | None" = None
    deaths: int = 0
    started_at: float = 0.0
    start_again_at: float = 0.0

    def start(self) -> None:
        """Start the process; with `log`, what it says is appended there instead of to our standard error."""
        with self.log.open("ab") if self.log else nullcontext() as output:
            self._start(output)

    def _start(self, output: IO[bytes] | None) -> None:
        # A session of its own, so that Ctrl-C reaches the parent alone; the pipe on standard input is the lifeline.
        self.process = subprocess.Popen(
            self.command,
            stdin=subprocess.PIPE,
            stderr=output,
            pass_fds=self.pass_fds,
            start_new_session=True,
        )
        self.started_at = time.monotonic()

    def died(self) -> bool:
        return self.process is not None and self.process.poll() is not None

    def wait_before_next_start(self) -> float:
        """Give the seconds to wait after this death: 0.5, 1, 2, … 30."""
        if time.monotonic() - self.started_at > HEALTHY_SECONDS:
            self.deaths = 0
        self.deaths += 1
        return float(min(0.5 * 2 ** (self.deaths - 1), LONGEST_WAIT_SECONDS))


@dataclass
class Supervisor:
    """Runs `children`, some of which may run already, until a signal; calls `when_ready` once, as soon as `is_ready` says so."""

    children: list[Child]
    is_ready: Callable[[], bool]
    when_ready: Callable[[], None]
    stopping: threading.Event = field(default_factory=threading.Event)
    ready: bool = False

    def run(self) -> int:
        """Give 0 after an orderly end, 1 when the children could not be brought up at all."""
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, lambda *_: self.stopping.set())
        try:
            for child in self.children:
                if child.process is None:
                    child.start()
            return self._watch()
        finally:
            self._end_all()

    def _watch(self) -> int:
        while not self.stopping.wait(TICK_SECONDS):
            if not self.ready and self.is_ready():
                self.ready = True
                self.when_ready()
            for child in self.children:
                self._look_after(child)
            if not self.ready and any(
                child.is_needed and child.deaths >= DEATHS_BEFORE_GIVING_UP
                for child in self.children
            ):
                return 1
        return 0

    def _look_after(self, child: Child) -> None:
        if child.died():
            assert child.process is not None  # noqa: S101 - `died` says so
            wait = child.wait_before_next_start()
            say(
                f"{child.name} ended (status {child.process.returncode}); starting it again in {wait:g} s"
            )
            _close(child.process)
            child.process, child.start_again_at = None, time.monotonic() + wait
        elif child.process is None and time.monotonic() >= child.start_again_at:
            child.start()

    def _end_all(self) -> None:
        running = [child.process for child in self.children if child.process is not None]
        for process in running:
            process.terminate()
        deadline = time.monotonic() + GRACE_SECONDS
        for process in running:
            try:
                process.wait(timeout=max(0.1, deadline - time.monotonic()))
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
            _close(process)


def _close(process: "subprocess.Popen[bytes]") -> None:
    if process.stdin is not None:
        process.stdin.close()


def say(line: str) -> None:
    """Tell whoever keeps the server, on standard error."""
    print(f"sabaq: {line}", file=sys.stderr, flush=True)
