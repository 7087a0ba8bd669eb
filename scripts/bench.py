"""Measure the demo as its users meet it, print a table and write build/bench.json.

Starts the demo in a folder of its own, on this machine alone, and stops it. Times and memory depend on the
machine: they are reported beside those of a bare Django page in the same run and gate nothing. Bytes, queries
and what followers hold are gated by tests/figures/. With the word `class` it measures a class of 1,000 alone.
"""

import json
import operator
import os
import platform
import re
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from scripts.bench_class import full_house  # noqa: E402
from scripts.bench_load import Officer, loads  # noqa: E402
from scripts.bench_path import deployed_path, paths  # noqa: E402
from tests.demo import run_beside, set_stage, tickets_of  # noqa: E402
from tests.figures.followers import (  # noqa: E402
    Followers,
    cpu_seconds,
    files_of,
    megabytes_of,
    slide_to_turn_to,
    threads_of,
    trainer_in_class,
)
from tests.figures.limits import (  # noqa: E402
    FIRST_VISIT,
    FOLLOWERS,
    FURTHER_PAGE,
    SCRIPT,
    SCRIPT_OF_THE_CLASS,
)
from tests.figures.wire import CountingBrowser  # noqa: E402
from tests.servers import Server, environment, running, sabaq  # noqa: E402

WARM_UP, ROUNDS, REQUESTS = 40, 5, 100
SLIDES = 5
RESULT = ROOT / "build" / "bench.json"


@dataclass
class Figure:
    """One line of the result. `reach` is empty where there is none to keep."""

    what: str
    value: float
    unit: str
    reach: str = ""


def main(words: list[str]) -> int:
    """Measure everything, or the full house alone; say what misses its reach."""
    figures: list[Figure] = []
    with tempfile.TemporaryDirectory() as folder:
        env = environment(Path(folder) / "data", SABAQ_RATE_LIMIT_FACTOR="100000")
        log = Path(folder) / "log"
        if words == ["class"]:
            with running("demo", "--bare", "--port", "0", env=env, log=log) as server:
                report([Figure(*one) for one in full_house(server, set_stage(env), env)])
            return 0
        figures += reports(environment(Path(folder) / "editions"))
        figures += (Figure(*one) for one in deployed_path(Path(folder) / "deployed"))
        for which, reach in (("first", "<= 60"), ("second", "<= 5")):
            begun = time.perf_counter()
            with running("demo", "--port", "0", env=env, log=Path(f"{log}-{which}")):
                took = time.perf_counter() - begun
            figures.append(Figure(f"{which} start of the demo", took, "s", reach))
        with running("demo", "--bare", "--port", "0", env=env, log=log) as server:
            stage = set_stage(env)
            figures += weights(server, stage)
            figures += (
                Figure(*one) for one in paths(server.url, stage["links"], stage["topics"][0])
            )
            figures += queries(env)
            figures += statistics(env)
            figures += work(server, stage)
            figures += (Figure(*one) for one in loads(server, env))
            figures += following(server, stage, env)
            figures += (Figure(*one) for one in full_house(server, stage, env))
        figures += rehearsal(env, Path(folder) / "rehearsal")
    report(figures)
    return 0


def weights(server: Server, stage: dict[str, Any]) -> Iterator[Figure]:
    """Give what a participant's pages weigh on the wire, requests and headers included."""
    browser = CountingBrowser(server.url)
    link = stage["links"]["sitting"]
    cold = browser.open(link).wire_bytes + browser.send(link, answer="me").wire_bytes
    yield Figure(
        "first visit: link page and today, Russian, cold", cold, "bytes", f"<= {FIRST_VISIT}"
    )
    for path in participant_paths(stage):
        scripts = sum(browser.open(path).scripts.values())
        # Personal paths are keys: the figures name the page, not the class.
        name = re.sub(r"/[0-9a-f-]{36}/", "/…/", path)
        yield Figure(f"{name} warm", browser.open(path).wire_bytes, "bytes", f"<= {FURTHER_PAGE}")
        if scripts:
            limit = SCRIPT_OF_THE_CLASS if path.startswith("/class/") else SCRIPT
            yield Figure(f"{name} scripts", scripts, "bytes", f"<= {limit}")
    browser.close()


