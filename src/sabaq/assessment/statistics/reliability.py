"""How far the items of a test agree with each other."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import fmean, pvariance

from sabaq.assessment.statistics.items import Matrix
from sabaq.assessment.statistics.reasons import Reason

ENOUGH_ITEMS = 10


@dataclass(frozen=True)
class Reliability:
    value: float
    items: int
    n: int

    @property
    def is_short(self) -> bool:
        """Tell whether the test has too few items for the figure to hold."""
        return self.items < ENOUGH_ITEMS


def kr20(matrix: Matrix) -> Reliability | Reason:
    """Give Kuder and Richardson's formula 20: k / (k - 1) * (1 - sum of p * q / variance of the totals).

    Rows are participants, columns items (1 right, 0 wrong); the variance divides by n, as p * q does
    (Psychometrika 2 (1937) 151-160). At most 1; it may be negative, and is shown so. A `Reason` for fewer
    than two participants or items, and where all totals are equal.
    """
    if len(matrix) < 2:
        return Reason.ONE_PERSON if matrix else Reason.NOBODY
    items = len(matrix[0])
    if items < 2:
        return Reason.ONE_ITEM
    spread = pvariance([sum(row) for row in matrix])
    if not spread:
        return Reason.SAME_TOTAL
    shares = [fmean(column) for column in _columns(matrix)]
    unshared = sum(p * (1 - p) for p in shares) / spread
    return Reliability(items / (items - 1) * (1 - unshared), items, len(matrix))


def _columns(matrix: Matrix) -> list[Sequence[int]]:
    return list(zip(*matrix, strict=True))
