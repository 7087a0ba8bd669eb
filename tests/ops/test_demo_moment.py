"""The demo opens at twenty past one of its first day, and its time stands still while it does not run."""

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from sabaq.kernel.clock import _BentClock
from sabaq.ops.demo.moment import DEMO_BEGINS, moment_to_open, set_clock


@pytest.fixture
def clock_file(tmp_path: Path) -> Path:
    return tmp_path / "clock.json"


@pytest.fixture
def database(tmp_path: Path) -> Path:
    return tmp_path / "sabaq.sqlite3"


def now_by(clock_file: Path) -> datetime:
    return datetime.fromtimestamp(_BentClock().seconds(str(clock_file)), tz=UTC)


def wrote(database: Path, clock_file: Path, after: timedelta) -> None:
    """Let the database have been written to last so long after the clock began to run."""
    database.touch()
    moment = clock_file.stat().st_mtime + after.total_seconds()
    os.utime(database, (moment, moment))


def test_a_new_demo_opens_at_twenty_past_one_in_tashkent(clock_file, database):
    assert moment_to_open(clock_file, database) == datetime(2027, 2, 4, 8, 20, tzinfo=UTC)


def test_time_stands_still_while_the_demo_is_loaded_and_runs_afterwards(clock_file):
    set_clock(clock_file, DEMO_BEGINS, runs=False)
    first, second = now_by(clock_file), now_by(clock_file)
    set_clock(clock_file, DEMO_BEGINS, runs=True)
    third, fourth = now_by(clock_file), now_by(clock_file)

    assert abs(first - DEMO_BEGINS) < timedelta(milliseconds=1)
    assert abs(second - first) < timedelta(milliseconds=1)
    assert third + timedelta(milliseconds=1) >= DEMO_BEGINS
    assert third < fourth


def test_a_demo_that_was_only_loaded_still_opens_at_twenty_past_one(clock_file, database):
    set_clock(clock_file, DEMO_BEGINS, runs=False)
    wrote(database, clock_file, timedelta(minutes=3))

    assert abs(moment_to_open(clock_file, database) - DEMO_BEGINS) < timedelta(seconds=1)


def test_a_demo_that_ran_goes_on_where_it_last_wrote_something_down(clock_file, database):
    set_clock(clock_file, DEMO_BEGINS, runs=True)
    wrote(database, clock_file, timedelta(minutes=17))

    opened = moment_to_open(clock_file, database)

    assert abs(opened - (DEMO_BEGINS + timedelta(minutes=17))) < timedelta(seconds=1)


def test_what_waits_beside_the_database_counts_as_written(clock_file, database):
    set_clock(clock_file, DEMO_BEGINS, runs=True)
    wrote(database, clock_file, timedelta(minutes=2))
    wrote(database.with_name("sabaq.sqlite3-wal"), clock_file, timedelta(minutes=5))

    opened = moment_to_open(clock_file, database)

    assert abs(opened - (DEMO_BEGINS + timedelta(minutes=5))) < timedelta(seconds=1)
