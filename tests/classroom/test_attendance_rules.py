"""What counts of somebody in a session: measured, seen by the host, corrected last."""

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from sabaq.classroom.rules.attendance import (
    GRACE,
    TIDYING_UP,
    Change,
    Running,
    counted,
    full_minutes,
    gaps_in,
    minutes_of,
    standing,
    union,
    without,
)
from tests.factories import NOW


def at(minute):
    return NOW + timedelta(minutes=minute)


minutes = st.integers(0, 120)
stretches = (
    st.tuples(minutes, minutes)
    .filter(lambda p: p[0] != p[1])
    .map(lambda pair: (at(min(pair)), at(max(pair))))
)
PLANNED = (at(0), at(60))
HELD = Running(PLANNED, began_at=at(5), ended_at=at(65))


@st.composite
def changes(draw):
    made = []
    for number in range(1, draw(st.integers(0, 8)) + 1):
        undoable = sorted({c.id for c in made} - {c.undoes for c in made})
        if undoable and draw(st.booleans()):
            made.append(Change(number, undoes=draw(st.sampled_from(undoable))))
        else:
            interval = draw(st.none() | stretches)
            made.append(Change(number, adds=draw(st.booleans()), interval=interval))
    return made


def minutes_in(intervals):
    """Give the minutes covered, one by one: another way to the same answer."""
    return {m for m in range(-10, 200) if any(a <= at(m) < b for a, b in intervals)}


@given(st.lists(stretches, max_size=6), st.booleans(), changes())
def test_what_counts_is_found_minute_by_minute_too(measured, is_marked, made):
    by_host = HELD.held_by(None) if is_marked else None

    found = counted(measured, by_host=by_host, changes=made, running=HELD)

    expected = minutes_in(measured) & minutes_in([HELD.held])
    if is_marked:
        expected |= minutes_in([HELD.held])
    for change in standing(made):
        meant = minutes_in([change.interval or HELD.whole])
        expected = expected | meant if change.adds else expected - meant
    assert minutes_in(found) == expected
    assert found == union(found)
    assert minutes_of(found) == len(expected)


@given(changes(), st.lists(stretches, max_size=6))
def test_undoing_a_correction_leaves_what_was_there_before_it(made, measured):
    before = counted(measured, by_host=None, changes=made, running=HELD)
    last = len(made) + 1
    more = [*made, Change(last, adds=True, interval=(at(0), at(90)))]

    after = counted(
        measured, by_host=None, changes=[*more, Change(last + 1, undoes=last)], running=HELD
    )

    assert after == before


@given(changes())
def test_an_undoing_that_is_undone_lets_the_correction_stand_again(made):
    last = len(made) + 1
    one = Change(last, adds=True)

    again = standing([*made, one, Change(last + 1, undoes=last), Change(last + 2, undoes=last + 1)])

    assert again == standing([*made, one])


@given(st.lists(stretches, max_size=6), stretches)
def test_what_is_taken_away_is_gone_and_nothing_else(intervals, gone):
    assert minutes_in(without(intervals, gone)) == minutes_in(intervals) - minutes_in([gone])


@given(st.lists(stretches, max_size=6))
def test_gaps_and_presence_together_are_from_first_in_to_last_out(intervals):
    joined = union(intervals)

    whole = union([*joined, *gaps_in(joined)])

    assert whole == ([(joined[0][0], joined[-1][1])] if joined else [])


def test_a_class_that_nobody_ended_stops_counting_half_an_hour_after_it_was_due():
    forgotten = Running(PLANNED, began_at=at(5))

    assert forgotten.due == at(65)
    assert forgotten.held == (at(5), at(65) + GRACE)
    assert counted([(at(0), at(600))], by_host=None, changes=[], running=forgotten) == [
        (at(5), at(95))
    ]


def test_ending_a_class_hours_late_is_tidying_up_and_counts_nothing_more():
    late = at(65) + TIDYING_UP

    assert Running(PLANNED, at(5), late).held == (at(5), late)
    assert Running(PLANNED, at(5), late + timedelta(seconds=1)).held == (at(5), at(95))


def test_a_class_that_was_never_begun_counts_nothing_but_may_be_corrected_whole():
    never = Running(PLANNED)

    assert counted([(at(0), at(30))], by_host=None, changes=[], running=never) == []
    assert counted([], by_host=None, changes=[Change(1, adds=True)], running=never) == [PLANNED]


def test_who_is_marked_in_a_class_going_on_counts_up_to_now():
    going_on = Running(PLANNED, began_at=at(5))

    assert going_on.held_by(at(20)) == (at(5), at(20))
    assert going_on.held_by(at(500)) == (at(5), at(65))


def test_an_hour_less_a_second_is_not_yet_an_hour():
    assert full_minutes(minutes_of([(at(0), at(60) - timedelta(seconds=1))])) == 59
