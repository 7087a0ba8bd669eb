"""When the demo takes place: on the first day of its course, whatever the calendar says."""

import json
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

# Five minutes before the first session of 4 February 2027 in Tashkent.
COURSE_BEGINS = datetime(2027, 2, 4, 5, 0, tzinfo=UTC)
DEMO_BEGINS = COURSE_BEGINS - timedelta(minutes=5)
# While the call was open, and after it had closed.
NOMINATED_AT = datetime(2026, 12, 15, 6, 0, tzinfo=UTC)
DECIDED_AT = datetime(2027, 1, 18, 6, 0, tzinfo=UTC)


def set_clock(path: Path) -> None:
    """Write the clock file once; from then on the demo's time runs as everyone's does."""
    if path.exists():
        return
    real = time.time()  # noqa: TID251 - the bent clock is measured from the real one
    bend = {"offset": DEMO_BEGINS.timestamp() - real, "rate": 1.0, "since": real}
    path.write_text(json.dumps(bend), "ascii")
