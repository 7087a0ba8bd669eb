"""Pure rules of the timetable."""

from datetime import datetime, timedelta

MOVE_TOLD_FOR = timedelta(days=1)


def is_move_told(
    moved_at: datetime | None, starts_at: datetime, ends_at: datetime, *, at: datetime
) -> bool:
    """Tell whether pages still say that a session was moved: until it begins, and for a day, unless it is over."""
    if moved_at is None or at >= ends_at:
        return False
    return at < starts_at or at < moved_at + MOVE_TOLD_FOR
