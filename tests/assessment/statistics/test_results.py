"""The results of a test as a whole: who is counted, what is shown, and what is not shown of few."""

import random
from fractions import Fraction
from math import isfinite

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sabaq.assessment.statistics.items import McNemar
from sabaq.assessment.statistics.reasons import Reason
from sabaq.assessment.statistics.results import Pair, TestResults, results_of
from sabaq.assessment.statistics.words import lines_of
from sabaq.kernel.few import FEW_ANSWERS
from tests.assessment.statistics.sheets import asked, pairs, sheet

TWELVE = [
    ("abc", "aaa"), ("aab", "aaa"), ("bbb", "aab"), ("cab", "aab"), ("aaa", "aaa"), ("bba", "baa"),
    ("ab-", "aab"), ("bcb", "bab"), ("aab", "aab"), ("bab", "aaa"), ("cba", "aba"), ("aac", "abc"),
]  # fmt: skip


def test_nine_pairs_show_how_many_they_are_and_nothing_else():
    assert FEW_ANSWERS == 10

    found = results_of(asked("xyz"), pairs("xyz", *TWELVE[:9]), registered=20)

    assert found == TestResults(registered=20, matched=9)
    assert not found.is_shown


def test_ten_pairs_are_shown():
    assert results_of(asked("xyz"), pairs("xyz", *TWELVE[:10]), registered=20).is_shown


def test_scores_are_compared_within_each_person():
    found = results_of(asked("xyz"), pairs("xyz", *TWELVE), registered=15).change

    # Right before: 1 2 0 1 3 1 1 0 2 1 1 2 = 15 of 36; after: 3 3 2 2 3 2 2 1 2 3 2 1 = 26 of 36.
    assert found.before == pytest.approx(100 * 15 / 36)
    assert found.after == pytest.approx(100 * 26 / 36)
    assert found.class_gain == pytest.approx(11 / 21)
    assert (found.mean_gain.counted, found.mean_gain.left_out) == (11, 1)
    assert found.t.n == 12
    # Fewer than twenty pairs: ranks stand beside t. Two scores did not change.
    assert (found.ranks.n, found.ranks.unchanged) == (10, 2)


def test_each_item_tells_what_was_chosen_in_each_phase():
    found = results_of(asked("xyz"), pairs("xyz", *TWELVE), registered=15).forms[0].items

    third = found[2]
    assert third.item.key == "z"
    assert dict(third.before.chosen) == {"a": 3, "b": 6, "c": 2}
    assert third.before.left_open == 1
    assert (third.before.n, third.before.right) == (12, 3)
    assert third.before.difficulty == Fraction(3, 12)
    assert dict(third.after.chosen) == {"a": 6, "b": 5, "c": 1}
    # To right: 1st, 2nd, 10th. Nobody went to wrong.
    assert third.switched == McNemar(3, 0, pytest.approx(0.25))


def test_the_order_of_people_and_of_the_draw_says_nothing():
    shuffled = random.Random(5).sample(TWELVE, len(TWELVE))

    one = results_of(asked("xyz"), pairs("xyz", *TWELVE), registered=15)
    other = results_of(asked("xyz"), pairs("xyz", *shuffled), registered=15)

    assert one.forms[0].items == other.forms[0].items
    assert one.change.t.t == pytest.approx(other.change.t.t)


def test_objectives_join_their_items():
    items = [*asked("xy", objective="danger"), *asked("z", objective="consent")]

    danger, consent = results_of(items, pairs("xyz", *TWELVE), registered=15).objectives

    assert (danger.objective, danger.items) == ("danger", 2)
    assert danger.before == pytest.approx(12 / 24)
    assert danger.after == pytest.approx(20 / 24)
    assert (consent.items, consent.before) == (1, pytest.approx(3 / 12))


def two_forms(ab, ba):
    """Give as many pairs of each order as asked for, all alike but for one in each."""
    first = [Pair(sheet("xy", "ab", "A"), sheet("uv", "aa", "B")) for _ in range(ab)]
    second = [Pair(sheet("uv", "ba", "B"), sheet("xy", "aa", "A")) for _ in range(ba)]
    return first + second


def items_of_two_forms():
    return [
        *asked("xy", form="A", objective="danger"),
        *asked("uv", form="B", objective="danger"),
    ]


def test_two_forms_have_items_of_their_own_and_nobody_answers_one_twice():
    found = results_of(items_of_two_forms(), two_forms(12, 10), registered=30)

    assert [form.form for form in found.forms] == ["A", "B"]
    first = found.forms[0].items[0]
    assert (first.before.n, first.after.n) == (12, 10)
    assert first.switched is Reason.TWO_FORMS
    assert not found.forms_hidden


def test_a_form_sat_by_few_hides_the_other_with_it():
    found = results_of(items_of_two_forms(), two_forms(12, 9), registered=30)

    assert found.is_shown
    assert (found.forms, found.forms_hidden) == ((), True)
    # All together are enough: what is measured of both forms alike is shown.
    assert [o.objective for o in found.objectives] == ["danger"]
    assert found.objectives[0].before == pytest.approx(21 / 42)


def test_an_objective_of_one_form_alone_is_not_compared():
    items = [*asked("xy", form="A", objective="danger"), *asked("uv", form="B", objective="law")]

    assert results_of(items, two_forms(12, 12), registered=30).objectives == ()


@pytest.mark.parametrize(
    "answers", [("aaa", "aaa"), ("bbb", "bbb"), ("---", "---"), ("bbb", "aaa")]
)
def test_all_alike_is_answered_with_reasons(answers):
    found = results_of(asked("xyz"), pairs("xyz", *[answers] * 12), registered=12)

    assert found.change.t is Reason.SAME_CHANGE
    assert found.change.shape is Reason.SAME_CHANGE
    assert found.forms[0].reliability_before is Reason.SAME_TOTAL
    assert found.forms[0].items[0].before.discrimination is Reason.SAME_ANSWER
    if answers[0] == "aaa":
        assert found.change.class_gain is found.change.mean_gain is Reason.ALL_FULL
    if answers[0] == answers[1]:
        assert found.change.ranks is Reason.NO_CHANGE
        assert found.forms[0].items[0].switched is Reason.NOBODY_SWITCHED


def test_nobody_at_all_is_answered():
    assert results_of([], [], registered=0) == TestResults(0, 0)


@st.composite
def any_pairs(draw):
    """Draw pairs over a few items, few answers and many alike: what real groups seldom and degenerate ones often give."""
    keys = "wxyz"[: draw(st.integers(1, 4))]
    answers = st.text("ab-", min_size=len(keys), max_size=len(keys))
    drawn = draw(st.lists(st.tuples(answers, answers), min_size=0, max_size=24))
    return keys, drawn + drawn[: draw(st.integers(0, 5))]


@given(any_pairs())
def test_whatever_was_answered_every_figure_is_a_number_or_a_reason(drawn):
    keys, answers = drawn

    found = results_of(asked(keys), pairs(keys, *answers), registered=len(answers))

    lines = lines_of(found)
    assert found.is_shown == (len(answers) >= FEW_ANSWERS)
    assert all(isfinite(line.value) for line in lines if line.value is not None)
    assert all(line.shown and "nan" not in line.shown for line in lines)
    for form in found.forms:
        for one in form.items:
            assert sum(one.before.chosen.values()) + one.before.left_open == found.matched
