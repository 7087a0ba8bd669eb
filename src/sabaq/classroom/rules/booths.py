"""When one interpreter may take over from another; pure."""

from datetime import datetime, timedelta

# Whoever is on air has that long to hand over, or to finish the sentence, before her partner may take over.
TAKE_OVER_AFTER = timedelta(seconds=10)
# Presses within that time ask once; and so long the trainer's console shows it.
SLOW_DOWN_SHOWN_FOR = timedelta(seconds=30)


def may_take_over(
    *, asked_at: datetime | None, relief_asked_at: datetime | None, at: datetime
) -> bool:
    """Tell whether she may: whoever is on air asked to be relieved, or she asked long enough ago."""
    if relief_asked_at is not None:
        return True
    return asked_at is not None and at - asked_at >= TAKE_OVER_AFTER
