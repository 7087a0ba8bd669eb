"""Many followers of one live class, held by one thread, as they hold the server: one open socket each."""

import re
import selectors
import socket
import threading
import time
from bisect import insort
from pathlib import Path
from urllib.parse import urlsplit

from tests.figures.wire import CountingBrowser


class Followers:
    """Sockets open on `/live/<session>/events`. `arrived` says when each got its latest event."""

    def __init__(self, url: str, session: str, tickets: list[str]) -> None:
        where = urlsplit(url)
        self.address, self.host = ("127.0.0.1", where.port), where.netloc
        self.session, self.tickets = session, tickets
        self.selector = selectors.DefaultSelector()
        self.heard: dict[socket.socket, bytes] = {}
        self.arrived: dict[socket.socket, float] = {}

    def grow_to(self, number: int) -> None:
        """Open more until there are `number`, and wait until each has been greeted."""
        while len(self.heard) < number:
            self._open(self.tickets[len(self.heard) % len(self.tickets)])
        self._listen_for(b"event: hello")

    def _open(self, ticket: str, after: int = 0) -> None:
        connection = socket.create_connection(self.address, timeout=30)
        path = f"/live/{self.session}/events?ticket={ticket}&after={after}"
        connection.sendall(f"GET {path} HTTP/1.1\r\nHost: {self.host}\r\n\r\n".encode())
        connection.settimeout(0)
        self.selector.register(connection, selectors.EVENT_READ)
        self.heard[connection] = b""

    def milliseconds_until_all_hear(self, word: str, act: "threading.Thread") -> float:
        """Start `act` and give how long it takes until every follower has heard of `word`, which is new."""
        self._forget()
        begun = time.perf_counter()
        act.start()
        self._listen_for(word.encode())
        act.join()
        return (max(self.arrived.values()) - begun) * 1000

    def rejoin(self, last: int, word: str, spread: float, seconds: float = 60) -> float:
        """Come back after the server went: all within `spread` seconds, each again after two if it is refused.

        Each says that it has seen the event `last`. Gives the seconds until every one has heard of `word`.
        """
        begun = time.monotonic()
        due = [(begun + spread * n / len(self.heard), n) for n in range(len(self.heard))]
        waiting, wanted = len(due), word.encode()
        told: set[socket.socket] = set()
        self._drop()
        while waiting:
            assert time.monotonic() < begun + seconds, "not every follower came back in time"
            while due and due[0][0] <= time.monotonic():
                _, number = due.pop(0)
                try:
                    self._open(self.tickets[number % len(self.tickets)], last)
                except OSError:
                    insort(due, (time.monotonic() + 2, number))
            came = self._take(0.01)
            has_it = {one for one in came if wanted in self.heard[one]}
            waiting -= len(has_it - told)
            told |= has_it
        return time.monotonic() - begun

    def _listen_for(self, word: bytes, seconds: float = 30) -> None:
        deadline = time.monotonic() + seconds
        waiting = {one for one, heard in self.heard.items() if word not in heard}
        while waiting:
            assert time.monotonic() < deadline, f"{len(waiting)} followers did not hear in time"
            waiting -= {one for one in self._take(0.5) if word in self.heard[one]}

    def _take(self, seconds: float) -> list[socket.socket]:
        """Read what has arrived; give the sockets it came by. One that the server has closed is dropped."""
        came = []
        for key, _ in self.selector.select(seconds):
            connection = key.fileobj
            more = connection.recv(65536)
            self.heard[connection] += more
            self.arrived[connection] = time.perf_counter()
            came.append(connection)
            if not more:
                self.selector.unregister(connection)
        return came

    def _forget(self) -> None:
        self.heard = dict.fromkeys(self.heard, b"")

    def _drop(self) -> None:
        for connection in self.heard:
            if connection in self.selector.get_map():
                self.selector.unregister(connection)
            connection.close()
        self.heard, self.arrived = {}, {}

    def close(self) -> None:
        for connection in self.heard:
            connection.close()
        self.selector.close()


def trainer_in_class(url: str, stage: dict) -> CountingBrowser:
    """Give a trainer's browser with the console of the class open."""
    trainer = CountingBrowser(url, language="en")
    trainer.open("/staff/sign-in/")
    trainer.send("/staff/sign-in/", login=stage["staff"]["trainer"], password=stage["password"])
    console = trainer.open(f"/teach/{stage['session']}/")
    assert console.path == f"/teach/{stage['session']}/", console.path
    return trainer


def slide_to_turn_to(trainer: CountingBrowser, stage: dict) -> tuple[str, dict[str, str]]:
    """Give the form of the console that shows everybody the next slide: its address and fields."""
    console = trainer.open(f"/teach/{stage['session']}/").page.text
    found = re.search(
        r'name="expected" value="([\w-]+)">\s*<button[^>]*id="next" name="slide" value="([\w-]+)"',
        console,
    )
    assert found is not None, console
    return f"/teach/{stage['session']}/slide/", {"expected": found[1], "slide": found[2]}


def threads_of(pid: int) -> int:
    return len(list(Path(f"/proc/{pid}/task").iterdir()))


def files_of(pid: int) -> tuple[list[str], int]:
    """Give the open files that are no sockets, and how many sockets there are."""
    targets = []
    for entry in Path(f"/proc/{pid}/fd").iterdir():
        try:
            targets.append(str(entry.readlink()))
        except FileNotFoundError:
            continue  # closed while we looked
    sockets = [target for target in targets if target.startswith("socket:")]
    return sorted(target for target in targets if target not in sockets), len(sockets)


def megabytes_of(pid: int) -> float:
    """Give the memory of a process in MB, its part of what it shares with others included once (Pss)."""
    for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
        if line.startswith("Pss:"):
            return int(line.split()[1]) / 1024
    raise AssertionError("no Pss")


def cpu_seconds(pid: int) -> float:
    """Give the time a process has run, in nanosecond steps where the kernel counts them."""
    tasks = Path(f"/proc/{pid}/task").glob("*/schedstat")
    return sum(int(task.read_text("ascii").split()[0]) for task in tasks) / 1e9
