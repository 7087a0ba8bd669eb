"""When the demo takes place: in class, on the first day of its course, whatever the calendar says.

Its time stands still while it is loaded and while it does not run: nothing that was done in it ever lies
in its future, and a class that was left in the middle is found there.
"""

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


def moment_to_open(clock_file: Path, database: Path) -> datetime:
    """Give the moment at which the demo opens: twenty past one, or where it last wrote something down."""
    wrote_at = max(
        (
            path.stat().st_mtime
            for path in (database, database.with_name(f"{database.name}-wal"))
            if path.exists()
        ),
        default=None,
    )
    if wrote_at is None or not clock_file.exists():
        return DEMO_BEGINS
    bend = json.loads(clock_file.read_text("ascii"))
    bent = wrote_at + bend["offset"] + (wrote_at - bend["since"]) * (bend["rate"] - 1.0)
    return max(DEMO_BEGINS, datetime.fromtimestamp(bent, tz=UTC))


def set_clock(clock_file: Path, moment: datetime, *, runs: bool) -> None:
    """Let it be `moment` in the demo from now on: running as everyone's time does, or standing still."""
    real = time.time()  # noqa: TID251 - the bent clock is measured from the real one
    bend = {"offset": moment.timestamp() - real, "rate": float(runs), "since": real}
    # In one stroke: a server that reads half a file keeps the time it had before.
    written = clock_file.with_suffix(".new")
    written.write_text(json.dumps(bend), "ascii")
    written.replace(clock_file)
