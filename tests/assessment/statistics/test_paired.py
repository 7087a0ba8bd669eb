"""Paired tests against R's output for published data, and against formulas worked out here."""

from itertools import product
from math import sqrt
from statistics import fmean, stdev

import pytest

from sabaq.assessment.statistics.paired import (
    Normality,
    changes,
    d_average,
    normality,
    paired_t,
    signed_rank,
    wants_ranks,
)
from sabaq.assessment.statistics.reasons import Reason
from tests.assessment.statistics.published import (
    DEPRESSION_FIRST,
    DEPRESSION_SECOND,
    MAIZE,
    SLEEP_FIRST,
    SLEEP_SECOND,
    TIED_FIRST,
    TIED_SECOND,
    WEIGHT_AFTER,
    WEIGHT_BEFORE,
)


def test_paired_t_is_that_of_r_for_its_sleep_data():
    # R, example of t.test: t = -4.0621, df = 9, p-value = 0.002833, interval -2.4598858 to -0.7001142,
    # mean difference -1.58 (first less second; ours is second less first).
    found = paired_t(SLEEP_FIRST, SLEEP_SECOND)

    assert (found.n, found.df) == (10, 9)
    assert found.t == pytest.approx(4.0621, abs=5e-5)
    assert found.p == pytest.approx(0.002833, abs=5e-7)
    assert found.low == pytest.approx(0.7001142, abs=5e-8)
    assert found.high == pytest.approx(2.4598858, abs=5e-8)
    assert found.change == pytest.approx(1.58)


def test_paired_t_is_that_of_r_for_nineteen_pairs():
    # R: t = 3.4757, df = 18, p-value = 0.002698, interval 1.536795 to 6.233732, mean difference 3.885263.
    found = paired_t(TIED_SECOND, TIED_FIRST)

    assert (found.df, round(found.t, 4), round(found.p, 6)) == (18, 3.4757, 0.002698)
    assert (round(found.low, 6), round(found.high, 6)) == (1.536795, 6.233732)
    assert round(found.change, 6) == 3.885263


def test_paired_t_is_that_of_r_for_the_weights_of_mass():
    # R: t = 4.1849, df = 16, p-value = 0.0007003, interval 3.58470 to 10.94471, mean difference 7.264706.
    found = paired_t(WEIGHT_BEFORE, WEIGHT_AFTER)

    assert (found.df, round(found.t, 4), round(found.p, 7)) == (16, 4.1849, 0.0007003)
    assert (round(found.low, 5), round(found.high, 5)) == (3.58470, 10.94471)
    assert round(found.change, 6) == 7.264706


def test_darwins_maize_is_tested_as_fisher_did_and_its_ranks_are_counted_out():
    # Fisher: t = 2.148 with 14 degrees of freedom; all 32768 signs are counted here by their sum of ranks.
    found, ranks = paired_t([0] * 15, MAIZE), signed_rank([0] * 15, MAIZE)
    ways = [1]
    for rank in range(1, 16):
        longer = [0] * rank
        ways = [a + b for a, b in zip(ways + longer, longer + ways, strict=True)]

    assert (found.df, round(found.t, 3), round(found.p, 4)) == (14, 2.148, 0.0497)
    assert (ranks.plus, ranks.minus, ranks.is_exact) == (96.0, 24.0, True)
    assert ranks.p == pytest.approx(2 * sum(ways[96:]) / 2**15)


def test_effect_sizes_follow_their_formulas():
    found = paired_t(SLEEP_FIRST, SLEEP_SECOND)
    differences = [b - a for a, b in zip(SLEEP_FIRST, SLEEP_SECOND, strict=True)]

    # d_z is also t / sqrt(n) (Lakens 2013, formula 7).
    assert found.d_z == pytest.approx(4.062127683382037 / sqrt(10))
    assert found.d_z == pytest.approx(fmean(differences) / stdev(differences))
    assert found.d_av == pytest.approx(1.58 / ((stdev(SLEEP_FIRST) + stdev(SLEEP_SECOND)) / 2))


def test_d_average_is_that_of_the_r_package_mote():
    # MOTE, example of d_dep_t_avg: means 5.57 and 4.43, SDs 1.99 and 2.88, d = 0.4681725.
    assert d_average(5.57 - 4.43, 1.99, 2.88) == pytest.approx(0.4681725, abs=5e-8)


