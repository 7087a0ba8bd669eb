"""The `sabaq` command: one module per word in `sabaq.ops.commands`, found by being there."""

import argparse
import importlib
import os
import pkgutil
import sys
from collections.abc import Sequence

from sabaq.ops import commands


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and give its exit status: 0 done, 1 refused with a line saying why, 2 misspelt."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sabaq.config.settings")
    options = build_parser().parse_args(argv)
    try:
        if options.needs_django:
            import django

            django.setup()
        return int(options.run(options))
    except KeyboardInterrupt:
        return 130
    except Exception as error:
        complaint = _complaint(error)
        if complaint is None:
            raise
        print(f"sabaq: {complaint}", file=sys.stderr)
        return 1


def build_parser() -> argparse.ArgumentParser:
    """Give the parser of every command; a command module offers `register(subparsers)`.

    `register` adds its parsers and sets the default `run`, a function of the parsed options, and may set
    `needs_django=False` where it starts no Django of its own.
    """
    parser = argparse.ArgumentParser(
        prog="sabaq", description="Runs a live training course, from nomination to report."
    )
    parser.set_defaults(needs_django=True)
    subparsers = parser.add_subparsers(metavar="command", required=True)
    for module in sorted(info.name for info in pkgutil.iter_modules(commands.__path__)):
        importlib.import_module(f"{commands.__name__}.{module}").register(subparsers)
    return parser


def _complaint(error: Exception) -> str | None:
    """Give the line to say where an error has a known cause, or None where it is a fault of ours."""
    # Imported late: a command that fails before Django is needed must not load it to say so.
    from django.db import DatabaseError

    from sabaq.kernel.errors import DomainError

    if isinstance(error, DomainError):
        return str(error)
    if isinstance(error, DatabaseError) and _is_unprepared():
        return "the database is not prepared for this version. Run: sabaq prepare"
    return None


def _is_unprepared() -> bool:
    from django.db import DatabaseError

    from sabaq.ops.prepare import migrations_ahead

    try:
        return migrations_ahead() > 0
    except DatabaseError:
        return False
