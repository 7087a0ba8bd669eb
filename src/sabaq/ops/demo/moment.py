"""When the demo takes place: in class, on the first day of its course, whatever the calendar says."""

import json
import time
from datetime import UTC, datetime
from pathlib import Path

# Twenty past one in Tashkent on 4 February 2027, ten minutes into the lesson on interviewing and screening.
DEMO_BEGINS = datetime(2027, 2, 4, 8, 20, tzinfo=UTC)
# Before the call opened, while it was open, and after it had closed.
LOADED_AT = datetime(2026, 11, 25, 6, 0, tzinfo=UTC)
NOMINATED_AT = datetime(2026, 12, 15, 6, 0, tzinfo=UTC)
DECIDED_AT = datetime(2027, 1, 18, 6, 0, tzinfo=UTC)
# When those who had their link by then opened it.
OPENED_AT = datetime(2027, 1, 28, 9, 45, tzinfo=UTC)


def set_clock(path: Path) -> None:
    """Write the clock file once; from then on the demo's time runs as everyone's does."""
    if path.exists():
        return
    real = time.time()  # noqa: TID251 - the bent clock is measured from the real one
    bend = {"offset": DEMO_BEGINS.timestamp() - real, "rate": 1.0, "since": real}
    path.write_text(json.dumps(bend), "ascii")
