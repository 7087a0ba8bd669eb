"""Changes one row of the server's database behind its back, and puts it back: the judge must notice, and say what."""

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sabaq.ops.rehearsal.server import Server

DATABASE = "sabaq.sqlite3"
KEPT = "rehearsal_kept"


@dataclass
class Rows:
    """The database as plain rows; `?` stands for a value on both kinds of database."""

    connection: Any
    mark: str

    def run(self, statement: str, *values: object) -> Any:
        cursor = self.connection.cursor()
        cursor.execute(statement.replace("?", self.mark), values)
        return cursor

    def one(self, statement: str, *values: object) -> Any:
        """Give the first row; raise `LookupError` where there is none to change."""
        row = self.run(statement, *values).fetchone()
        if row is None:
            raise LookupError(f"there is no row to tamper with: {statement}")
        return row


@dataclass(frozen=True)
class Kind:
    """One way to tamper: which row of which table (by its key), and what is done to it."""

    table: str
    key: str
    choose: Callable[[Rows], object]
    change: Callable[[Rows, object], None]


def _shorten(rows: Rows, key: object) -> None:
    rows.run("UPDATE classroom_presence SET until_at = from_at WHERE id = ?", key)


def _answer_otherwise(rows: Rows, key: object) -> None:
    rows.run("UPDATE assessment_answer SET option = CASE WHEN option = 'a' THEN 'b' ELSE 'a' END WHERE id = ?", key)  # fmt: skip


def _change_sex(rows: Rows, key: object) -> None:
    rows.run("UPDATE people_person SET sex = CASE WHEN sex = 'female' THEN 'male' ELSE 'female' END WHERE id = ?", key)  # fmt: skip


def _double(rows: Rows, key: object) -> None:
    columns = [
        column[0]
        for column in rows.run("SELECT * FROM classroom_classevent WHERE id = ?", key).description
        if column[0] not in {"id", "seq"}
    ]
    names = ", ".join(columns)
    rows.run(
        f"INSERT INTO classroom_classevent (seq, {names}) SELECT (SELECT MAX(seq) + 1 FROM "  # noqa: S608 - names of columns
        "classroom_classevent same WHERE same.session_id = event.session_id), "
        f"{names} FROM classroom_classevent event WHERE id = ?",
        key,
    )


def _lose(rows: Rows, key: object) -> None:
    rows.run("DELETE FROM classroom_classevent WHERE id = ?", key)


def _choose_otherwise(rows: Rows, key: object) -> None:
    rows.run("UPDATE feedback_surveyanswer SET choice = CASE WHEN choice = '5' THEN '1' ELSE '5' END WHERE key = ?", key)  # fmt: skip


def _longest_presence(rows: Rows) -> object:
    """Give the longest stretch of anybody who was in a class in one stretch: without it the day is not attended."""
    found = rows.run(
        "SELECT MIN(id), MIN(from_at), MAX(until_at) FROM classroom_presence "
        "GROUP BY session_id, enrolment_id HAVING COUNT(*) = 1 ORDER BY MIN(id)"
    ).fetchall()
    if not found:
        raise LookupError("nobody was in a class in one stretch")
    lasts = {
        key: datetime.fromisoformat(str(until)) - datetime.fromisoformat(str(since))
        for key, since, until in found
    }
    return max(lasts, key=lambda key: lasts[key])


_SAT = (
    "FROM assessment_attempt attempt JOIN enrolment_enrolment enrolment "
    "ON enrolment.id = attempt.enrolment_id "
    "WHERE attempt.phase = 'after' AND attempt.handed_in_at IS NOT NULL "
    "AND enrolment.state = 'active'"
)


def _an_answer(rows: Rows) -> object:
    sat = f"SELECT attempt.id {_SAT}"
    return rows.one(f"SELECT MIN(id) FROM assessment_answer WHERE attempt_id IN ({sat})")[0]  # noqa: S608


def _a_participant(rows: Rows) -> object:
    return rows.one(f"SELECT MIN(enrolment.person_id) {_SAT}")[0]


def _an_event(rows: Rows) -> object:
    return rows.one(
        "SELECT id FROM classroom_classevent WHERE kind = 'SlideShown' ORDER BY id LIMIT 1"
    )[0]


def _an_opinion(rows: Rows) -> object:
    return rows.one(
        "SELECT key FROM feedback_surveyanswer WHERE question = 'relevance' ORDER BY key LIMIT 1"
    )[0]


KINDS = {
    "attendance": Kind("classroom_presence", "id", _longest_presence, _shorten),
    "answer": Kind("assessment_answer", "id", _an_answer, _answer_otherwise),
    "sex": Kind("people_person", "id", _a_participant, _change_sex),
    "duplicate-event": Kind("classroom_classevent", "id", _an_event, _double),
    "lost-event": Kind("classroom_classevent", "id", _an_event, _lose),
    "survey": Kind("feedback_surveyanswer", "key", _an_opinion, _choose_otherwise),
}


@contextmanager
def tampered(server: Server, kind: str) -> Iterator[None]:
    """Change one row while the server runs; with the block's end everything is as it was.

    The change is committed, as by whoever has the file: the server reads it. Raises `LookupError` where the
    play has left no such row.
    """
    how = KINDS[kind]
    with closing(_open(server)) as connection:
        rows = Rows(connection, "%s" if server.database_url else "?")
        with _committed(rows):
            key = how.choose(rows)
            where = f"FROM {how.table} WHERE {how.key} = ?"
            (number,) = rows.one("SELECT MAX(id) FROM classroom_classevent")
            _keep(rows, where, key)
            how.change(rows, key)
        try:
            yield
        finally:
            with _committed(rows):
                rows.run(f"DELETE {where}", key)
                rows.run(f"INSERT INTO {how.table} SELECT * FROM {KEPT}")  # noqa: S608 - a name of ours
                rows.run("DELETE FROM classroom_classevent WHERE id > ?", number)
                rows.run(f"DROP TABLE {KEPT}")


def _keep(rows: Rows, where: str, key: object) -> None:
    """Put the row aside. PostgreSQL takes no value in the definition of a table, so it is filled apart."""
    table = where.split()[1]
    rows.run(f"CREATE TABLE {KEPT} AS SELECT * FROM {table} WHERE 1 = 0")  # noqa: S608 - names of ours
    rows.run(f"INSERT INTO {KEPT} SELECT * {where}", key)


def _open(server: Server) -> Any:
    if not server.database_url:
        return sqlite3.connect(server.data_dir / DATABASE, timeout=20, isolation_level=None)
    import psycopg

    return psycopg.connect(server.database_url, autocommit=True)


@contextmanager
def _committed(rows: Rows) -> Iterator[None]:
    rows.run("BEGIN" if rows.mark == "%s" else "BEGIN IMMEDIATE")
    try:
        yield
    except BaseException:
        rows.run("ROLLBACK")
        raise
    rows.run("COMMIT")


def kinds_of(asked: Sequence[str]) -> list[str]:
    """Give the kinds meant; "all" is each of them."""
    return list(KINDS) if "all" in asked else list(dict.fromkeys(asked))
