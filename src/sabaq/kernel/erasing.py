"""Wiping what the database's files still hold of rows that were deleted. See docs/invariants/removal.md and survey.md."""

from django.db import OperationalError, connection
from django.db.models import Model

# A table is written anew under a lock; whoever comes meanwhile waits no longer than this for it to begin.
_WAIT_AT_MOST = "2s"


def wipe_write_ahead_log() -> bool:
    """Empty SQLite's write-ahead log, which keeps old pages for a while; tell whether it could be done now.

    PostgreSQL clears what is deleted by its own vacuum.
    """
    if connection.vendor != "sqlite" or connection.in_atomic_block:
        return connection.vendor != "sqlite"
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        is_busy, *_ = cursor.fetchone()
    return not is_busy


def wipe_deleted_rows(*models: type[Model]) -> bool:
    """Leave nothing of deleted rows in the files of these tables; tell whether it could be done now.

    SQLite has zeroed them in place (`secure_delete`), so only its write-ahead log is emptied. PostgreSQL writes
    each table into a new file. Call it outside a transaction.
    """
    if connection.vendor == "sqlite" or connection.in_atomic_block:
        return wipe_write_ahead_log() and not connection.in_atomic_block
    try:
        with connection.cursor() as cursor:
            cursor.execute(f"SET lock_timeout = '{_WAIT_AT_MOST}'")
            try:
                for model in models:
                    table = connection.ops.quote_name(model._meta.db_table)
                    cursor.execute(f"VACUUM (FULL) {table}")
            finally:
                cursor.execute("RESET lock_timeout")
    except OperationalError:
        return False
    return True
