"""An attacker who has the whole database and its files, and even knows in what order people answered.

In each round she guesses twice about one comment, drawn by lot: who wrote it (chance: one in all who answered), and
whether its writer was among the first or the last half (chance: one in two). Every order that a database keeps is
tried, forwards and backwards, in its rows and byte by byte in its files.
"""

import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from math import comb
from pathlib import Path

from django.db import connection

ORDERS = {
    "sqlite": ("rowid", "key"),
    "postgresql": ("ctid", "xmin::text::bigint, ctid", "cmin::text::bigint, ctid", "key"),
}
# So rarely may an honest survey fail by chance, for all guesses of all her ways together.
RARELY = 1e-6


@dataclass
class Tally:
    """How often each way of guessing was right."""

    of: int  # how many answered in a round
    rounds: int = 0
    who: dict[str, int] = field(default_factory=dict)
    half: dict[str, int] = field(default_factory=dict)

    def add(self, truth: Sequence[str], ways: Mapping[str, Sequence[str]]) -> None:
        """Take one round: `truth` is the comments as they came, each way an order that she found."""
        self.rounds += 1
        target = random.choice(truth)
        came, middle = truth.index(target), self.of // 2
        for way, order in ways.items():
            guessed = order.index(target)
            self.who[way] = self.who.get(way, 0) + (guessed == came)
            self.half[way] = self.half.get(way, 0) + ((guessed < middle) == (came < middle))

    def better_than_chance(self) -> list[str]:
        """Give the ways that were right more often than an honest survey allows."""
        share = RARELY / max(2 * len(self.who), 1)
        found = [f"who: {way}" for way, n in self.who.items() if self.tail(n, 1 / self.of) < share]
        return found + [f"half: {way}" for way, n in self.half.items() if self.tail(n, 0.5) < share]

    def tail(self, right: int, chance: float) -> float:
        """Give how probable so many right guesses or more are by chance, exactly (binomial)."""
        n = self.rounds
        return sum(comb(n, k) * chance**k * (1 - chance) ** (n - k) for k in range(right, n + 1))


def ways_of(arrival: Sequence[int], comments: Sequence[str]) -> dict[str, list[str]]:
    """Give every way to lay comments beside those who answered, as comments in the order of `arrival`.

    The rows of the comments are laid beside the true order of arrival, and beside the order of the marks.
    """
    found: dict[str, list[str]] = {}
    marks = {f"marks by {order}": ids for order, ids in _rows("enrolment_id", "mark")}
    beside = {"the order in which they came": list(arrival), **marks}
    laid = {f"rows by {order}": rows for order, rows in _rows("original", "comment")}
    laid |= {f"bytes of {name}": _as_in(read, comments) for name, read in files().items()}
    for left, ids in beside.items():
        for right, texts in laid.items():
            if len(texts) != len(arrival):
                continue  # these files do not hold them all: nothing to lay beside each other
            pairs = dict(zip(ids, texts, strict=True))
            found[f"{right} / {left}"] = [pairs[one] for one in arrival]
            back = dict(zip(ids, reversed(texts), strict=True))
            found[f"{right}, backwards / {left}"] = [back[one] for one in arrival]
    return found


def _rows(column: str, what: str) -> Iterator[tuple[str, list]]:
    with connection.cursor() as cursor:
        for order in ORDERS[connection.vendor]:
            cursor.execute(f"SELECT {column} FROM feedback_survey{what} ORDER BY {order}")
            yield order, [row[0] for row in cursor.fetchall()]


def _as_in(read: Callable[[], bytes], comments: Sequence[str]) -> list[str]:
    """Give the comments found in these bytes, by where they stand there for the first time."""
    held = read()
    places = {one: held.find(one.encode()) for one in comments}
    return sorted((one for one in comments if places[one] >= 0), key=places.__getitem__)


def files() -> dict[str, Callable[[], bytes]]:
    """Give readers of the database's files that hold comments or what was written before."""
    if connection.vendor == "sqlite":
        path = Path(str(connection.settings_dict["NAME"]))
        found = [path, path.with_name(path.name + "-wal")]
        return {one.name: one.read_bytes for one in found if one.exists()}
    if not _is_superuser():
        return {}
    return {
        "the table": lambda: _read("pg_relation_filepath('feedback_surveycomment')"),
        "the sheets": lambda: _read("pg_relation_filepath('feedback_surveysheet')"),
    }


def write_ahead_log() -> bytes:
    """Give the whole segment of PostgreSQL's write-ahead log that is being written."""
    return _read("'pg_wal/' || pg_walfile_name(pg_current_wal_lsn())") if _is_superuser() else b""


def _is_superuser() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('is_superuser') = 'on'")
        return bool(cursor.fetchone()[0])


def _read(path: str) -> bytes:
    with connection.cursor() as cursor:
        cursor.execute("CHECKPOINT")
        cursor.execute(f"SELECT pg_read_binary_file({path})")
        return bytes(cursor.fetchone()[0])
