"""Pure rules of the class."""

import unicodedata
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta, tzinfo

Interval = tuple[datetime, datetime]
_UNSEEN = ("Cc", "Cs")  # controls, and halves of characters


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


def within(interval: Interval, start: datetime | None, end: datetime | None) -> Interval | None:
    """Give the part of the interval between `start` and `end` (None: unbounded), or None where there is none."""
    clipped = (max(interval[0], start or interval[0]), min(interval[1], end or interval[1]))
    return clipped if clipped[0] <= clipped[1] else None


def by_day(interval: Interval, zone: tzinfo) -> Iterator[tuple[date, Interval]]:
    """Cut the interval at the midnights of `zone`; give each day with its part."""
    start, end = interval
    while True:
        day = start.astimezone(zone).date()
        midnight = datetime.combine(day + timedelta(days=1), time(), zone)
        yield day, (start, min(end, midnight))
        if end <= midnight:
            return
        start = midnight


def tidy_text(text: str) -> str:
    """Give a written text as it is kept: lines ended alike, no space around it, nothing that no eye can see."""
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n"))
    return "".join(c for c in text if c == "\n" or unicodedata.category(c) not in _UNSEEN).strip()
