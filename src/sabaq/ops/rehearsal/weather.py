"""What befalls a request on its way: nothing, or the server is killed and started again on the same data."""

import threading
import time
from collections.abc import Collection
from random import Random
from typing import Protocol

from sabaq.ops.rehearsal.server import Server

# The longest wait between sending a request and the kill: within it lies whatever the server does with it.
LONGEST_MOMENT = 0.03
# How many requests a rehearsal makes at least: once for all, and for each participant. Kills fall among them.
REQUESTS, REQUESTS_EACH = 250, 70


class Weather(Protocol):
    """Is told of each request before it is sent, when it was sent, and when it was answered."""

    def before(self) -> None: ...
    def sent(self) -> None: ...
    def answered(self) -> None: ...
    def has_passed(self) -> bool:
        """Tell whether a request that failed is worth sending again; waits until then."""
        ...


class Calm:
    """Nothing befalls."""

    def before(self) -> None: ...
    def sent(self) -> None: ...
    def answered(self) -> None: ...
    def has_passed(self) -> bool:
        return False


CALM = Calm()


class Storm:
    """Kills the server's tree at the requests with these numbers: before it, in the midst of it, or after it."""

    def __init__(self, server: Server, moments: Collection[int], *, rng: Random) -> None:
        self.server = server
        self.moments = frozenset(moments)
        self.kills = 0
        self._rng = rng
        self._requests = 0
        self._due = ""
        self._lock = threading.RLock()

    def before(self) -> None:
        with self._lock:
            self._requests += 1
            if self._requests in self.moments:
                self._due = self._rng.choice(("before", "sent", "answered"))
                self._kill_if("before")

    def sent(self) -> None:
        with self._lock:
            if self._due == "sent":
                time.sleep(self._rng.random() * LONGEST_MOMENT)
            self._kill_if("sent")

    def answered(self) -> None:
        with self._lock:
            self._kill_if("answered")

    def has_passed(self) -> bool:
        with self._lock:
            return self.kills > 0

    def _kill_if(self, moment: str) -> None:
        if self._due != moment:
            return
        self._due = ""
        self.kills += 1
        self.server.kill()
        self.server.start(port=self.server.port)


def storm_over(server: Server, *, participants: int, kills: int, seed: int) -> Weather:
    """Give the weather of a rehearsal of this size in which the server is killed that often."""
    if not kills:
        return CALM
    rng = Random(f"weather {seed}")  # noqa: S311 - a play, not a secret
    requests = REQUESTS + REQUESTS_EACH * participants
    return Storm(server, rng.sample(range(20, requests), kills), rng=rng)
