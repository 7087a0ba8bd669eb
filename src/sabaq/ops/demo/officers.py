"""The demo's officers: invented, kept as a table beside the edition's file, in the name forms of five countries."""

import csv
from dataclasses import dataclass
from pathlib import Path

from sabaq.enrolment.rules import OFFICER_FIELDS, Officer

# The words of the table's column "decision"; an officer left undecided is for whoever tries the demo.
CONFIRMED, RESERVE, DECLINED, UNDECIDED = "confirmed", "reserve", "declined", "undecided"


@dataclass(frozen=True)
class DemoOfficer:
    """One row: who, nominated by which agency (its key), and what the organiser decides."""

    agency: str
    officer: Officer
    decision: str


def officers_in(table: Path) -> list[DemoOfficer]:
    """Give the officers of the table, in its order."""
    with table.open(encoding="utf-8", newline="") as file:
        return [
            DemoOfficer(
                agency=row["agency"],
                officer=Officer(**{field: row[field] for field in OFFICER_FIELDS}),
                decision=row["decision"],
            )
            for row in csv.DictReader(file)
        ]
