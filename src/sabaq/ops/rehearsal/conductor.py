"""Conducts a rehearsal: starts the server, goes through the acts, and writes what came of it."""

import json
import secrets
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any

from sabaq.ops.rehearsal import acts, article, judging
from sabaq.ops.rehearsal.cast import LARGEST, invent_officers
from sabaq.ops.rehearsal.course_clock import CourseClock
from sabaq.ops.rehearsal.habits import give_habits
from sabaq.ops.rehearsal.ledger import Ledger
from sabaq.ops.rehearsal.play import Play
from sabaq.ops.rehearsal.server import Server, ServerFailed
from sabaq.ops.rehearsal.stage import Stage, set_stage
from sabaq.ops.rehearsal.summary import Costs, summary_of
from sabaq.ops.rehearsal.tamper import tampered
from sabaq.ops.rehearsal.weather import storm_over
from sabaq.ops.rehearsal.wire import Unexpected

FEWEST = 6
# One place of the overbooking margin is among the seats that are filled.
MARGIN = 1
# Who acts in the play; the others of the edition file are there, without a password.
ROLES = {
    *("organiser", "host", "focal-point", "trainer", "interpreter", "me-officer"),
    *("communication", "representative"),
}
Say = Callable[[str], None]


@dataclass(frozen=True)
class Plan:
    """How large, by which seed, where to, and on which database. `model` is the edition file to play.

    The server is killed `kills` times; after a clean judgement it is tampered with in each way of `tamper`.
    """

    participants: int
    seed: int
    out: Path
    model: Path
    database_url: str = ""
    kills: int = 0
    tamper: Sequence[str] = field(default_factory=tuple)


def rehearse(plan: Plan, *, say: Say) -> dict[str, Any]:
    """Play the edition and give the summary, which is also written; `mismatches` names all that differs."""
    if not FEWEST <= plan.participants <= LARGEST:
        raise SystemExit(f"sabaq: between {FEWEST} and {LARGEST} participants can be rehearsed.")
    plan.out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="sabaq-rehearsal-") as name:
        folder = Path(name)
        stage = set_stage(
            plan.model, folder / "edition.toml", seats=plan.participants, margin=MARGIN
        )
        server = Server(folder / "data", folder / "clock.json", plan.database_url)
        clock = CourseClock(folder / "clock.json")
        clock.set(stage.opens_at)
        password = secrets.token_urlsafe(16)
        say("Preparing a fresh server ...")
        prepare(server, stage, password)
        with started(server, say=say):
            play = begin(plan, stage, clock, server, password, say=say)
            costs, found = Costs(play, server), dict[str, list[str]]()
            try:
                acts.perform(play, costs, plan.participants)
                _judge(play, costs, plan, server, found)
            except (Unexpected, ServerFailed, LookupError, OSError, StopIteration) as error:
                play.mismatches.append(f"the play broke off: {type(error).__name__}: {error}")
                say(server.log.read_text("utf-8", "replace")[-3000:])
            summary = summary_of(costs, tampered=found)
            play.end()
    text = json.dumps(summary, ensure_ascii=False, indent=2)
    (plan.out / "summary.json").write_text(text + "\n", "utf-8")
    return summary


def prepare(server: Server, stage: Stage, password: str) -> None:
    """Prepare an empty server by its own commands."""
    server.data_dir.mkdir(parents=True, exist_ok=True)
    accounts = [
        ["account", "create", person["email"], "--name", person["name"]]
        for person in stage.staff
        if ROLES & set(person["roles"])
    ]
    server.commands(
        [
            ["prepare"],
            ["pack", "import", str(stage.pack)],
            *accounts,
            ["edition", "load", str(stage.file)],
        ],
        stdin=f"{password}\n" * len(accounts),
    )


@contextmanager
def started(server: Server, *, say: Say) -> Iterator[None]:
    """Start a server that is prepared, and end it with the block."""
    try:
        say(f"The server answers at {server.start()}")
        yield
    finally:
        server.stop()


def begin(
    plan: Plan, stage: Stage, clock: CourseClock, server: Server, password: str, *, say: Say
) -> Play:
    """Invent the cast and open the book."""
    company = acts.Company.of(plan.participants)
    officers = invent_officers(stage, company.size, seed=plan.seed)
    ledger = Ledger(stage.days, stage.attendance_minutes, stage.correct, officers)
    rng = Random(plan.seed)  # noqa: S311 - a play, not a secret
    weather = storm_over(server, participants=plan.participants, kills=plan.kills, seed=plan.seed)
    play = Play(stage, ledger, clock, server.address, password, rng, say, weather)
    chosen = company.chosen(officers)
    play.habits = give_habits(chosen, called_off=company.called_off, rng=rng)
    return play


def _judge(
    play: Play, costs: Costs, plan: Plan, server: Server, found: dict[str, list[str]]
) -> None:
    with costs.act("Everything that is reported is read"):
        judging.judge(play)
        judging.collect(play, plan.out)
        article.collect(play, plan.out)
    missing = plan.kills - getattr(play.weather, "kills", 0)
    if missing:
        play.mismatches.append(f"{missing} kills of the server did not come about")
    for kind in plan.tamper:
        with costs.act(f"One row is tampered with: {kind}"):
            with tampered(server, kind), play.apart() as named:
                judging.judge(play)
            found[kind] = named
    if plan.tamper:
        with costs.act("Everything is read once more, as it was"):
            judging.judge(play)
