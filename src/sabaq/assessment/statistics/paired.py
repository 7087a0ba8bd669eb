"""Tests of the change between two scores of the same participants.

`before` and `after` hold one score per matched pair, in the same order and in any one unit; a change is
after minus before. Two-sided throughout; intervals are of 95 %.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt
from statistics import fmean, stdev

from sabaq.assessment.statistics.reasons import Reason

CONFIDENCE = 0.95
NORMAL_UNLESS_BELOW = 0.05
# Below so many pairs a look at normality finds little, so the ranks are shown in any case.
SMALL = 20
# Scores are fractions: two changes of two items must be equal, whatever the last binary digit says.
_DIGITS = 9
# SciPy's exact ways: the table without ties up to 50 changes, all signs with ties up to 13.
_EXACT_WITHOUT_TIES, _EXACT_WITH_TIES = 50, 13


@dataclass(frozen=True)
class PairedT:
    """`low` to `high` is the interval of the mean change, in the unit of the scores."""

    n: int
    change: float
    t: float
    df: int
    p: float
    low: float
    high: float
    d_z: float
    d_av: float


@dataclass(frozen=True)
class Normality:
    w: float
    p: float

    @property
    def is_doubtful(self) -> bool:
        return self.p < NORMAL_UNLESS_BELOW


@dataclass(frozen=True)
class SignedRank:
    """`n` changes are ranked, `unchanged` are left out; `plus` and `minus` are the sums of ranks."""

    n: int
    unchanged: int
    plus: float
    minus: float
    p: float
    r: float
    is_exact: bool


def changes(before: Sequence[float], after: Sequence[float]) -> list[float]:
    """Give after minus before for each pair, equal changes as equal numbers."""
    return [round(b - a, _DIGITS) for a, b in zip(before, after, strict=True)]


def paired_t(before: Sequence[float], after: Sequence[float]) -> PairedT | Reason:
    """Test the mean change by Student's paired t, with its interval, d_z and d_av.

    d_z = mean change / SD of the changes; d_av = mean change / mean of the two SDs (G. Cumming,
    Understanding the New Statistics, 2012; D. Lakens, Frontiers in Psychology 4 (2013) 863). SDs divide by
    n - 1. A `Reason` for fewer than two pairs and where all changes are equal.
    """
    found = changes(before, after)
    n = len(found)
    if n < 2:
        return Reason.ONE_PAIR if n else Reason.NO_PAIRS
    if len(set(found)) == 1:
        return Reason.SAME_CHANGE
    from scipy import stats  # noqa: PLC0415  # see the package: costly, seldom needed

    change, spread = fmean(found), stdev(found)
    error = spread / sqrt(n)
    t, reach = change / error, float(stats.t.ppf((1 + CONFIDENCE) / 2, n - 1)) * error
    return PairedT(
        n=n,
        change=change,
        t=t,
        df=n - 1,
        p=float(2 * stats.t.sf(abs(t), n - 1)),
        low=change - reach,
        high=change + reach,
        d_z=change / spread,
        d_av=d_average(change, stdev(before), stdev(after)),
    )


def d_average(change: float, spread_before: float, spread_after: float) -> float:
    """Give d_av: the mean change in units of the mean of the two standard deviations, not both zero."""
    return change / ((spread_before + spread_after) / 2)


def normality(before: Sequence[float], after: Sequence[float]) -> Normality | Reason:
    """Test by Shapiro and Wilk whether the changes may come from a normal distribution.

    A `Reason` for fewer than three pairs and where all changes are equal.
    """
    found = changes(before, after)
    if len(found) < 3:
        return Reason.TOO_FEW_FOR_SHAPE if found else Reason.NO_PAIRS
    if len(set(found)) == 1:
        return Reason.SAME_CHANGE
    from scipy import stats  # noqa: PLC0415

    w, p = stats.shapiro(found)
    return Normality(float(w), float(p))


def signed_rank(before: Sequence[float], after: Sequence[float]) -> SignedRank | Reason:
    """Test the changes by Wilcoxon's signed ranks, with the matched-pairs rank-biserial r.

    Unchanged pairs are left out (Wilcoxon's own way); tied changes share their mean rank. Exact up to 50
    changes without ties and up to 13 with them, else normal with correction for ties and continuity, as R
    has it. r = (plus - minus) / (plus + minus) (D. S. Kerby, Comprehensive Psychology 3 (2014) 11.IT.3.1):
    -1 all fell, 1 all rose. A `Reason` without pairs and where no score changed.
    """
    found = changes(before, after)
    moved = [change for change in found if change]
    if not moved:
        return Reason.NO_CHANGE if found else Reason.NO_PAIRS
    from scipy import stats  # noqa: PLC0415

    ranks = stats.rankdata([abs(change) for change in moved])
    plus = float(sum(rank for rank, change in zip(ranks, moved, strict=True) if change > 0))
    minus = float(sum(ranks)) - plus
    has_ties = len({abs(change) for change in moved}) < len(moved)
    return SignedRank(
        n=len(moved),
        unchanged=len(found) - len(moved),
        plus=plus,
        minus=minus,
        p=float(stats.wilcoxon(moved, correction=True).pvalue),
        r=(plus - minus) / (plus + minus),
        is_exact=len(moved) <= (_EXACT_WITH_TIES if has_ties else _EXACT_WITHOUT_TIES),
    )


def wants_ranks(n: int, shape: Normality | Reason) -> bool:
    """Tell whether Wilcoxon stands beside t: fewer than 20 pairs, or changes that are hardly normal."""
    return n < SMALL or (isinstance(shape, Normality) and shape.is_doubtful)
