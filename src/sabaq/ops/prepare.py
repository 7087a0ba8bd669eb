"""What must be true before the server starts: folders, tables, and the files that pages are dressed with."""

import hashlib
import os
from collections.abc import Callable
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils.translation import gettext_lazy as _

from sabaq.kernel import clock
from sabaq.kernel.errors import DomainError
from sabaq.ops.demo.folder import refuse_to_play_with_real_data
from sabaq.ops.threads import threads
from sabaq.ops.upkeep import prune

CLOCK_MODES = ("demo", "rehearsal")


class ClockRefused(DomainError):
    """Time may be bent only where nothing real is at stake."""

    message = _(
        "The clock can be bent only in a demo or a rehearsal, and this server's mode is %(mode)s."
    )


class ClockIsServed(DomainError):
    """A file that visitors can fetch, or that an upload can replace, must not set the time."""

    message = _("The clock file %(path)s lies in a folder that visitors can reach.")


def check_clock() -> None:
    """Raise `ClockRefused` or `ClockIsServed` where a clock file is set that must not be."""
    path = os.environ.get("SABAQ_CLOCK_FILE")
    if not path:
        return
    if settings.MODE not in CLOCK_MODES:
        raise ClockRefused(mode=settings.MODE)
    for folder in (settings.STATIC_ROOT, settings.MEDIA_ROOT):
        if Path(path).resolve().is_relative_to(Path(folder).resolve()):
            raise ClockIsServed(path=path)


def prepare(*, say: Callable[[str], None]) -> None:
    """Bring folders, tables and static files up to date, and throw away what is too old; quick when all is well."""
    refuse_to_play_with_real_data()
    threads()  # refused here, in one line, and not by the web server again and again
    settings.DATA_DIR.mkdir(parents=True, exist_ok=True)
    prepare_database(say=say)
    prepare_static_files(say=say)
    prune(at=clock.now())


def prepare_database(*, say: Callable[[str], None]) -> None:
    """Run the migrations that have not run yet."""
    steps = migrations_ahead()
    if steps:
        say(f"Preparing the database: {steps} steps ...")
        call_command("migrate", verbosity=0, interactive=False)


def migrations_ahead() -> int:
    """Count the migrations that have not run yet."""
    executor = MigrationExecutor(connection)
    return len(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def prepare_static_files(*, say: Callable[[str], None]) -> None:
    """Collect and compress the static files when any of them changed since the last time."""
    root = Path(settings.STATIC_ROOT)
    stamp, fingerprint = root / ".fingerprint", static_fingerprint()
    if stamp.exists() and stamp.read_text("ascii") == fingerprint:
        return
    say("Preparing styles and scripts ...")
    root.mkdir(parents=True, exist_ok=True)
    call_command("collectstatic", verbosity=0, interactive=False, clear=True)
    stamp.write_text(fingerprint, "ascii")


def static_fingerprint() -> str:
    """Give a digest over path, size and time of every static file."""
    digest = hashlib.sha256()
    for finder in get_finders():
        for name, storage in sorted(finder.list([]), key=lambda found: found[0]):
            status = Path(storage.path(name)).stat()
            digest.update(f"{name} {status.st_size} {status.st_mtime_ns}\n".encode())
    return digest.hexdigest()
