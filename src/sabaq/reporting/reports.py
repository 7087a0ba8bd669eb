"""The participation report of one edition: every renderer (page, PDF, XLSX) takes the same object."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sabaq.courses.models import Edition
from sabaq.courses.queries import course_days
from sabaq.programmes.models import Project
from sabaq.reporting.enums import By, Reader
from sabaq.reporting.indicators import Head, Indicator, participation
from sabaq.reporting.queries import heads_of
from sabaq.reporting.tables import Row, Table, tabulate

DIMENSIONS = (By.COUNTRY, By.AGENCY_KIND, By.RANK_BAND)


@dataclass(frozen=True)
class Cell:
    """What one indicator counts for one row of a dimension."""

    indicator: Indicator
    row: Row


@dataclass(frozen=True)
class Line:
    key: str
    label: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Breakdown:
    """All indicators along one dimension: a line per value, a cell per indicator."""

    by: By
    lines: tuple[Line, ...]
    total: Line
    has_hidden: bool

    @property
    def by_indicator(self) -> tuple[tuple[Cell, ...], ...]:
        """Give a row per indicator, the total last: few values stand side by side better than many names."""
        return tuple(zip(*(line.cells for line in (*self.lines, self.total)), strict=True))


@dataclass(frozen=True)
class ParticipationReport:
    edition: Edition
    reader: Reader
    made_at: datetime
    days: tuple[date, ...]
    projects: tuple[Project, ...]
    indicators: tuple[Indicator, ...]
    by_sex: tuple[Table, ...]
    breakdowns: tuple[Breakdown, ...]

    @property
    def has_hidden(self) -> bool:
        return any(t.has_hidden for t in self.by_sex) or any(b.has_hidden for b in self.breakdowns)


def participation_report(edition: Edition, *, reader: Reader, at: datetime) -> ParticipationReport:
    """Make the report from one reading of the heads. Exact or published, as `reader` says."""
    days = course_days(edition)
    heads = heads_of([edition])
    indicators = participation(days)
    projects = edition.projects.select_related("donor", "programme__parent")
    return ParticipationReport(
        edition=edition,
        reader=reader,
        made_at=at,
        days=tuple(days),
        projects=tuple(projects),
        indicators=indicators,
        by_sex=tuple(tabulate(i, By.SEX, heads, reader=reader) for i in indicators),
        breakdowns=tuple(_breakdown(by, indicators, heads, reader) for by in DIMENSIONS),
    )


def _breakdown(
    by: By, indicators: Sequence[Indicator], heads: Sequence[Head], reader: Reader
) -> Breakdown:
    tables = [tabulate(indicator, by, heads, reader=reader) for indicator in indicators]
    # The first indicator that counts a value need not be the one that counts most: join all rows.
    labels = {row.key: row.label for table in tables for row in table.rows}
    widest = max(tables, key=lambda table: len(table.rows))
    order = [row.key for row in widest.rows]
    keys = order + [key for key in labels if key not in order]
    lines = [
        Line(key, labels[key], tuple(_cell(t, key, labels[key]) for t in tables)) for key in keys
    ]
    total = Line("total", tables[0].total.label, tuple(Cell(t.indicator, t.total) for t in tables))
    return Breakdown(by, tuple(lines), total, any(table.has_hidden for table in tables))


def _cell(table: Table, key: str, label: str) -> Cell:
    row = next((row for row in table.rows if row.key == key), None)
    return Cell(table.indicator, row or Row(key, label, 0, 0 if table.has_women_by_row else None))
