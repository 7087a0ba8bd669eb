"""A full house: one event to a thousand followers of one process, and all of them back after a kill."""

import os
import signal
import statistics
import threading
from collections.abc import Iterator
from typing import Any

from tests.demo import tickets_of
from tests.figures.followers import (
    Followers,
    cpu_seconds,
    megabytes_of,
    slide_to_turn_to,
    trainer_in_class,
)
from tests.figures.limits import BACK_WITHIN, FULL_HOUSE, HEARS_WITHIN, MEMORY_EACH
from tests.figures.wire import CountingBrowser
from tests.servers import Server

EVENTS = 100
# They come back within so many seconds of a kill.
SPREAD = 5.0
Line = tuple[str, float, str, str]


def full_house(server: Server, stage: dict[str, Any], env: dict[str, str]) -> Iterator[Line]:
    """Give the figures of a class as large as one process is made for."""
    web = server.children()["web"]
    trainer = trainer_in_class(server.url, stage)
    pages = Pages(trainer, stage)
    followers = Followers(server.url, stage["session"], tickets_of(env))
    followers.grow_to(5)
    before = megabytes_of(web)
    followers.grow_to(FULL_HOUSE)
    each = (megabytes_of(web) - before) * 1024 / (FULL_HOUSE - 5)
    yield f"{FULL_HOUSE} followers: memory each", each, "KB", f"<= {MEMORY_EACH}"
    yield "load of the machine (one minute) before the presses", os.getloadavg()[0], "", ""
    server_cpu, client_cpu = cpu_seconds(web), cpu_seconds(os.getpid())
    turns = sorted(
        followers.milliseconds_until_all_hear(*pages.turn(trainer)) for _ in range(EVENTS)
    )
    server_cpu = (cpu_seconds(web) - server_cpu) / EVENTS * 1000
    client_cpu = (cpu_seconds(os.getpid()) - client_cpu) / EVENTS * 1000
    yield f"an event to {FULL_HOUSE} followers: CPU of the server", server_cpu, "ms CPU", ""
    yield "the same: CPU of the followers on the same cores", client_cpu, "ms CPU", ""
    yield "load of the machine (one minute) after the presses", os.getloadavg()[0], "", ""
    what = f"from the press to the last of {FULL_HOUSE} followers"
    yield f"{what}, p50 of {EVENTS}", statistics.median(turns), "ms", ""
    yield f"{what}, p99 of {EVENTS}", turns[EVENTS * 99 // 100 - 1], "ms", f"<= {HEARS_WITHIN}"
    yield from rejoining(server, stage, followers, pages)
    followers.close()
    trainer.close()


class Pages:
    """Two slides, shown in turn."""

    def __init__(self, trainer: CountingBrowser, stage: dict[str, Any]) -> None:
        self.path, form = slide_to_turn_to(trainer, stage)
        self.slides = [form["expected"], form["slide"]]

    def turn(self, trainer: CountingBrowser) -> tuple[str, threading.Thread]:
        """Give the slide to show next, and what shows it."""
        form = {"expected": self.slides[0], "slide": self.slides[1]}
        self.slides.reverse()
        press = threading.Thread(target=trainer.post, args=(self.path,), kwargs=form)
        return f'"slide":"{form["slide"]}"', press


def rejoining(
    server: Server, stage: dict[str, Any], followers: Followers, pages: Pages
) -> Iterator[Line]:
    """Kill the web server, and give how long it takes until all are back and have what they missed."""
    seen = max(
        int(heard.rpartition(b"id: ")[2].split(b"\n")[0]) for heard in followers.heard.values()
    )
    os.kill(server.children()["web"], signal.SIGKILL)
    back = followers.rejoin(seen - 1, f"id: {seen}\n", SPREAD)
    what = f"{FULL_HOUSE} followers back after a kill, all within {SPREAD:g} s"
    yield what, back, "s", f"<= {BACK_WITHIN}"
    trainer = trainer_in_class(server.url, stage)
    heard = followers.milliseconds_until_all_hear(*pages.turn(trainer))
    yield "from the press to the last of them, the first time after", heard, "ms", ""
    trainer.close()
