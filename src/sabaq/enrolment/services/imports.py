"""A table of officers, entered in one step: good rows are kept, bad rows are named, nothing is doubled."""

from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext

from sabaq.courses.models import Edition
from sabaq.enrolment.errors import AlreadyNominated, OfficerNotValid
from sabaq.enrolment.rules import COLUMN_LABELS, choices_of, officer_of
from sabaq.enrolment.services.nominations import (
    check_officer,
    lock_edition,
    require_open_call,
    require_reach,
    write_nomination,
)
from sabaq.enrolment.tables import Row, read_table
from sabaq.people.actors import Actor
from sabaq.people.models import Agency


@dataclass(frozen=True)
class Refusal:
    """What is wrong in one cell, in the words of whoever sent the table."""

    row: int
    name: str
    column: str
    reason: str


@dataclass
class Imported:
    """What became of the rows of a table: row numbers with names, and the refusals."""

    added: list[tuple[int, str]] = field(default_factory=list)
    already: list[tuple[int, str]] = field(default_factory=list)
    refused: list[Refusal] = field(default_factory=list)

    @property
    def refused_rows(self) -> int:
        return len({refusal.row for refusal in self.refused})


def import_nominations(
    edition: Edition, agency: Agency, data: bytes, *, by: Actor, at: datetime
) -> Imported:
    """Nominate the officers of an XLSX or CSV table, each good row of it.

    Raises `NoCall`, `CallClosed`, `AgencyOutOfReach`, or a `FileNotAccepted` that says why the table as
    a whole was refused; sending the same table again finds every officer "already there".
    """
    require_open_call(edition, at=at)
    require_reach(edition, agency, by=by)
    rows = read_table(data)
    with transaction.atomic():
        locked = lock_edition(edition)
        done = Imported()
        for row in rows:
            _import(row, done, locked, agency, by=by, at=at)
    return done


def _import(
    row: Row, done: Imported, edition: Edition, agency: Agency, *, by: Actor, at: datetime
) -> None:
    officer, unknown = officer_of(row.values)
    name = row.values.get("native_name", "")
    problems = {column: [_unknown(column, word)] for column, word in unknown.items()}
    try:
        check_officer(officer)
    except OfficerNotValid as error:
        problems |= error.problems
    if problems:
        done.refused += [
            Refusal(row.number, name, str(COLUMN_LABELS[column]), reason)
            for column in COLUMN_LABELS
            for reason in problems.get(column, ())
        ]
        return
    try:
        write_nomination(edition, agency, officer, by=by, at=at)
        done.added.append((row.number, name))
    except AlreadyNominated:
        done.already.append((row.number, name))


def _unknown(column: str, word: str) -> str:
    return gettext("“%(word)s” is not understood. Write one of these: %(choices)s.") % {
        "word": word[:60],
        "choices": ", ".join(choices_of(column)),
    }
