"""What is present, what is missing, and what that costs."""

import os
import platform
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from resource import RLIM_INFINITY
from typing import Any

from django.conf import settings
from django.db import DatabaseError, connection

from sabaq.ops.files import open_files
from sabaq.ops.prepare import migrations_ahead
from sabaq.ops.turn import find_detour

GIGABYTE = 1024**3
# A small edition with its media and a year of backups fits well into this.
COMFORTABLE_BYTES = 5 * GIGABYTE
# One for each follower of a class, as many again for pages asked at the same moment.
COMFORTABLE_FILES, FILES_OF_ITS_OWN = 2_100, 100
# Django 5.2's own lower bound.
OLDEST_SQLITE = (3, 31)


class State(Enum):
    FINE = "ok"
    LIMITED = "limited"
    BROKEN = "broken"


@dataclass(frozen=True)
class Finding:
    """One thing looked at: how it stands, and what follows from it."""

    state: State
    subject: str
    fact: str
    cost: str = ""


def examine() -> Iterator[Finding]:
    """Give every finding, the most basic first."""
    yield Finding(State.FINE, "Python", platform.python_version())
    yield data_folder()
    yield disk_space()
    yield database()
    yield tables()
    yield packs()
    yield secret_key()
    yield address()
    yield mail()
    yield followers()
    yield gettext()
    yield live_voice()
    yield detour()
    yield Finding(State.FINE, "browser", "not needed here; only the project's own tests drive one")


def data_folder() -> Finding:
    folder: Path = settings.DATA_DIR
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError as error:
        cost = "nothing can be kept; set DATA_DIR to a folder that this user may write to"
        return Finding(State.BROKEN, "data folder", f"{folder}: {error.strerror}", cost)
    return Finding(State.FINE, "data folder", f"{folder}, writable")


def disk_space() -> Finding:
    folder = next(path for path in (settings.DATA_DIR, *settings.DATA_DIR.parents) if path.exists())
    free = shutil.disk_usage(folder).free
    fact = f"{free / GIGABYTE:.1f} GB free"
    if free < COMFORTABLE_BYTES:
        cost = f"room for a small edition only; {COMFORTABLE_BYTES // GIGABYTE} GB is comfortable"
        return Finding(State.LIMITED, "disk", fact, cost)
    return Finding(State.FINE, "disk", fact)


def database() -> Finding:
    try:
        connection.ensure_connection()
        if connection.vendor == "sqlite":
            return sqlite_database()
        with connection.cursor() as cursor:
            cursor.execute("SHOW server_version")
            row: Any = cursor.fetchone()
    except DatabaseError as error:
        first_line = str(error).strip().splitlines()[0]
        return Finding(
            State.BROKEN, "database", first_line, "the server cannot start; check DATABASE_URL"
        )
    return Finding(State.FINE, "database", f"PostgreSQL {row[0]}")


def sqlite_database() -> Finding:
    fact = f"SQLite {sqlite3.sqlite_version}, embedded"
    if sqlite3.sqlite_version_info < OLDEST_SQLITE:
        return Finding(
            State.BROKEN, "database", fact, "too old for Django; use a newer Python or DATABASE_URL"
        )
    return Finding(State.FINE, "database", fact)


def tables() -> Finding:
    """Say whether the tables are those of this version; looking makes none."""
    try:
        steps = migrations_ahead()
    except DatabaseError:
        return Finding(State.BROKEN, "tables", "cannot be seen", "see the database above")
    finally:
        connection.close()
    if steps:
        cost = "commands that need them refuse; `sabaq serve` brings them up to date, and so does `sabaq prepare`"
        return Finding(State.LIMITED, "tables", f"{steps} steps behind this version", cost)
    return Finding(State.FINE, "tables", "those of this version")


def packs() -> Finding:
    folder: Path = settings.PACKS_DIR
    names = sorted(path.parent.name for path in folder.glob("*/pack.toml"))
    if not names:
        cost = (
            "an edition can be loaded only for a course that was imported before; set SABAQ_PACKS"
        )
        return Finding(State.LIMITED, "course packs", f"none in {folder}", cost)
    return Finding(State.FINE, "course packs", f"{', '.join(names)} in {folder}")


def secret_key() -> Finding:
    if os.environ.get("SECRET_KEY"):
        return Finding(State.FINE, "secret key", "from the environment")
    path = settings.DATA_DIR / "secret_key"
    if path.exists() and path.stat().st_mode & 0o077:
        cost = f"others on this machine can sign links and sessions; run: chmod 600 {path}"
        return Finding(State.LIMITED, "secret key", "readable by other users", cost)
    return Finding(State.FINE, "secret key", f"kept in {path}")


def address() -> Finding:
    if settings.TLS and not settings.PUBLIC_URL.startswith("https://"):
        cost = "links in invitations lead to the wrong place; set SABAQ_URL=https://your.host"
        return Finding(State.LIMITED, "public address", settings.PUBLIC_URL, cost)
    return Finding(State.FINE, "public address", settings.PUBLIC_URL)


def mail() -> Finding:
    if settings.EMAIL_URL:
        return Finding(State.FINE, "mail", "a mail server is configured")
    cost = "invitations wait on the outbox page to be printed or copied; staff cannot sign in by e-mailed code"
    return Finding(State.LIMITED, "mail", "no mail server is configured", f"{cost}; set EMAIL_URL")


def followers() -> Finding:
    _soft, hard = open_files()
    if hard != RLIM_INFINITY and hard < COMFORTABLE_FILES:
        room = max(0, hard - FILES_OF_ITS_OWN)
        cost = f"at most about {room} people can follow a class at once; raise the hard limit (LimitNOFILE, ulimit -Hn)"
        return Finding(State.LIMITED, "open files", f"{hard} at most", cost)
    return Finding(State.FINE, "open files", "enough for 1,000 followers of a class")


def gettext() -> Finding:
    if shutil.which("msgfmt"):
        return Finding(State.FINE, "gettext", "present")
    return Finding(
        State.FINE, "gettext", "absent; only translators need it (Debian package gettext)"
    )


def live_voice() -> Finding:
    if os.environ.get("SABAQ_VOICE", "1") == "0":
        return Finding(State.FINE, "live voice", "switched off by SABAQ_VOICE=0")
    if not shutil.which("janus"):
        cost = (
            "classes go on as text, beside a call held elsewhere; install the Debian package janus"
        )
        return Finding(State.LIMITED, "live voice", "janus absent", cost)
    return Finding(State.FINE, "live voice", "janus present")


def detour() -> Finding:
    """Say whether voice reaches those whose network lets no UDP through."""
    subject = "voice detour"
    if os.environ.get("SABAQ_VOICE", "1") == "0" or not shutil.which("janus"):
        return Finding(State.FINE, subject, "nothing needed: there is no live voice")
    if os.environ.get("SABAQ_TURN", "1") == "0":
        return Finding(State.FINE, subject, "switched off by SABAQ_TURN=0")
    server, why_not = find_detour(os.environ, os.environ.get("SABAQ_VOICE_ADDRESS", ""))
    deaf = "whoever sits behind a filter that lets no UDP through hears nothing"
    if server is None:
        return Finding(State.LIMITED, subject, why_not, deaf)
    if not server.tls_host:
        cost = f"{deaf} if it lets only 443 through; set SABAQ_TURN_HOST"
        return Finding(State.LIMITED, subject, f"coturn on TCP {server.port}, and not on 443", cost)
    return Finding(State.FINE, subject, f"coturn on TCP {server.port}, and as {server.tls_host}")