def participant_paths(stage: dict[str, Any]) -> list[str]:
    topic = stage["topics"][0]
    return [
        "/today/", "/me/", f"/lesson/{topic}/", f"/slides/{topic}/", "/test/knowledge/",
        "/survey/closing/", "/certificate/", f"/class/{stage['session']}/", "/privacy/",
    ]  # fmt: skip


def queries(env: dict[str, str]) -> Iterator[Figure]:
    """Give how often the demo's pages ask the database, counted in a process of its own."""
    counted = json.loads(run_beside("tests.figures.count_queries", env))
    for page, (number, limit) in counted.items():
        yield Figure(page, number, "queries", f"<= {limit}")


def statistics(env: dict[str, str]) -> Iterator[Figure]:
    """Give the processor time of the results of a test, in a process of its own."""
    for what, spent in json.loads(run_beside("tests.figures.time_results", env)).items():
        yield Figure(what, spent, "ms CPU", "<= 500" if what.endswith("again") else "")


def reports(env: dict[str, str]) -> Iterator[Figure]:
    """Give what the figures of a report cost, of one edition and of a programme, in a database made for it."""
    Path(env["DATA_DIR"]).mkdir()
    for what, seconds, reach in json.loads(run_beside("tests.figures.many_editions", env)):
        yield Figure(what, seconds, "s CPU", reach)


def work(server: Server, stage: dict[str, Any]) -> Iterator[Figure]:
    """Give the processor time of a request, beside that of a bare Django page.

    The three take turns: what else runs on the machine slows all of them, not the one it happens to meet.
    """
    web = server.children()["web"]
    with bare() as (pid, url):
        page, officer = CountingBrowser(url), Officer(server.url, stage["links"]["sitting"])
        acts: dict[str, tuple[int, Callable[[], object]]] = {
            "a bare Django page": (pid, lambda: page.open("/")),
            "today": (web, lambda: officer.browser.open("/today/")),
            "save one answer": (web, officer.answer),
        }
        for _, act in acts.values():
            for _ in range(WARM_UP):
                act()
        spent: dict[str, list[float]] = {name: [] for name in acts}
        for _ in range(ROUNDS):
            for name, (process, act) in acts.items():
                spent[name].append(cpu_of(process, act))
        page.close()
        officer.browser.close()
    for name, times in spent.items():
        reach = "" if name == "a bare Django page" else "<= 6"
        yield Figure(name, median(times), "ms CPU", reach)


