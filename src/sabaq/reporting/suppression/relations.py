"""What a reader knows of the indicators without seeing a figure: who is counted by one is counted by another."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

# Whoever is counted by the second is counted by the first.
NESTED = (
    ("nominated", "confirmed"),
    ("confirmed", "registered"),
    ("registered", "attended"),
    ("attended", "completed"),
    ("attended", "certified"),
    ("completed", "certified"),
)
DAY_PREFIX = "attended-"


@dataclass(frozen=True)
class Relation:
    """A weighted sum of indicators that is never negative, in every cell and for every single head.

    `step` is the most by which one head can raise it: a reader takes herself out of what she reads.
    """

    weights: tuple[tuple[str, int], ...]
    step: int = 1


def relations_among(indicators: Sequence[str]) -> list[Relation]:
    """Give what is known of these indicators, days of attendance with them."""
    present = set(indicators)
    days = [indicator for indicator in indicators if indicator.startswith(DAY_PREFIX)]
    pairs = [pair for pair in NESTED if present.issuperset(pair)]
    for day in days:
        pairs += [(wide, day) for wide in ("attended",) if wide in present]
        pairs += [(day, narrow) for narrow in ("completed",) if narrow in present]
    found = [Relation(((wide, 1), (narrow, -1))) for wide, narrow in pairs]
    if days and present.issuperset(("attended", "completed")):
        found += _of_days(days)
    return found


def _of_days(days: Sequence[str]) -> list[Relation]:
    """Join the days: who attended came on one day at least, and on all but one at most unless on every one.

    On two days this is an equation: both days together count attended and completed together.
    """
    rest, each = len(days) - 1, [(day, 1) for day in days]
    step = max(rest - 1, 0)
    return [
        Relation((("attended", rest), ("completed", 1), *((day, -1) for day in days)), step),
        Relation((*each, ("attended", -1), ("completed", -rest)), step),
    ]


def holding(
    relations: Sequence[Relation], measured: Callable[[Relation], Sequence[int]]
) -> list[Relation]:
    """Leave out what the figures contradict: a reader who believes it finds no solution at all."""
    return [relation for relation in relations if min(measured(relation), default=0) >= 0]
