"""What counts of somebody's presence: intervals, joined, clipped, corrected."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from functools import cached_property
from itertools import pairwise

Interval = tuple[datetime, datetime]


def union(intervals: Iterable[Interval]) -> list[Interval]:
    """Join overlapping and touching intervals: two devices at once count once."""
    in_order = sorted(intervals)
    if len(in_order) < 2:
        return in_order
    joined: list[Interval] = []
    for start, end in in_order:
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


def minutes_of(intervals: Iterable[Interval]) -> float:
    """Give the minutes covered by at least one of the intervals."""
    covered = sum((end - start for start, end in union(intervals)), timedelta())
    return covered.total_seconds() / 60


def full_minutes(minutes: float) -> int:
    """Give the full minutes, as every page and paper says them: 59.9 are 59, and not yet an hour."""
    return int(minutes)


def within(interval: Interval, start: datetime | None, end: datetime | None) -> Interval | None:
    """Give the part of the interval between `start` and `end` (None: unbounded), or None where there is none."""
    first, last = interval
    if start is not None and first < start:
        first = start
    if end is not None and last > end:
        last = end
    return (first, last) if first <= last else None


class DayCutter:
    """Cuts intervals at the midnights of its zone; each day comes with its part.

    It remembers the day it was last on: a class falls on few days, in many pieces.
    """

    def __init__(self, zone: tzinfo) -> None:
        self._zone = zone
        self._day = date.min
        self._bounds = (datetime.max.replace(tzinfo=UTC), datetime.min.replace(tzinfo=UTC))

    def cut(self, interval: Interval) -> Iterator[tuple[date, Interval]]:
        start, end = interval
        while True:
            first, last = self._bounds
            if not first <= start < last:
                first, last = self._turn_to(start)
            yield self._day, (start, min(end, last))
            if end <= last:
                return
            start = last

    def _turn_to(self, moment: datetime) -> Interval:
        self._day = moment.astimezone(self._zone).date()
        begins, ends = (
            datetime.combine(day, time(), self._zone).astimezone(UTC)
            for day in (self._day, self._day + timedelta(days=1))
        )
        self._bounds = begins, ends
        return self._bounds


# Nobody has ended the class: for half an hour beyond its time it may well go on, later it does not.
GRACE = timedelta(minutes=30)
# Whoever ends a class hours after its time is tidying up; nobody taught so long.
TIDYING_UP = timedelta(hours=2)


@dataclass(frozen=True)
class Running:
    """When a class was planned, and when it was really begun and ended (None: it was not)."""

    planned: Interval
    began_at: datetime | None = None
    ended_at: datetime | None = None

    @property
    def due(self) -> datetime:
        """Give when the class should be over: one that began late still has its planned length."""
        start, end = self.planned
        return max(end, self.began_at + (end - start)) if self.began_at else end

    @property
    def is_ended(self) -> bool:
        return self.ended_at is not None and self.ended_at <= self.due + TIDYING_UP

    @cached_property
    def held(self) -> Interval | None:
        """Give from when to when presence counts: nothing before the beginning, nothing after the end.

        A class that nobody ended in time stops counting half an hour after it was due.
        """
        if self.began_at is None:
            return None
        end = self.ended_at if self.is_ended and self.ended_at else self.due + GRACE
        return self.began_at, max(self.began_at, end)

    def held_by(self, at: datetime | None) -> Interval | None:
        """Give the live time of the class as far as it had run at this moment.

        While nobody has ended it, it does not reach beyond the moment it was due.
        """
        if self.began_at is None:
            return None
        end = self.ended_at if self.is_ended and self.ended_at else self.due
        return self.began_at, max(self.began_at, min(end, at) if at else end)

    @property
    def whole(self) -> Interval:
        """Give what "the whole session" is: the live time, or the planned one of a class never begun here."""
        return self.held_by(None) or self.planned

    @property
    def window(self) -> Interval:
        """Give the time within which minutes may be corrected."""
        start, end = self.held or self.planned
        return min(start, self.planned[0]), max(end, self.planned[1])

    def is_over(self, at: datetime) -> bool:
        return self.is_ended or at >= self.due


@dataclass(frozen=True)
class Change:
    """One correction: minutes added or taken away (None: of the whole session), or another one undone."""

    id: int
    adds: bool = False
    interval: Interval | None = None
    undoes: int | None = None


def standing(changes: Sequence[Change]) -> list[Change]:
    """Give the corrections that stand, of all in the order they were made.

    One that was undone does not stand, unless what undid it was undone in turn.
    """
    if not changes:
        return []
    undone: set[int] = set()
    for change in reversed(changes):
        if change.undoes is not None and change.id not in undone:
            undone.add(change.undoes)
    return [change for change in changes if change.undoes is None and change.id not in undone]


def without(intervals: Iterable[Interval], gone: Interval) -> list[Interval]:
    """Take `gone` out of the intervals."""
    left = []
    for start, end in union(intervals):
        left += [
            (a, b) for a, b in ((start, min(end, gone[0])), (max(start, gone[1]), end)) if a < b
        ]
    return left


def counted(
    measured: Iterable[Interval],
    *,
    by_host: Interval | None,
    changes: Sequence[Change],
    running: Running,
) -> list[Interval]:
    """Give what counts of one participant in one session.

    Measured presence while the class was held, joined with what the host saw, then the corrections in
    the order they were made.
    """
    held = running.held
    parts = [part for one in measured if (part := within(one, *held))] if held else []
    intervals = union([*parts, by_host] if by_host else parts)
    for change in standing(changes):
        meant = change.interval or running.whole
        intervals = union([*intervals, meant]) if change.adds else without(intervals, meant)
    return intervals


def gaps_in(intervals: Sequence[Interval]) -> list[Interval]:
    """Give the gaps between intervals that are apart and in order."""
    return [(a[1], b[0]) for a, b in pairwise(intervals)]