def following(server: Server, stage: dict[str, Any], env: dict[str, str]) -> Iterator[Figure]:
    """Give what 200 followers of a class cost, and how soon they all see the next slide."""
    web = server.children()["web"]
    yield Figure("memory of the tree at rest", tree_megabytes(server), "MB")
    trainer = trainer_in_class(server.url, stage)
    followers = Followers(server.url, stage["session"], tickets_of(env))
    followers.grow_to(5)
    threads, files, before = threads_of(web), len(files_of(web)[0]), megabytes_of(web)
    followers.grow_to(FOLLOWERS)
    more_threads, more_files = threads_of(web) - threads, len(files_of(web)[0]) - files
    kilobytes = (megabytes_of(web) - before) * 1024 / (FOLLOWERS - 5)
    yield Figure(f"{FOLLOWERS} followers: threads more", more_threads, "", "<= 0")
    yield Figure(f"{FOLLOWERS} followers: open files more, sockets apart", more_files, "", "<= 0")
    yield Figure(f"{FOLLOWERS} followers: memory each", kilobytes, "KB")
    turns = []
    for _ in range(SLIDES):
        path, form = slide_to_turn_to(trainer, stage)
        act = threading.Thread(target=trainer.post, args=(path,), kwargs=form)
        turns.append(followers.milliseconds_until_all_hear(form["slide"], act))
    yield Figure("from the trainer's press to the last follower, median", sorted(turns)[SLIDES // 2], "ms")  # fmt: skip
    yield Figure(
        f"memory of the tree, {FOLLOWERS} in class", tree_megabytes(server), "MB", "<= 250"
    )
    followers.close()
    trainer.close()


def rehearsal(env: dict[str, str], out: Path) -> Iterator[Figure]:
    """Give what a whole edition of 64 costs, played from the first nomination to the article."""
    begun = time.perf_counter()
    sabaq("rehearse", "--out", str(out), env=env, seconds=1800)
    took = time.perf_counter() - begun
    told = json.loads((out / "summary.json").read_text("utf-8"))
    what = f"rehearsal of {told['participants']}"
    yield Figure(f"{what}: by the clock", took, "s", "<= 240")
    yield Figure(f"{what}: mismatches", len(told["mismatches"]), "", "<= 0")
    yield Figure(f"{what}: requests", told["requests"], "")
    each = f"{what}, a participant"
    yield Figure(f"{each}: requests", told["requests_per_participant"], "")
    yield Figure(f"{each}: on the wire", told["wire_bytes_per_participant"] / 1000, "KB")
    yield Figure(f"{each}: CPU of the server", told["server_cpu_seconds_per_participant"], "s")
    yield Figure(f"{what}: CPU of the server in all", told["server_cpu_seconds"], "s")
    yield Figure(f"{what}: memory of the tree at its peak", told["server_peak_mb"], "MB")


def tree_megabytes(server: Server) -> float:
    pids = [server.process.pid, *server.children().values()]
    return sum(megabytes_of(pid) for pid in pids)


def cpu_of(pid: int, act: Callable[[], object]) -> float:
    """Give the milliseconds of processor time that `act` costs the process, on average of one turn."""
    before = cpu_seconds(pid)
    for _ in range(REQUESTS):
        act()
    return (cpu_seconds(pid) - before) / REQUESTS * 1000


@contextmanager
def bare() -> Iterator[tuple[int, str]]:
    """Run the bare page; give its process id and address."""
    process = subprocess.Popen(
        [sys.executable, ROOT / "scripts" / "bench_bare.py"], stdout=subprocess.PIPE, text=True
    )
    try:
        if process.stdout is None:
            raise RuntimeError("no pipe")
        yield process.pid, process.stdout.readline().strip()
    finally:
        process.terminate()
        process.wait()


def report(figures: list[Figure]) -> None:
    """Print the figures and write them down with the machine they were measured on."""
    machine = {
        "cores": os.cpu_count(),
        "processor": processor(),
        "python": platform.python_version(),
        "load": round(os.getloadavg()[0], 1),
    }
    print(", ".join(f"{key}: {value}" for key, value in machine.items()))
    for figure in figures:
        mark = "" if is_kept(figure) else "  MISSED"
        print(f"{figure.what:<60}{figure.value:>10.5g} {figure.unit:<9}{figure.reach:<9}{mark}")
    RESULT.parent.mkdir(exist_ok=True)
    content = {"machine": machine, "figures": [asdict(figure) for figure in figures]}
    RESULT.write_text(json.dumps(content, indent=1, ensure_ascii=False) + "\n", "utf-8")
    print(f"Written: {RESULT.relative_to(ROOT)}")


def is_kept(figure: Figure) -> bool:
    sign, _, number = figure.reach.partition(" ")
    kept = {"<=": operator.le, ">=": operator.ge, "=": operator.eq}
    return not sign or kept[sign](figure.value, float(number))


def processor() -> str:
    found = re.search(r"^model name\s*:\s*(.+)$", Path("/proc/cpuinfo").read_text(), re.MULTILINE)
    return found[1] if found else platform.machine()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
