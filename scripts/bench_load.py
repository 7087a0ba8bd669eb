"""Sixty-four officers at once: requests a second, and all their answers within a minute.

Their browsers run in this one process, on the same cores as the server: what they need is taken from it.
"""

import json
import random
import re
import threading
import time
import uuid
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import cycle

from tests.demo import run_beside
from tests.figures.followers import cpu_seconds
from tests.figures.wire import CountingBrowser
from tests.servers import Server

AT_ONCE, SECONDS = 16, 10.0
ALL_WITHIN = 60.0
Line = tuple[str, float, str, str]
_OPTION = re.compile(r'<input[^>]*name="a-([\w-]+)"[^>]*value="([\w-]+)"[^>]*>')


class Officer:
    """One officer's browser, signed in, with her test open. `options` are its items and what each may be answered with."""

    def __init__(self, url: str, link: str) -> None:
        self.browser = CountingBrowser(url)
        self.browser.open(link)
        self.browser.send(link, answer="me")
        self.options: dict[str, list[str]] = {}
        for item, option in _OPTION.findall(self.test()):
            self.options.setdefault(item, []).append(option)
        self._turns = cycle((item, one) for item, some in self.options.items() for one in some)

    def test(self) -> str:
        return self.browser.open("/test/knowledge/").page.text

    def today(self) -> None:
        _must(self.browser.ask("GET", "/today/", {}, {"Accept": "text/html"}).status, 200)

    def answer(self, item: str = "", option: str = "") -> float:
        """Save an answer, the next one in turn if none is named; give the seconds it took."""
        if not item:
            item, option = next(self._turns)
        begun = time.perf_counter()
        form = {"item": item, "option": option, "write_id": str(uuid.uuid4())}
        _must(self.browser.post("/test/knowledge/answer/", **form).status, 204)
        return time.perf_counter() - begun

    def saved(self) -> dict[str, str]:
        """Give what her page shows as answered."""
        checked = (found for found in _OPTION.finditer(self.test()) if " checked" in found[0])
        return {found[1]: found[2] for found in checked}


def loads(server: Server, env: dict[str, str]) -> Iterator[Line]:
    """Give the figures, each as (what, value, unit, reach)."""
    links = json.loads(run_beside("tests.figures.load_stage", env))
    with ThreadPoolExecutor(4) as several:
        officers = list(several.map(lambda link: Officer(server.url, link), links))
    what = f"requests a second, {AT_ONCE} at once, {len(officers)} signed in"
    acts: dict[str, Callable[[Officer], object]] = {
        "today": Officer.today,
        "save one answer": Officer.answer,
    }
    for name, act in acts.items():
        rate, share = rate_of(server, officers, act)
        yield f"{what}: {name}", rate, "/s", ">= 150"
        yield "the same: share of a core that the server had", share, "", ""
    yield from a_minute_of_answers(officers)
    for officer in officers:
        officer.browser.close()


def rate_of(
    server: Server, officers: list[Officer], act: Callable[[Officer], object]
) -> tuple[float, float]:
    """Let `AT_ONCE` threads do `act` for one officer after another; give the acts a second, and the server's cores."""
    web, until = server.children()["web"], time.monotonic() + SECONDS
    before = cpu_seconds(web)

    def work(which: int) -> int:
        done, own = 0, cycle(officers[which::AT_ONCE])
        while time.monotonic() < until:
            act(next(own))
            done += 1
        return done

    with ThreadPoolExecutor(AT_ONCE) as threads:
        done = sum(threads.map(work, range(AT_ONCE)))
    return done / SECONDS, (cpu_seconds(web) - before) / SECONDS


def a_minute_of_answers(officers: list[Officer]) -> Iterator[Line]:
    """Let everybody answer every item at a moment of her own within a minute; look afterwards whether all is there."""
    choose = random.Random(64)  # noqa: S311 - the same minute every time
    took: list[float] = []
    chosen = [
        {item: choose.choice(some) for item, some in officer.options.items()}
        for officer in officers
    ]
    begun = time.monotonic()

    def sit(officer: Officer, answers: dict[str, str], moments: list[float]) -> None:
        for moment, (item, option) in zip(sorted(moments), answers.items(), strict=True):
            time.sleep(max(0.0, begun + moment - time.monotonic()))
            took.append(officer.answer(item, option))

    sitting = [
        threading.Thread(
            target=sit, args=(officer, answers, [choose.uniform(0, ALL_WITHIN) for _ in answers])
        )
        for officer, answers in zip(officers, chosen, strict=True)
    ]
    for one in sitting:
        one.start()
    for one in sitting:
        one.join()
    lost = sum(
        len(set(answers.items()) - set(officer.saved().items()))
        for officer, answers in zip(officers, chosen, strict=True)
    )
    in_order = sorted(took)
    what = f"{len(took)} answers of {len(officers)} officers within {ALL_WITHIN:g} s"
    yield f"{what}: not there afterwards", lost, "", "<= 0"
    yield f"{what}: median", in_order[len(in_order) // 2] * 1000, "ms", ""
    yield f"{what}: 99th of 100", in_order[len(in_order) * 99 // 100] * 1000, "ms", ""


def _must(status: int, expected: int) -> None:
    if status != expected:
        raise RuntimeError(f"answered {status}, not {expected}")
