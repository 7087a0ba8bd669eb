"""The running order of a class: what is planned, what it took, how far from the plan the class is."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime, timedelta

from sabaq.classroom.rules.attendance import Interval

# Whoever begins within this time of the timetable keeps to the timetable; a rehearsal on another day does not.
KEEPS_TO_THE_TIMETABLE = timedelta(minutes=30)
WARNED_BEFORE_THE_END = timedelta(minutes=5)
LEAST_MINUTES_OF_A_SLIDE = 1.0


def plan_of(starts_at: datetime, ends_at: datetime, began_at: datetime | None) -> Interval:
    """Give from when to when the class is planned.

    That is the timetable's time, also when the class began late: it is to end when it was announced to. Only
    a class begun at quite another time is given the same length from its beginning.
    """
    if began_at is None or starts_at - KEEPS_TO_THE_TIMETABLE <= began_at < ends_at:
        return starts_at, ends_at
    return began_at, began_at + (ends_at - starts_at)


def planned_minutes(given: Sequence[int | None], total: float) -> list[float]:
    """Give the minutes planned for each slide: the author's, and the rest of `total` spread evenly.

    Where the author's minutes leave no rest, every other slide is planned with one minute.
    """
    others = sum(minutes is None for minutes in given)
    rest = total - sum(minutes or 0 for minutes in given)
    share = max(rest / others, LEAST_MINUTES_OF_A_SLIDE) if others else 0.0
    return [share if minutes is None else float(minutes) for minutes in given]


def minutes_shown(shown: Sequence[tuple[str, datetime]], until: datetime) -> dict[str, float]:
    """Give how many minutes each slide was shown, from who was shown when (in order) and the end of the last."""
    minutes: dict[str, float] = defaultdict(float)
    ends = [*(at for _, at in shown[1:]), until]
    for (slide, since), end in zip(shown, ends, strict=False):  # nothing shown has no end
        minutes[slide] += max((end - since).total_seconds(), 0) / 60
    return dict(minutes)


def minutes_behind(planned: Sequence[float], index: int, gone: float) -> int:
    """Give how many whole minutes the class is behind the plan; negative is ahead, 0 is on time.

    On time is as long as the slide at `index` is the one that the plan has after `gone` minutes.
    """
    begins = sum(planned[:index])
    ends = begins + planned[index]
    if gone > ends:
        return int(gone - ends)
    return -int(begins - gone) if gone < begins else 0


def told_since(ends_at: datetime, sent_at: datetime | None, at: datetime) -> datetime | None:
    """Give since when "five minutes left" holds: since it was last sent, or by itself; None while it does not."""
    by_itself = ends_at - WARNED_BEFORE_THE_END
    moments = [moment for moment in (sent_at, by_itself) if moment is not None and moment <= at]
    return max(moments, default=None)
