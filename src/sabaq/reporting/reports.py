"""The report over one edition or several: every renderer (page, PDF, XLSX, DOCX) takes the same object.

A further renderer (HXL, IATI) takes it too: its tables hold keys and counts, and say nothing of any paper.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cached_property, partial

from sabaq.courses.models import Edition
from sabaq.programmes.models import Project
from sabaq.reporting.enums import By, Reader
from sabaq.reporting.indicators import Indicator, participation, participation_over
from sabaq.reporting.keeping import kept_sections
from sabaq.reporting.outcomes import outcomes_of, sections_of
from sabaq.reporting.ports import Section
from sabaq.reporting.publishing import PublishedFigures, published_tables
from sabaq.reporting.queries import editions_by_project, heads_and_days_of, heads_of, releases_of
from sabaq.reporting.releases import figures_of, last_releases
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


def _none(*, language: str) -> Iterable[Section]:
    return ()


@dataclass(frozen=True)
class Report:
    """The figures over `editions`: in total, each edition once, and for every project.

    `days` and `sections` (what tests and surveys say, in the language asked for) are those of the only edition;
    over several editions there are none. `unpublished` were asked for and are not counted.
    """

    editions: tuple[Edition, ...]
    reader: Reader
    made_at: datetime
    days: tuple[date, ...]
    total: Figures
    projects: tuple[ProjectFigures, ...]
    sections: Callable[..., Iterable[Section]] = _none
    unpublished: tuple[Edition, ...] = ()

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


def edition_report(edition: Edition, *, at: datetime) -> Report:
    """Make the exact report of one edition as it stands now, without tests and surveys."""
    return report_over([edition], at=at)


def course_report(edition: Edition, *, at: datetime) -> Report:
    """Make the exact report of one edition with what its tests and surveys say."""
    sections = partial(sections_of, outcomes_of(edition, at=at))
    return replace(edition_report(edition, at=at), sections=sections)


def published_report(edition: Edition) -> Report | None:
    """Give the report of one edition as it was last published; None while it never was."""
    release = releases_of(edition).last()
    if release is None:
        return None
    figures = figures_of(release)
    made = _report([edition], release.released_at, {edition.pk: figures}, days=figures.days)
    return replace(made, sections=partial(kept_sections, release.outcomes))


def report_over(editions: Collection[Edition], *, at: datetime) -> Report:
    """Make the exact report over several editions from one reading of the heads; an edition given twice counts once."""
    unique = {edition.pk: edition for edition in editions}
    heads, held = heads_and_days_of(unique.values())
    indicators = _indicators(held)

    def tables(counted: frozenset[int], of: str) -> list[Table]:
        of_these = [head for head in heads if head.edition_id in counted]
        return tables_of(of_these, indicators, ALL, of=of)

    days = held[next(iter(unique))] if len(unique) == 1 else ()
    return _assembled(unique, Reader.EXACT, at, days, indicators, tables)


def published_over(editions: Collection[Edition], *, at: datetime) -> Report:
    """Add up what was last published of these editions; those of which nothing was are named beside it."""
    releases = last_releases(editions)
    figures = {pk: figures_of(release) for pk, release in releases.items()}
    made = _report([e for e in editions if e.pk in releases], at, figures)
    return replace(made, unpublished=tuple(e for e in editions if e.pk not in releases))


def _report(
    editions: Collection[Edition],
    at: datetime,
    figures: Mapping[int, PublishedFigures],
    *,
    days: tuple[date, ...] = (),
) -> Report:
    unique = {edition.pk: edition for edition in editions}
    held = {pk: figures[pk].days for pk in unique}
    indicators = _indicators(held)

    def tables(counted: frozenset[int], of: str) -> list[Table]:
        return published_tables([figures[pk] for pk in counted], indicators, ALL, of=of)

    return _assembled(unique, Reader.PUBLISHED, at, days, indicators, tables)


def _indicators(held: Mapping[int, tuple[date, ...]]) -> tuple[Indicator, ...]:
    """Give the indicators over editions held on these days: by date for one, by number for several."""
    if len(held) == 1:
        [days] = held.values()
        return participation(days)
    return participation_over(max(map(len, held.values()), default=0))


def _assembled(
    unique: Mapping[int, Edition],
    reader: Reader,
    at: datetime,
    days: tuple[date, ...],
    indicators: tuple[Indicator, ...],
    tables: Callable[[frozenset[int], str], list[Table]],
) -> Report:
    total = Figures(indicators, tuple(tables(frozenset(unique), TOTAL)))
    projects = tuple(
        ProjectFigures(
            project,
            tuple(unique[pk] for pk in counted),
            # Where a project has them all its figures are the total's.
            total
            if len(counted) == len(unique)
            else Figures(indicators, tuple(tables(frozenset(counted), project.code))),
        )
        for project, counted in editions_by_project(unique.keys())
    )
    return Report(tuple(unique.values()), reader, at, days, total, projects)


def measure(
    indicator: Indicator, editions: Collection[Edition], *, by: By, reader: Reader
) -> Table:
    """Count `indicator` over `editions` along `by`, each officer of each edition once.

    Published: as was last published of those editions of which anything was.
    """
    if reader is Reader.EXACT:
        return tabulate(indicator, by, heads_of(editions))
    figures = [figures_of(release) for release in last_releases(editions).values()]
    [table] = published_tables(figures, [indicator], [by])
    return table


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
