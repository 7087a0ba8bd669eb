"""The report over one edition or several: every renderer (page, PDF, XLSX, DOCX) takes the same object.

A further renderer (HXL, IATI) takes it too: its tables hold keys and counts, and say nothing of any paper.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import cached_property

from sabaq.courses.models import Edition
from sabaq.programmes.models import Project
from sabaq.reporting.enums import By, Reader
from sabaq.reporting.indicators import Indicator, participation, participation_over
from sabaq.reporting.outcomes import Outcomes, outcomes_of
from sabaq.reporting.publishing import Hide, alone, decide
from sabaq.reporting.queries import editions_by_project, heads_and_days_of, heads_of
from sabaq.reporting.tables import Row, Table, tables_of, tabulate

DIMENSIONS = (By.COUNTRY, By.AGENCY_KIND, By.RANK_BAND)
ALL = (By.SEX, *DIMENSIONS)
TOTAL = ""


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
class Figures:
    """All indicators of one set of editions: a table each by sex, and along every other dimension."""

    indicators: tuple[Indicator, ...]
    tables: tuple[Table, ...]

    @cached_property
    def by_sex(self) -> tuple[Table, ...]:
        return tuple(table for table in self.tables if table.by is By.SEX)

    @cached_property
    def breakdowns(self) -> tuple[Breakdown, ...]:
        return tuple(
            _breakdown(by, [table for table in self.tables if table.by is by]) for by in DIMENSIONS
        )

    @property
    def has_hidden(self) -> bool:
        return any(table.has_hidden for table in self.tables)

    def total_of(self, indicator: Indicator) -> Row:
        return next(table.total for table in self.by_sex if table.indicator is indicator)


@dataclass(frozen=True)
class ProjectFigures:
    """What counts for one project. An edition in two projects counts in both of their sections."""

    project: Project
    editions: tuple[Edition, ...]
    figures: Figures


@dataclass(frozen=True)
class Report:
    """The figures over `editions`: in total, each edition once, and for every project.

    `days` and `outcomes` are those of the only edition; over several editions there are none.
    """

    editions: tuple[Edition, ...]
    reader: Reader
    made_at: datetime
    days: tuple[date, ...]
    total: Figures
    projects: tuple[ProjectFigures, ...]
    outcomes: Outcomes = field(default_factory=Outcomes)

    @property
    def edition(self) -> Edition:
        """Give the only edition."""
        [edition] = self.editions
        return edition

    @property
    def indicators(self) -> tuple[Indicator, ...]:
        return self.total.indicators

    @property
    def overall(self) -> tuple[Indicator, ...]:
        """Give the indicators of the whole course, without those of single days."""
        return tuple(indicator for indicator in self.indicators if indicator.day is None)

    @property
    def by_sex(self) -> tuple[Table, ...]:
        return self.total.by_sex

    @property
    def breakdowns(self) -> tuple[Breakdown, ...]:
        return self.total.breakdowns

    @property
    def has_hidden(self) -> bool:
        return any(one.has_hidden for one in (self.total, *(p.figures for p in self.projects)))


def edition_report(edition: Edition, *, reader: Reader, at: datetime, hide: Hide = alone) -> Report:
    """Make the report of one edition. Exact or published, as `reader` says."""
    return report_over([edition], reader=reader, at=at, hide=hide)


def course_report(edition: Edition, *, reader: Reader, at: datetime, hide: Hide = alone) -> Report:
    """Make the report of one edition with what its tests and surveys say."""
    made = edition_report(edition, reader=reader, at=at, hide=hide)
    return replace(made, outcomes=outcomes_of(edition, at=at))


def report_over(
    editions: Collection[Edition], *, reader: Reader, at: datetime, hide: Hide = alone
) -> Report:
    """Make the report over several editions from one reading of the heads; an edition given twice counts once.

    `hide` decides what a published one leaves out, over all its tables together.
    """
    unique = {edition.pk: edition for edition in editions}
    heads, held = heads_and_days_of(unique.values())
    days = held[next(iter(unique))] if len(unique) == 1 else ()
    longest = max(map(len, held.values()), default=0)
    indicators = participation(days) if len(unique) == 1 else participation_over(longest)
    of_project = editions_by_project(unique.keys())
    scopes = tuple(dict.fromkeys(frozenset(one) for one in (unique, *(o for _, o in of_project))))
    is_published = reader is Reader.PUBLISHED and unique
    decided = decide(heads, indicators, ALL, scopes, hide=hide) if is_published else None

    def figures(counted: frozenset[int], of: str) -> Figures:
        of_these = [head for head in heads if head.edition_id in counted]
        tables = tables_of(of_these, indicators, ALL, of=of)
        if decided:
            tables = [decided.table(table, counted) for table in tables]
        return Figures(indicators, tuple(tables))

    total = figures(frozenset(unique), TOTAL)
    projects = tuple(
        ProjectFigures(
            project,
            tuple(unique[pk] for pk in counted),
            # Where a project has them all its figures are the total's: nothing more is published.
            total if len(counted) == len(unique) else figures(frozenset(counted), project.code),
        )
        for project, counted in of_project
    )
    return Report(tuple(unique.values()), reader, at, days, total, projects)


def measure(
    indicator: Indicator, editions: Collection[Edition], *, by: By, reader: Reader
) -> Table:
    """Count `indicator` over `editions` along `by`, each officer of each edition once."""
    heads = heads_of(editions)
    table = tabulate(indicator, by, heads)
    if reader is Reader.EXACT:
        return table
    scope = frozenset(edition.pk for edition in editions)
    dimensions = list(dict.fromkeys((By.SEX, by)))
    return decide(heads, [indicator], dimensions, [scope]).table(table, scope)


def _breakdown(by: By, tables: Sequence[Table]) -> Breakdown:
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
