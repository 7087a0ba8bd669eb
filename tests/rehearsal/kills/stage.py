"""A server that is killed right after each verb it acknowledged, and started again on the same data."""

import fcntl
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from urllib.parse import urljoin, urlsplit

from django.urls import resolve

from sabaq.ops.rehearsal import letters, nominating, opening
from sabaq.ops.rehearsal.conductor import Plan, begin, prepare, started
from sabaq.ops.rehearsal.course_clock import CourseClock
from sabaq.ops.rehearsal.ledger import Officer
from sabaq.ops.rehearsal.pages import Form
from sabaq.ops.rehearsal.play import Play, must
from sabaq.ops.rehearsal.server import Server
from sabaq.ops.rehearsal.stage import Stage, set_stage
from sabaq.ops.rehearsal.wire import Answer, Browser, Fields, File
from tests.demo import of_all_workers
from tests.rehearsal.kills.table import PLAYS
from tests.servers import ROOT, fresh_database

MODEL = ROOT / "packs/gender-human-rights/editions/regional-2027.toml"
PASSWORD = "known to this test alone"
# The tree that is tested; and a dozen starts, at which nothing is compiled anew whatever the outer environment says.
ENVIRONMENT = {"PYTHONPATH": str(ROOT / "src"), "PYTHONDONTWRITEBYTECODE": ""}
# One URL does several things; these fields say which.
ASKED_IN = ("act", "step")


@dataclass
class Fragile:
    """A play on a server that is killed after every act sent through here; `killed` names those verbs."""

    play: Play
    server: Server
    killed: set[str] = field(default_factory=set)

    def post(
        self, browser: Browser, path: str, fields: Fields | None = None, *statuses: int
    ) -> Answer:
        """Send a form; when its answer is here, kill the tree, start again, and give the answer."""
        tree = self.server.tree()
        answer = browser.post(path, fields, quick=True)
        return self._after_a_kill(verb(path, fields or {}), answer, tree, *(statuses or (204, 302)))

    def submit(
        self, browser: Browser, page: Answer, form: Form, fields: Fields | None = None
    ) -> Answer:
        """The same with a form of a page."""
        path = urljoin(page.path, form.action) or page.path
        return self.post(browser, path, {**form.fields, **(fields or {})})

    def upload(
        self, browser: Browser, path: str, fields: Fields, name: str, file: File, *statuses: int
    ) -> Answer:
        """The same with a form that holds a file, which is answered by a page unless `statuses` say else."""
        tree = self.server.tree()
        answer = browser.upload(path, fields, name, file)
        return self._after_a_kill(verb(path, fields), answer, tree, *(statuses or (200,)))

    def _after_a_kill(
        self, what: str, answer: Answer, tree: Sequence[int], *statuses: int
    ) -> Answer:
        self.server.kill(tree)
        must(answer, *statuses)
        self.killed.add(what)
        self.start()
        return answer

    def start(self) -> None:
        """Start the server again where it was; every browser finds its connection gone."""
        for browser in self.play.browsers.values():
            browser.close()
        self.server.start(port=int(self.play.address.rsplit(":", 1)[1]))

    def command(self, *words: str, stdin: str = "") -> str:
        """Run a `sabaq` command, kill it as soon as it says that it is done, and give that line."""
        process = subprocess.Popen(
            [sys.executable, "-u", "-m", "sabaq.ops", *words],
            env=self.server.environment(),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            start_new_session=True,
        )
        assert process.stdin is not None
        assert process.stdout is not None
        with process.stdin, process.stdout:
            process.stdin.write(stdin.encode())
            process.stdin.flush()
            lines = iter(process.stdout.readline, b"")
            said = (line.decode().strip() for line in lines)
            # What it is at ends with dots.
            line = next(line for line in said if not line.endswith("..."))
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
        self.killed.add(" ".join(words[:2]))
        return line

    def stranger(self, name: str = "stranger", **cookies: str) -> Browser:
        """Give a browser that nobody used before."""
        if name in self.play.browsers:
            self.play.browsers[name].close()
        browser = self.play.browsers[name] = Browser(self.play.address)
        browser.cookies.update(cookies)
        return browser


def verb(path: str, fields: Fields) -> str:
    """Give the name of a verb as the table has it: the URL's, and what was asked for where there is a choice."""
    name = resolve(urlsplit(path).path).view_name
    return " ".join([name, *(str(fields[key]) for key in ASKED_IN if key in fields)])


@contextmanager
def fragile_play(
    name: str, folder: Path, more: Mapping[str, str] | None = None, *, seats: int = 5
) -> Iterator[Fragile]:
    """Give a play on a fresh server; at its end the server must have been killed after each verb of its list."""
    with fresh_database() as url:
        plan = Plan(seats, 7, folder, MODEL, url)
        stage = set_stage(MODEL, folder / "edition.toml", seats=seats, minutes=1)
        server = Server(
            folder / "data", folder / "clock.json", url, {**ENVIRONMENT, **(more or {})}
        )
        clock = CourseClock(folder / "clock.json")
        clock.set(stage.opens_at)
        prepare_once(server, stage, seats, folder)
        with started(server, say=print):
            play = begin(plan, stage, clock, server, PASSWORD, say=print)
            fragile = Fragile(play, server)
            try:
                yield fragile
            finally:
                play.end()
    assert sorted(fragile.killed) == sorted(PLAYS[name])


def prepare_once(server: Server, stage: Stage, seats: int, folder: Path) -> None:
    """Prepare a server: on SQLite by a copy of what the first play with as many seats prepared."""
    if server.database_url:
        prepare(server, stage, PASSWORD)
        return
    of_all = of_all_workers(folder.parent)
    prepared = of_all / f"prepared-{seats}-seats"
    with (of_all / f"{prepared.name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not prepared.exists():
            prepare(server, stage, PASSWORD)
            part = shutil.copytree(server.data_dir, of_all / f"{prepared.name}.part")
            part.rename(prepared)
            return
    shutil.copytree(prepared, server.data_dir, dirs_exist_ok=True)


def enrol(fragile: Fragile, officers: Sequence[Officer]) -> None:
    """Nominate and confirm these officers, without a kill, and make it the time to come in."""
    play = fragile.play
    nominating.nominate(play, officers)
    play.clock.set(play.stage.closes_at + timedelta(days=3))
    chosen = list(nominating.nominations_in(play, "proposed").values())
    decide = f"{play.office}nominations/decide/"
    must(play.organiser.post(decide, {"act": "confirm", "nomination": chosen}), 302)
    letters.collect_letters(play, officers)
    opening.before_the_course(play)


def form_with(page: Answer, field: str) -> Form:
    """Give the form of a page that asks for this."""
    return next(form for form in page.page.forms() if field in {**form.fields, **form.options})


def row_of(page: Answer, name: str) -> str:
    """Give the words of the row of a table, or the card, that names this person; nothing where none does."""
    rows = [node for node in page.page if node.tag in {"tr", "section"} and name in node.names()]
    return min((row.text for row in rows), key=len, default="")
