"""The running order: what is planned, what it took, and how far from the plan a class is."""

from datetime import timedelta

import pytest

from sabaq.classroom.rules.running_order import (
    minutes_behind,
    minutes_shown,
    plan_of,
    planned_minutes,
    told_since,
)
from tests.factories import NOW


def after(minutes: float):
    return NOW + timedelta(minutes=minutes)


def test_the_rest_of_the_time_is_spread_evenly_over_slides_without_minutes():
    assert planned_minutes([2, None, 6, None], 20) == [2.0, 6.0, 6.0, 6.0]


def test_every_slide_is_planned_with_a_minute_where_the_authors_leave_none():
    assert planned_minutes([30, None, 30], 45) == [30.0, 1.0, 30.0]


def test_a_deck_planned_to_the_minute_needs_no_rest():
    assert planned_minutes([10, 5], 45) == [10.0, 5.0]
    assert planned_minutes([], 45) == []


def test_a_slide_shown_again_adds_to_its_minutes():
    shown = [("one", NOW), ("two", after(3)), ("one", after(5))]

    assert minutes_shown(shown, after(6.5)) == {"one": 4.5, "two": 2.0}
    assert minutes_shown([], NOW) == {}


@pytest.mark.parametrize(
    ("index", "gone", "behind"),
    [
        (0, 4.9, 0),
        (0, 5.5, 0),  # half a minute is on time
        (0, 7.2, 2),
        (1, 7.0, 0),
        (1, 2.5, -2),  # planned to begin after five minutes
        (2, 20.0, 5),
    ],
)
def test_a_class_is_behind_or_ahead_by_whole_minutes(index, gone, behind):
    assert minutes_behind([5.0, 5.0, 5.0], index, gone) == behind


@pytest.mark.parametrize(
    ("began", "plan"),
    [
        (None, (0, 50)),
        (-10, (0, 50)),
        (12, (0, 50)),  # late: it is to end when it was announced to
        (-31, (-31, 19)),  # rehearsed beforehand
        (60, (60, 110)),
    ],
)
def test_the_plan_is_the_timetables_unless_the_class_is_held_at_another_time(began, plan):
    began_at = None if began is None else after(began)

    assert plan_of(NOW, after(50), began_at) == (after(plan[0]), after(plan[1]))


@pytest.mark.parametrize(
    ("sent", "now", "told"),
    [
        (None, 44.9, None),
        (None, 45, 45),
        (10, 9, None),
        (10, 30, 10),
        (10, 46, 45),  # what was sent early comes again by itself
        (47, 48, 47),
    ],
)
def test_five_minutes_left_is_told_by_itself_and_whenever_it_is_sent(sent, now, told):
    sent_at = None if sent is None else after(sent)

    assert told_since(after(50), sent_at, after(now)) == (None if told is None else after(told))
