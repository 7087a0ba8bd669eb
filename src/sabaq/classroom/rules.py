"""Pure rules of the class."""

from collections.abc import Iterable
from datetime import datetime, timedelta

Interval = tuple[datetime, datetime]


def union(intervals: Iterable[Interval]) -> list[Interval]:
    """Join overlapping and touching intervals: two devices at once count once."""
    joined: list[Interval] = []
    for start, end in sorted(intervals):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


def minutes_of(intervals: Iterable[Interval]) -> float:
    """Give the minutes covered by at least one of the intervals."""
    covered = sum((end - start for start, end in union(intervals)), timedelta())
    return covered.total_seconds() / 60
