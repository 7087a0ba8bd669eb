"""Conducts a rehearsal: starts the server, plays the scenes, writes what came of it."""

import json
import secrets
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import cycle
from pathlib import Path
from random import Random
from typing import Any

from sabaq.ops.rehearsal import classroom, closing, nominating, opening, testing
from sabaq.ops.rehearsal.cast import LARGEST, invent_officers
from sabaq.ops.rehearsal.course_clock import CourseClock
from sabaq.ops.rehearsal.ledger import Ledger, Officer
from sabaq.ops.rehearsal.play import ABSENT, FIRST_DAY_ONLY, LEFT_EARLY, Play
from sabaq.ops.rehearsal.server import Server, ServerFailed, Usage
from sabaq.ops.rehearsal.stage import Stage, set_stage
from sabaq.ops.rehearsal.wire import Unexpected

# Beside the participants: one on the reserve list, one not confirmed this time, one taken back.
OTHERS = 3
FEWEST = 5
# Who acts in the play; the others of the edition file are there, without a password.
ROLES = {
    "organiser",
    "focal-point",
    "trainer",
    "me-officer",
    "communication",
    "representative",
}
FIRST_DAY = (classroom.STREAM, classroom.POLL, classroom.PAGE, classroom.STREAM)
SECOND_DAY = (classroom.POLL, classroom.PAGE)
Say = Callable[[str], None]


@dataclass(frozen=True)
class Plan:
    """How large, by which seed, where to, and on which database. `model` is the edition file to play."""

    participants: int
    seed: int
    out: Path
    model: Path
    database_url: str = ""
    before_reports: Callable[[Server], None] | None = None


def rehearse(plan: Plan, *, say: Say) -> dict[str, Any]:
    """Play the edition and give the summary, which is also written; `mismatches` names all that differs."""
    if not FEWEST <= plan.participants <= LARGEST:
        raise SystemExit(f"sabaq: between {FEWEST} and {LARGEST} participants can be rehearsed.")
    plan.out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="sabaq-rehearsal-") as name:
        folder = Path(name)
        stage = set_stage(plan.model, folder / "edition.toml", seats=plan.participants)
        server = Server(folder / "data", folder / "clock.json", plan.database_url)
        clock = CourseClock(folder / "clock.json")
        clock.set(stage.opens_at)
        password = secrets.token_urlsafe(16)
        with began(server, stage, password, say=say):
            play = begin(plan, stage, clock, server, password, say=say)
            try:
                _scenes(play, plan, server)
            except (Unexpected, ServerFailed, OSError, StopIteration) as error:
                play.mismatches.append(f"the play broke off: {type(error).__name__}: {error}")
                say(server.log.read_text("utf-8", "replace")[-3000:])
            usage = server.usage()
            play.end()
    summary = _summary(play, usage)
    text = json.dumps(summary, ensure_ascii=False, indent=2)
    (plan.out / "summary.json").write_text(text + "\n", "utf-8")
    return summary


@contextmanager
def began(server: Server, stage: Stage, password: str, *, say: Say) -> Iterator[None]:
    """Prepare an empty server by its own commands, start it, and end it with the block."""
    say("Preparing a fresh server ...")
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
    try:
        say(f"The server answers at {server.start()}")
        yield
    finally:
        server.stop()


def begin(
    plan: Plan, stage: Stage, clock: CourseClock, server: Server, password: str, *, say: Say
) -> Play:
    """Invent the cast and open the book."""
    officers = invent_officers(stage, plan.participants + OTHERS, seed=plan.seed)
    ledger = Ledger(stage.days, stage.attendance_minutes, stage.correct, officers)
    rng = Random(plan.seed)  # noqa: S311 - a play, not a secret
    play = Play(stage, ledger, clock, server.address, password, rng, say)
    chosen = officers[: plan.participants]
    rng.shuffle(chosen)
    habits = [ABSENT, LEFT_EARLY, FIRST_DAY_ONLY][: max(1, plan.participants // 2 - 1)]
    play.habits = {id(officer): habit for officer, habit in zip(chosen, habits, strict=False)}
    return play


def _scenes(play: Play, plan: Plan, server: Server) -> None:
    chosen = play.ledger.officers[: plan.participants]
    reserve, declined, taken_back = play.ledger.officers[plan.participants :]
    play.say("Agencies nominate ...")
    nominating.nominate(play, play.ledger.officers)
    nominating.take_back(play, taken_back)
    nominating.refuse_bad_nominations(play, chosen[0])
    play.say("The organiser decides, and letters are written ...")
    nominating.decide(play, chosen, reserve, declined)
    nominating.collect_letters(play, chosen)
    _open(play, chosen)
    first, second = "interviewing-screening", "survivors"
    play.say("First day in class ...")
    classroom.hold_class(play, first, ways=FIRST_DAY)
    play.say("Second day in class ...")
    classroom.hold_class(play, second, ways=SECOND_DAY)
    _close(play)
    if plan.before_reports is not None:
        plan.before_reports(server)
    play.say("Reports and articles ...")
    closing.read_reports(play, plan.out)
    closing.collect_certificates(play, plan.out)
    closing.write_articles(play, plan.out)


def _open(play: Play, chosen: list[Officer]) -> None:
    play.say("Participants come in ...")
    opening.before_the_course(play)
    coming = [officer for officer in chosen if play.habit(officer) != ABSENT]
    nominating.replace_link(play, coming[0])
    ways_in = cycle((True, False))
    for number, (officer, by_code) in enumerate(zip(coming, ways_in, strict=False)):
        opening.open_the_course(play, officer, by_code=by_code, correct_sex=number == 2)
        if number % 3 != 1:
            testing.sit_the_test_before(play, officer)


def _close(play: Play) -> None:
    play.say("Test, survey and certificates ...")
    play.clock.set(play.moment("closing"))
    came = [o for o in play.ledger.participants if play.habit(o) not in {ABSENT, FIRST_DAY_ONLY}]
    testing.refuse_bad_answers(play, came[0])
    for number, officer in enumerate(came):
        testing.sit_the_test(play, officer, leave_one_out=number == 1, change_mind=number % 2 == 0)
    testing.compare_scores(play)
    for officer in came:
        closing.answer_survey(play, officer)
    closing.issue_certificates(play)


def _summary(play: Play, usage: Usage) -> dict[str, Any]:
    participants = play.ledger.participants
    travelled = [
        browser.traffic for key, browser in play.browsers.items() if key.startswith("officer ")
    ]
    streams = [stream.traffic for stream in play.streams if not _is_staff(play, stream.browser)]
    on_the_wire = sum(traffic.size for traffic in [*travelled, *streams])
    everyone = [browser.traffic for browser in play.browsers.values()]
    everyone += [stream.traffic for stream in play.streams]
    return {
        "participants": len(participants),
        "women": sum(officer.is_woman for officer in participants),
        "countries": len({officer.country for officer in participants}),
        "expected": play.expected,
        "reported": play.reported,
        "mismatches": play.mismatches,
        "events_posted": play.ledger.events_posted,
        "events_seen_missing": play.followers_missing,
        "bad_inputs_refused": play.refused,
        "requests": sum(traffic.requests for traffic in everyone),
        "wire_bytes_per_participant": on_the_wire // max(1, len(participants)),
        "server_cpu_seconds": round(usage.cpu_seconds, 2),
        "server_peak_mb": round(usage.peak_mb, 1),
    }


def _is_staff(play: Play, browser: object) -> bool:
    return any(b is browser for key, b in play.browsers.items() if not key.startswith("officer "))
