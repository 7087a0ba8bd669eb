from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sabaq.web.office.stages import Act, CallState, Facts, Part, Stage, next_act, rail, stage_of

START = date(2027, 2, 4)
BEFORE = Facts(
    today=START - timedelta(days=30), starts_on=START, is_over=False, call=CallState.CLOSED
)
DURING = replace(BEFORE, today=START)
AFTER = replace(BEFORE, today=START + timedelta(days=2), is_over=True)


@pytest.mark.parametrize(
    ("facts", "stage"),
    [
        (replace(BEFORE, call=CallState.AHEAD), Stage.PLAN),
        (replace(BEFORE, call=CallState.OPEN, proposed=5), Stage.CALL),
        (replace(BEFORE, proposed=5), Stage.DECIDE),
        (BEFORE, Stage.PREPARE),
        (replace(DURING, proposed=5), Stage.TEACH),
        (AFTER, Stage.EVALUATE),
        (replace(AFTER, certificates=1), Stage.REPORT),
    ],
)
def test_the_stage_follows_the_calendar_and_what_is_open(facts, stage):
    assert stage_of(facts) == stage


def test_the_rail_has_one_current_stage_with_the_past_before_it():
    assert [state for _, state in rail(Stage.DECIDE)] == [
        "past",
        "past",
        "current",
        "ahead",
        "ahead",
        "ahead",
        "ahead",
    ]


@pytest.mark.parametrize(
    ("facts", "act"),
    [
        (replace(BEFORE, call=CallState.AHEAD), Act.AWAIT_CALL),
        (replace(BEFORE, call=CallState.OPEN), Act.FOLLOW_CALL),
        (replace(BEFORE, proposed=5, reserve=2, seats_left=3), Act.DECIDE),
        (replace(BEFORE, reserve=2, seats_left=3, to_hand_over=4), Act.FILL_SEATS),
        (replace(BEFORE, reserve=2, to_hand_over=4, not_opened=9), Act.HAND_OVER),
        (replace(BEFORE, not_opened=9), Act.REMIND),
        (BEFORE, Act.AWAIT_COURSE),
        (replace(DURING, proposed=5, is_live=True), Act.ENTER_CLASS),
        (replace(DURING, is_more_today=True), Act.NEXT_CLASS),
        (DURING, Act.REST),
        (AFTER, Act.ISSUE),
        (replace(AFTER, certificates=1), Act.WRITE_ARTICLE),
        (replace(AFTER, certificates=1, articles=2), Act.READ_REPORT),
    ],
)
def test_the_organiser_has_one_next_thing_to_do(facts, act):
    assert next_act(facts, Part.ORGANISER) == act


@pytest.mark.parametrize(
    ("part", "acts"),
    [
        (Part.FOCAL_POINT, [Act.NOMINATE, Act.SEE_DECISIONS, Act.SEE_DECISIONS, Act.SEE_DECISIONS]),
        (Part.CLASS, [Act.AWAIT_COURSE, Act.AWAIT_COURSE, Act.ENTER_CLASS, Act.REST]),
        (Part.OBSERVER, [Act.AWAIT_COURSE, Act.AWAIT_COURSE, Act.READ_REPORT, Act.READ_REPORT]),
        (Part.EVALUATOR, [Act.AWAIT_COURSE, Act.AWAIT_COURSE, Act.READ_REPORT, Act.READ_REPORT]),
    ],
)
def test_others_are_told_what_concerns_them(part, acts):
    call_open = replace(BEFORE, call=CallState.OPEN)
    live = replace(DURING, is_live=True)

    assert [next_act(facts, part) for facts in (call_open, BEFORE, live, AFTER)] == acts


COUNTS = st.integers(0, 3)
ANY_FACTS = st.builds(
    Facts,
    today=st.dates(START - timedelta(days=9), START + timedelta(days=9)),
    starts_on=st.just(START),
    is_over=st.booleans(),
    call=st.sampled_from(CallState),
    proposed=COUNTS,
    reserve=COUNTS,
    seats_left=COUNTS,
    to_hand_over=COUNTS,
    not_opened=COUNTS,
    certificates=COUNTS,
)


@given(ANY_FACTS, st.integers(1, 20))
def test_a_stage_never_goes_back_as_days_pass(facts, days):
    later = replace(facts, today=facts.today + timedelta(days=days))
    order = list(Stage)

    assert order.index(stage_of(later)) >= order.index(stage_of(facts))
