"""Real `sabaq` processes for tests: each with its own data folder and, on PostgreSQL, its own database."""

import os
import re
import signal
import subprocess
import sys
import time
import uuid
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg

ROOT = Path(__file__).resolve().parent.parent
# Generous: a loaded machine with two cores may start several servers at once.
START_SECONDS = 180
READY = re.compile(r"^Sabaq is ready: (http://\S+)", re.MULTILINE)


def environment(data_dir: Path, **more: str) -> dict[str, str]:
    """Give the environment of a real process: the outer one without the suite's own settings, and without voice."""
    outer = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("SABAQ_", "DJANGO_", "PYTEST_", "COV_"))
        and name not in {"DATABASE_URL", "SECRET_KEY", "EMAIL_URL", "PORT"}
    }
    quiet = {"SABAQ_VOICE": "0"}
    return {**outer, "PYTHONPATH": str(ROOT / "src"), "DATA_DIR": str(data_dir), **quiet, **more}


def sabaq(
    *arguments: str, env: dict[str, str], stdin: str = "", seconds: int = START_SECONDS
) -> "subprocess.CompletedProcess[str]":
    """Run one `sabaq` command to its end."""
    return subprocess.run(
        [sys.executable, "-m", "sabaq.ops", *arguments],
        env=env,
        input=stdin,
        capture_output=True,
        text=True,
        check=False,
        timeout=seconds,
    )


@dataclass
class Server:
    """A running `sabaq serve` (or `demo`)."""

    process: "subprocess.Popen[bytes]"
    log: Path
    data_dir: Path
    url: str = ""

    def output(self) -> str:
        return self.log.read_text("utf-8")

    def wait_until_ready(self) -> None:
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline and self.process.poll() is None:
            if found := READY.search(self.output()):
                self.url = found[1]
                return
            time.sleep(0.05)
        raise AssertionError(f"the server did not become ready:\n{self.output()}")

    def children(self) -> dict[str, int]:
        """Give the process ids of the tree's children by name: web, worker."""
        found = {}
        for status in Path("/proc").glob("[0-9]*/status"):
            try:
                parent = re.search(r"^PPid:\t(\d+)$", status.read_text(), re.MULTILINE)
                command = (status.parent / "cmdline").read_bytes().decode().split("\0")
            except OSError:
                continue  # it ended while we looked
            if parent and int(parent[1]) == self.process.pid and "-m" in command:
                name = command[command.index("-m") + 1].removeprefix("sabaq.ops.")
                found[name] = int(status.parent.name)
        return found

    def stop(self, with_signal: int = signal.SIGINT) -> int:
        """Signal the parent as a terminal would, wait for it, and give its status."""
        if self.process.poll() is None:
            self.process.send_signal(with_signal)
        return self.process.wait(timeout=30)


@contextmanager
def running(
    *arguments: str, env: dict[str, str], log: Path, inside: Sequence[str] = ()
) -> Iterator[Server]:
    """Start `sabaq ARGUMENTS`, wait until it answers, and end it with the block.

    `inside` is a command that becomes the server, as one that enters a network namespace.
    """
    with log.open("ab") as output:
        process = subprocess.Popen(
            [*inside, sys.executable, "-m", "sabaq.ops", *arguments],
            env=env,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    server = Server(process, log, Path(env["DATA_DIR"]))
    try:
        server.wait_until_ready()
        yield server
    finally:
        if process.poll() is None:
            process.terminate()
            try:
                process.wait(timeout=30)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


@contextmanager
def fresh_database() -> Iterator[str]:
    """Give a DATABASE_URL of an empty database for one server: nothing on SQLite, which lives in DATA_DIR."""
    if os.environ.get("SABAQ_TEST_DB", "sqlite") != "postgres":
        yield ""
        return
    cluster, name = os.environ["TEST_DATABASE_URL"], f"sabaq_server_{uuid.uuid4().hex[:12]}"
    with psycopg.connect(cluster, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"')
    try:
        yield f"{cluster.rsplit('/', 1)[0]}/{name}"
    finally:
        with psycopg.connect(cluster, autocommit=True) as connection:
            connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)')
