"""No verb without a kill: the plays' table beside the table of URLs and the command's own words."""

import argparse
from collections.abc import Iterator
from pathlib import Path

from sabaq.enrolment.rules import Step
from sabaq.newsroom.enums import Step as StepOut
from sabaq.ops.cli import build_parser
from sabaq.web.classroom.views import booths
from sabaq.web.office.views import latecomers
from sabaq.web.office.views.nominations import _DECISIONS
from sabaq.web.trainer.views import questions
from tests.doors.table import TABLE
from tests.rehearsal.kills.table import NO_KILL, PLAYS

# What else is asked for under one address.
SEVERAL = {
    "office:decide": set(_DECISIONS),
    "office:latecomers_decide": set(latecomers._DECISIONS),
    "learner:welcome": set(Step),
    "learner:me": {Step.PROFILE, Step.CONSENTS},
    "office:article_step": set(StepOut) - {StepOut.DONOR},
    "office:comment": {"save", "release"},
    "classroom:booth": set(booths.ACTS),
    "trainer:question": {*questions.VERBS, "merge"},
}


def verbs_by_url() -> Iterator[str]:
    for row in TABLE:
        if "POST" in row.methods and row.name in SEVERAL:
            yield from (f"{row.name} {asked}" for asked in SEVERAL[row.name])
        elif "POST" in row.methods:
            yield row.name


def commands(parser: argparse.ArgumentParser, before: str = "") -> Iterator[str]:
    inner = [a for a in parser._actions if isinstance(a, argparse._SubParsersAction)]
    if not inner:
        yield before
    for action in inner:
        for word, one in action.choices.items():
            yield from commands(one, f"{before} {word}".strip())


def test_the_server_is_killed_after_every_verb_or_there_is_a_reason_why_not():
    listed = {verb for play in PLAYS.values() for verb in play} | set(NO_KILL)

    assert sorted(listed) == sorted({*verbs_by_url(), *commands(build_parser())})


def test_no_verb_is_both_killed_and_excused():
    assert [verb for play in PLAYS.values() for verb in play if verb in NO_KILL] == []


def test_every_play_is_performed():
    performed = {path.stem.removeprefix("test_") for path in Path(__file__).parent.glob("test_*")}

    assert sorted(performed) == sorted({*PLAYS, "every_verb"})