def test_signed_ranks_are_those_of_hollander_and_wolfe():
    # R, example of wilcox.test: V = 40 (first less second), p-value = 0.01953 for one side.
    found = signed_rank(DEPRESSION_SECOND, DEPRESSION_FIRST)

    assert (found.plus, found.minus, found.n, found.unchanged) == (40.0, 5.0, 9, 0)
    assert found.p == pytest.approx(2 * 0.01953125)
    assert found.is_exact
    assert found.r == pytest.approx(35 / 45)


def test_signed_ranks_with_ties_are_those_of_r_with_its_two_corrections():
    # R: V = 181, p-value = 0.0005795, "cannot compute exact p-value with ties".
    found = signed_rank(TIED_SECOND, TIED_FIRST)

    assert found.plus == 181.0
    assert found.p == pytest.approx(0.0005795, abs=5e-8)
    assert not found.is_exact


def test_few_changes_with_ties_and_zeros_are_counted_out_by_hand():
    before, after = [50, 50, 50, 50, 50, 50], [60, 60, 40, 70, 50, 80]

    found = signed_rank(before, after)

    ranks = (2, 2, 2, 4, 5)  # of 10, 10, -10, 20, 30; the unchanged one is left out
    sums = [
        sum(r for r, up in zip(ranks, signs, strict=True) if up)
        for signs in product([True, False], repeat=5)
    ]
    one_side = sum(s >= 13 for s in sums) / len(sums)
    assert (found.plus, found.minus, found.n, found.unchanged) == (13.0, 2.0, 5, 1)
    assert found.p == pytest.approx(2 * one_side)
    assert found.is_exact
    assert found.r == pytest.approx(11 / 15)


def test_shares_of_items_tie_whatever_their_last_digit_is():
    before = [100 * right / 14 for right in (3, 5, 9)]
    after = [100 * right / 14 for right in (5, 7, 11)]

    assert len(set(changes(before, after))) == 1
    assert paired_t(before, after) is Reason.SAME_CHANGE
    assert signed_rank(before, after).p == pytest.approx(0.25)


def test_normality_is_that_of_r():
    # github.com/s4rduk4r/R-examples, R's shapiro.test: W = 0.96736, p = 0.8742 for these six values.
    found = normality([0.0] * 6, [10.8, 12.9, 9.59, 8.81, 12, 6.07])

    assert (round(found.w, 5), round(found.p, 4)) == (0.96736, 0.8742)
    assert not found.is_doubtful


def test_one_wild_change_makes_normality_doubtful():
    assert normality([0] * 12, [1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1, 90]).is_doubtful


@pytest.mark.parametrize(
    ("before", "after", "t", "ranks", "shape"),
    [
        ([], [], Reason.NO_PAIRS, Reason.NO_PAIRS, Reason.NO_PAIRS),
        ([40], [40], Reason.ONE_PAIR, Reason.NO_CHANGE, Reason.TOO_FEW_FOR_SHAPE),
        ([40, 50, 60], [40, 50, 60], Reason.SAME_CHANGE, Reason.NO_CHANGE, Reason.SAME_CHANGE),
    ],
)
def test_what_cannot_be_known_has_a_reason_instead(before, after, t, ranks, shape):
    assert paired_t(before, after) is t
    assert signed_rank(before, after) is ranks
    assert normality(before, after) is shape


def test_one_change_alone_shows_nothing():
    assert paired_t([40], [60]) is Reason.ONE_PAIR
    assert signed_rank([40], [60]).p == 1.0


def test_ties_alone_are_answered():
    found = signed_rank([50] * 30, [60] * 20 + [40] * 10)

    assert (found.plus, found.minus, found.n) == (310.0, 155.0, 30)
    assert found.r == pytest.approx(1 / 3)


def test_all_the_same_on_one_side_is_no_obstacle():
    found = paired_t([50, 50, 50], [60, 70, 80])

    assert found.d_av == pytest.approx(20 / (10 / 2))


@pytest.mark.parametrize(
    ("n", "shape", "wanted"),
    [
        (19, Normality(0.99, 0.9), True),
        (20, Normality(0.99, 0.05), False),
        (20, Normality(0.8, 0.049), True),
        (64, Reason.SAME_CHANGE, False),
        (2, Reason.TOO_FEW_FOR_SHAPE, True),
    ],
)
def test_ranks_are_wanted_for_few_pairs_and_for_doubtful_shapes(n, shape, wanted):
    assert wants_ranks(n, shape) is wanted


@pytest.mark.parametrize("test", [paired_t, signed_rank, normality])
def test_scores_of_different_people_are_no_pairs(test):
    with pytest.raises(ValueError, match="shorter"):
        test([1, 2, 3], [1, 2])
