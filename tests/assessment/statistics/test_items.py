"""Items and reliability, against published figures and formulas worked out here."""

from math import comb

import pytest
from scipy import stats

from sabaq.assessment.statistics.items import (
    McNemar,
    choices,
    corrected_point_biserial,
    difficulty,
    mcnemar,
)
from sabaq.assessment.statistics.reasons import Reason
from sabaq.assessment.statistics.reliability import kr20
from tests.assessment.statistics.published import LSAT, QUIZ


def test_difficulty_is_the_share_of_right_answers():
    # Bock and Lieberman's five items: 92.4, 70.9, 55.3, 76.3 and 87.0 percent right.
    shares = [difficulty([row[item] for row in LSAT]) for item in range(5)]

    assert shares == [0.924, 0.709, 0.553, 0.763, 0.87]


def test_an_item_is_correlated_with_the_others_only():
    by_hand = [_point_biserial(LSAT, item) for item in range(5)]

    found = [corrected_point_biserial(LSAT, item) for item in range(5)]

    assert found == pytest.approx(by_hand)
    assert [round(r, 4) for r in found] == [0.1128, 0.1532, 0.1728, 0.1444, 0.1216]


def test_the_corrected_point_biserial_is_that_of_r():
    # R's mirt, the page of LSAT6 in its reference: itemstats(expand.table(LSAT6)), column total.r_if_rm.
    found = [corrected_point_biserial(LSAT, item) for item in range(5)]

    assert [round(r, 3) for r in found] == [0.113, 0.153, 0.173, 0.144, 0.122]


@pytest.mark.parametrize("matrix", [LSAT, QUIZ], ids=["five items", "ten items"])
def test_the_corrected_point_biserial_is_that_of_scipy(matrix):
    items = range(len(matrix[0]))

    found = [corrected_point_biserial(matrix, item) for item in items]

    columns = [[row[item] for row in matrix] for item in items]
    others = [[sum(row) - row[item] for row in matrix] for item in items]
    computed = [
        stats.pointbiserialr(column, rest).statistic
        for column, rest in zip(columns, others, strict=True)
    ]
    assert found == pytest.approx(computed)
    # With the item left in the score every one of them is higher: it would correlate with itself.
    uncorrected = [stats.pointbiserialr(c, [sum(row) for row in matrix]).statistic for c in columns]
    assert all(low < high for low, high in zip(found, uncorrected, strict=True))


def _point_biserial(matrix, item):
    """(M1 - M0) / s * sqrt(p * q): the textbook's form, s dividing by n."""
    rest = [sum(row) - row[item] for row in matrix]
    right = [score for score, row in zip(rest, matrix, strict=True) if row[item]]
    wrong = [score for score, row in zip(rest, matrix, strict=True) if not row[item]]
    n, mean = len(rest), sum(rest) / len(rest)
    spread = (sum((score - mean) ** 2 for score in rest) / n) ** 0.5
    p = len(right) / n
    return (sum(right) / len(right) - sum(wrong) / len(wrong)) / spread * (p * (1 - p)) ** 0.5


@pytest.mark.parametrize(
    ("matrix", "reason"),
    [
        ([], Reason.NOBODY),
        ([[1, 0]], Reason.ONE_PERSON),
        ([[1], [0]], Reason.ONE_ITEM),
        ([[1, 0, 1], [1, 1, 0]], Reason.SAME_ANSWER),
        ([[1, 0, 1], [0, 1, 0]], Reason.SAME_REST),
    ],
)
def test_discrimination_that_cannot_be_known_has_a_reason_instead(matrix, reason):
    assert corrected_point_biserial(matrix, 0) is reason


def test_choices_are_counted_in_the_order_of_the_item():
    given = ["b", "a", "b", None, "gone"]

    assert choices(["a", "b", "c"], given) == {"a": 1, "b": 2, "c": 0}
    assert list(choices(["b", "a"], [])) == ["b", "a"]


@pytest.mark.parametrize(
    ("gained", "lost", "p"),
    [
        # statsmodels, test_mcnemar_exact: "vassar college online computation", to six places.
        (121, 59, 0.000004),
        (70, 59, 0.378688),
        (80, 59, 0.089452),
        (30, 60, 0.00206),
        (10, 30, 0.002221),
        (10, 10, 1.0),
    ],
)
def test_mcnemar_is_exact(gained, lost, p):
    found = mcnemar(*_switched(gained, lost, stayed=33))

    assert (found.gained, found.lost) == (gained, lost)
    assert found.p == pytest.approx(p, abs=5e-7)


def test_mcnemar_is_the_two_sided_binomial():
    # Agresti, Categorical Data Analysis (1990) 350: approval of the President twice, 86 and 150 of 1600.
    found = mcnemar(*_switched(86, 150, stayed=1364))

    tail = sum(comb(236, k) for k in range(87))
    assert found == McNemar(86, 150, pytest.approx(2 * tail / 2**236))


def _switched(gained, lost, *, stayed):
    before = [0] * gained + [1] * lost + [1] * stayed
    after = [1] * gained + [0] * lost + [1] * stayed
    return before, after


def test_mcnemar_without_anybody_who_switched_has_a_reason_instead():
    assert mcnemar([1, 0], [1, 0]) is Reason.NOBODY_SWITCHED
    assert mcnemar([], []) is Reason.NO_PAIRS


def test_kr20_is_that_of_the_worked_example():
    # Wuensch: sum of p * q 2.18 over ten items, variance of the totals 5.84.
    found = kr20(QUIZ)

    assert found.value == pytest.approx(10 / 9 * (1 - 2.18 / 5.84))
    assert (found.items, found.n, found.is_short) == (10, 10, False)


def test_kr20_is_cronbachs_alpha_of_right_and_wrong():
    # R's ltm, cronbach.alpha(LSAT), as RKWard keeps it among its tests: 5 items, 1000 units, alpha 0.295.
    found = kr20(LSAT)

    assert round(found.value, 3) == 0.295
    assert (found.items, found.n, found.is_short) == (5, 1000, True)


def test_kr20_may_be_negative():
    assert kr20([[1, 0, 1], [0, 1, 0], [1, 1, 0], [0, 0, 1]]).value < 0


@pytest.mark.parametrize(
    ("matrix", "reason"),
    [
        ([], Reason.NOBODY),
        ([[1, 0]], Reason.ONE_PERSON),
        ([[1], [0]], Reason.ONE_ITEM),
        ([[1, 0], [0, 1]], Reason.SAME_TOTAL),
        ([[1, 1], [1, 1]], Reason.SAME_TOTAL),
    ],
)
def test_reliability_that_cannot_be_known_has_a_reason_instead(matrix, reason):
    assert kr20(matrix) is reason


def test_nobody_has_no_difficulty():
    assert difficulty([]) is Reason.NOBODY
