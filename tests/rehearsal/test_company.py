"""Who is on the stage, how they keep to the course, and how they answer."""

from collections import Counter
from pathlib import Path
from random import Random

import pytest

from sabaq.ops.rehearsal.acts import Company
from sabaq.ops.rehearsal.cast import invent_officers
from sabaq.ops.rehearsal.habits import Habit, give_habits
from sabaq.ops.rehearsal.ledger import Officer
from sabaq.ops.rehearsal.stage import Stage, set_stage
from sabaq.ops.rehearsal.weather import CALM, Storm, storm_over
from tests.servers import ROOT

MODEL = ROOT / "packs/gender-human-rights/editions/regional-2027.toml"


@pytest.fixture
def stage(tmp_path: Path) -> Stage:
    return set_stage(MODEL, tmp_path / "edition.toml", seats=64, margin=1)


def cast(stage: Stage, participants: int) -> list[Officer]:
    return invent_officers(stage, Company.of(participants).size, seed=7)


def test_the_company_of_the_model_case_has_ninety_nominated_and_four_called_away():
    assert Company.of(64) == Company(participants=64, nominated=90, called_off=4)


@pytest.mark.parametrize("participants", [6, 8, 14, 64, 150])
def test_everybody_is_on_one_list_and_the_reserve_fills_the_seats(stage: Stage, participants: int):
    company, officers = Company.of(participants), cast(stage, participants)

    lists = [company.chosen(officers), company.reserve(officers), company.declined(officers)]

    # Beside them one who is taken back and the latecomer.
    assert [o.number for one in lists for o in one] == list(range(company.nominated - 1))
    assert len(officers) == company.nominated + 1
    assert len(lists[1]) >= company.called_off - 1
    assert len({(one.agency, one.native_name) for one in officers}) == len(officers)


def test_the_same_seed_gives_the_same_officers(stage: Stage):
    assert cast(stage, 64) == cast(stage, 64)


def test_every_habit_is_in_a_large_company_and_some_earn_a_certificate_in_a_small_one(stage: Stage):
    large, small = (
        give_habits(cast(stage, count)[:count], called_off=called_off, rng=Random(1))
        for count, called_off in ((64, 4), (8, 2))
    )

    assert set(large.values()) == set(Habit)
    assert Counter(large.values())[Habit.CALLED_OFF] == 4
    assert Counter(small.values())[Habit.CALLED_OFF] == 2
    assert len(small) == 8


def test_a_storm_kills_as_often_as_asked_at_moments_of_its_seed():
    first, same, other = (
        storm_over(None, participants=8, kills=5, seed=seed)  # type: ignore[arg-type]
        for seed in (1, 1, 2)
    )

    assert isinstance(first, Storm)
    assert isinstance(same, Storm)
    assert isinstance(other, Storm)
    assert first.moments == same.moments != other.moments
    assert len(first.moments) == 5
    assert storm_over(None, participants=8, kills=0, seed=1) is CALM  # type: ignore[arg-type]
