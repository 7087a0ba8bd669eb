"""The server under rehearsal: a process tree of its own, prepared by the real commands, and measured."""

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

START_SECONDS = 120
READY = re.compile(r"^Sabaq is ready: (http://\S+)", re.MULTILINE)


class ServerFailed(RuntimeError):
    """The server, or a command that prepares it, ended with an error."""


@dataclass
class Usage:
    cpu_seconds: float = 0.0
    peak_mb: float = 0.0


@dataclass
class Server:
    """`sabaq serve` with a data folder, a clock file and a database of its own."""

    data_dir: Path
    clock: Path
    database_url: str = ""
    more: Mapping[str, str] = field(default_factory=dict)
    address: str = ""
    process: "subprocess.Popen[bytes] | None" = None
    spent: Usage = field(default_factory=Usage)  # by trees that were killed

    @property
    def port(self) -> int:
        return int(self.address.rpartition(":")[2])

    @property
    def log(self) -> Path:
        return self.data_dir.parent / "server.log"

    def environment(self) -> dict[str, str]:
        """Give the outer environment without settings of other servers."""
        kept = {
            name: value
            for name, value in os.environ.items()
            if not name.startswith(("SABAQ_", "DJANGO_"))
            and name not in {"SECRET_KEY", "EMAIL_URL", "PORT", "DATABASE_URL"}
        }
        packages = os.environ.get("SABAQ_PACKS")
        return {
            **kept,
            **({"SABAQ_PACKS": packages} if packages else {}),
            "SABAQ_MODE": "rehearsal",
            "SABAQ_VOICE": "0",
            "SABAQ_CLOCK_FILE": str(self.clock),
            "DATA_DIR": str(self.data_dir),
            "DATABASE_URL": self.database_url,
            **self.more,
        }

    def commands(self, commands: Sequence[Sequence[str]], *, stdin: str = "") -> str:
        """Run `sabaq` commands one after the other in one process; raise `ServerFailed` at the first that fails."""
        arguments: list[str] = []
        for command in commands:
            arguments += ["--", *command]
        done = subprocess.run(
            [sys.executable, "-m", "sabaq.ops.several", *arguments],
            env=self.environment(),
            input=stdin,
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            raise ServerFailed(f"{done.stdout}\n{done.stderr}".strip())
        return done.stdout

    def start(self, *, port: int = 0) -> str:
        """Start the tree, wait until it answers, and give its address."""
        begins_at = self.log.stat().st_size if self.log.exists() else 0
        serve = ["serve", "--port", str(port), "--clock", str(self.clock)]
        with self.log.open("ab") as output:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "sabaq.ops", *serve],
                env=self.environment(),
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline and self.process.poll() is None:
            said = self.log.read_bytes()[begins_at:].decode("utf-8", "replace")
            if found := READY.search(said):
                self.address = found[1].replace("localhost", "127.0.0.1")
                return self.address
            time.sleep(0.05)
        self.stop()
        raise ServerFailed(self.log.read_text("utf-8", "replace")[-4000:])

    def stop(self) -> None:
        """End the tree as a terminal would."""
        if self.process is None:
            return
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)
            try:
                self.process.wait(timeout=30)
            except subprocess.TimeoutExpired:
                self.kill()
        self.process = None

    def tree(self) -> list[int]:
        """Give the process ids of the parent and everything below it."""
        return [self.process.pid, *self._children()] if self.process else []

    def kill(self, tree: Sequence[int] = ()) -> None:
        """Kill every process of the tree at once, as a power cut would; `tree` saves looking for them first."""
        if self.process is None:
            return
        self.spent = self.usage()
        for pid in tree or self.tree():
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        self.process.wait()
        self.process = None

    def usage(self) -> Usage:
        """Give what the running tree has used so far, and those killed before it (Linux)."""
        usage = Usage(self.spent.cpu_seconds)
        if self.process is None:
            return usage
        tick = os.sysconf("SC_CLK_TCK")
        for pid in self.tree():
            try:
                times = Path(f"/proc/{pid}/stat").read_text("ascii").rpartition(")")[2].split()
                status = Path(f"/proc/{pid}/status").read_text("utf-8")
            except OSError:
                continue  # it ended while we looked
            # utime, stime, and those of ended children: fields 14 to 17 of proc(5).
            usage.cpu_seconds += sum(map(int, times[11:15])) / tick
            if peak := re.search(r"^VmHWM:\s+(\d+) kB", status, re.MULTILINE):
                usage.peak_mb += int(peak[1]) / 1024
        usage.peak_mb = max(usage.peak_mb, self.spent.peak_mb)
        return usage

    def _children(self) -> list[int]:
        """Give the process ids below the parent, however deep."""
        parents: dict[int, int] = {}
        for path in Path("/proc").glob("[0-9]*/stat"):
            try:
                fields = path.read_text("utf-8", "replace").rpartition(")")[2].split()
            except OSError:
                continue
            parents[int(path.parent.name)] = int(fields[1])
        found = [self.process.pid] if self.process else []
        for pid in found:
            found += [child for child, parent in parents.items() if parent == pid]
        return found[1:]
