"""One class written and followed by several processes at once, on either database."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.scenes import set_scene
from tests.servers import ROOT, environment, fresh_database, sabaq

pytestmark = [pytest.mark.e2e, pytest.mark.slow]
WRITERS, EVENTS = 8, 25


@pytest.fixture
def database(tmp_path: Path) -> Iterator[dict[str, str]]:
    """Give the environment of processes around a database of their own, a class in it, and no server."""
    with fresh_database() as url:
        more = {"DATABASE_URL": url} if url else {}
        env = environment(tmp_path / "data", SABAQ_MODE="rehearsal", **more)
        done = sabaq("prepare", env=env)
        assert done.returncode == 0, done.stderr
        set_scene(env)
        yield env


def run(env: dict[str, str], *, writers: int, events: int, look_every: float) -> dict[str, Any]:
    done = subprocess.run(
        [
            sys.executable,
            "-m",
            "tests.recovery.processes",
            str(writers),
            str(events),
            str(look_every),
        ],
        env={**env, "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}"},
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=240,
    )
    assert done.returncode == 0, done.stderr
    said: dict[str, Any] = json.loads(done.stdout)
    return said


def chain(seqs: list[int]) -> list[list[int]]:
    return [[seq, prev] for seq, prev in zip(seqs, [0, *seqs], strict=False)]


def test_eight_writers_and_two_tails_miss_double_and_reorder_nothing(database):
    said = run(database, writers=WRITERS, events=EVENTS, look_every=0.2)

    number = WRITERS * EVENTS
    theirs = [seq for seq, audience, _ in said["log"] if audience != "staff"]
    assert [seq for seq, _, _ in said["log"]] == list(range(1, number + 1))
    assert 0 < len(theirs) < number
    assert (
        said["tails"]
        == [{"staff": chain(list(range(1, number + 1))), "participant": chain(theirs)}] * 2
    )


@pytest.mark.skipif(
    os.environ.get("SABAQ_TEST_DB") != "postgres", reason="SQLite announces nothing"
)
def test_on_postgresql_a_commit_wakes_the_tails_of_other_processes(database):
    said = run(database, writers=1, events=10, look_every=20)

    # They would look by themselves after twenty seconds: whatever comes sooner was announced.
    assert len(said["milliseconds"]) == 20
    assert max(said["milliseconds"]) < 10_000
