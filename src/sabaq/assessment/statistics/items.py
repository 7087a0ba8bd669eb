"""What a test's items do: how hard they are, whom they tell apart, what draws wrong answers, what changed.

A matrix has a row for each participant and a column for each item: 1 right, 0 wrong or left open.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import correlation, fmean

from sabaq.assessment.statistics.reasons import Reason

Matrix = Sequence[Sequence[int]]
# The limits customary in the field: items outside are looked at, not thrown away.
TYPICAL_FROM, TYPICAL_TO = 0.30, 0.80
TELLS_APART_FROM = 0.20


@dataclass(frozen=True)
class McNemar:
    """How many went from wrong to right (`gained`) and from right to wrong (`lost`), and the exact p."""

    gained: int
    lost: int
    p: float


def difficulty(column: Sequence[int]) -> float | Reason:
    """Give the share of right answers, 0 to 1: the higher, the easier."""
    return fmean(column) if column else Reason.NOBODY


def corrected_point_biserial(matrix: Matrix, item: int) -> float | Reason:
    """Give the correlation, -1 to 1, of an item (its column) with the score on all *other* items.

    The item itself is left out of the score, or it would correlate with itself (S. Henrysson,
    Psychometrika 28 (1963) 211-218). A `Reason` where either side does not vary.
    """
    if len(matrix) < 2:
        return Reason.ONE_PERSON if matrix else Reason.NOBODY
    if len(matrix[0]) < 2:
        return Reason.ONE_ITEM
    answers = [row[item] for row in matrix]
    rest = [sum(row) - row[item] for row in matrix]
    if len(set(answers)) == 1:
        return Reason.SAME_ANSWER
    return Reason.SAME_REST if len(set(rest)) == 1 else correlation(answers, rest)


def choices(options: Iterable[str], given: Iterable[str | None]) -> dict[str, int]:
    """Count who chose each option, in the order of `options`; what is not among them is left out."""
    counted = Counter(given)
    return {option: counted[option] for option in options}


def mcnemar(before: Sequence[int], after: Sequence[int]) -> McNemar | Reason:
    """Test whether as many went from wrong to right as from right to wrong on one item, exactly.

    Those who switched are compared with a fair coin: p is the two-sided binomial probability (Q. McNemar,
    Psychometrika 12 (1947) 153-157). A `Reason` where nobody switched.
    """
    pairs = Counter(zip(before, after, strict=True))
    gained, lost = pairs[0, 1], pairs[1, 0]
    if not gained + lost:
        return Reason.NOBODY_SWITCHED if before else Reason.NO_PAIRS
    from scipy import stats  # noqa: PLC0415  # see the package: costly, seldom needed

    return McNemar(gained, lost, float(stats.binomtest(gained, gained + lost).pvalue))
