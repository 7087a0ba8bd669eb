"""The database as one file, and back: SQLite by its own VACUUM INTO, PostgreSQL by pg_dump and pg_restore."""

import os
import shutil
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path
from typing import Protocol

from django.conf import settings
from django.db import connection
from django.db.backends.postgresql.client import DatabaseClient

from sabaq.ops.backup.errors import NotEmpty, ToolFailed


class Keeper(Protocol):
    """How one kind of database is kept in a file."""

    kind: str
    file: str

    def save(self, target: Path) -> None:
        """Write the database, as it stands at one moment, into a new file, while others go on using it."""

    def must_be_empty(self) -> None:
        """Raise `NotEmpty` unless there is nothing to lose."""

    def load(self, source: Path) -> None:
        """Put what was saved in the place of the empty database."""


def keeper() -> Keeper:
    """Give the keeper of the database that the settings name."""
    return SqliteKeeper() if connection.vendor == "sqlite" else PostgresKeeper()


class SqliteKeeper:
    kind = "SQLite"
    file = "database.sqlite3"

    @property
    def path(self) -> Path:
        return Path(settings.DATABASES["default"]["NAME"])

    def save(self, target: Path) -> None:
        # A copy without what was deleted: what a survey or a removal has wiped stays wiped.
        with closing(sqlite3.connect(f"{self.path.as_uri()}?mode=ro", uri=True, timeout=60)) as it:
            it.execute("VACUUM INTO ?", [str(target)])

    def must_be_empty(self) -> None:
        if self.path.exists() and self.path.stat().st_size > 0:
            raise NotEmpty(what=self.path)

    def load(self, source: Path) -> None:
        connection.close()
        for tail in ("-wal", "-shm"):
            self.path.with_name(self.path.name + tail).unlink(missing_ok=True)
        source.replace(self.path)


class PostgresKeeper:
    kind = "PostgreSQL"
    file = "database.pgdump"

    def save(self, target: Path) -> None:
        self._run("pg_dump", "--format=custom", "--no-owner", "--no-acl", f"--file={target}")

    def must_be_empty(self) -> None:
        if connection.introspection.table_names():
            raise NotEmpty(what=settings.DATABASES["default"]["NAME"])

    def load(self, source: Path) -> None:
        connection.close()
        self._run(
            "pg_restore",
            "--no-owner",
            "--no-acl",
            "--exit-on-error",
            "--single-transaction",
            source,
        )

    def _run(self, tool: str, *arguments: str | Path) -> None:
        """Run a program of PostgreSQL on our database; raise `ToolFailed` with its last words."""
        if not shutil.which(tool):
            raise ToolFailed(tool=tool, reason="install the Debian package postgresql-client")
        # As `psql` would be called: its name, where the server is, and the database last.
        psql, env = DatabaseClient.settings_to_cmd_args_env({**settings.DATABASES["default"]}, [])
        command = [tool, *psql[1:-1], "--dbname", psql[-1], *arguments]
        done = subprocess.run(
            [str(part) for part in command],
            env={**os.environ, **(env or {})},
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            last = (done.stderr.strip().splitlines() or [f"status {done.returncode}"])[-1]
            raise ToolFailed(tool=tool, reason=last)
