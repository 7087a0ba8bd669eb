"""What the reporting app asks of printer and writer: a report as plain values, already measured and suppressed."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol


@dataclass(frozen=True)
class Bars:
    """Bars drawn in one column, beside its figures: a share from 0 to 1 for each row, None for no bar."""

    column: int
    shares: tuple[float | None, ...]
    aim: float | None = None


@dataclass(frozen=True)
class Table:
    """Cells are shown as they come.

    `numeric` are the columns set to the right; `totals` counts the last rows that are totals. `numbers` are
    what the cells of each row say, where they say a number: a workbook reckons with them.
    """

    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numeric: frozenset[int] = frozenset()
    bars: Bars | None = None
    note: str = ""
    totals: int = 0
    numbers: tuple[tuple[float | None, ...], ...] = ()

    @property
    def labelled(self) -> tuple[tuple[tuple[str, str], ...], ...]:
        """Give each row with the names of its columns, for whoever sees one cell under the other."""
        return tuple(tuple(zip(self.columns, row, strict=True)) for row in self.rows)


@dataclass(frozen=True)
class Bar:
    """One line of a chart: its parts in the unit of the scale, and what is written beside; no part is no bar."""

    label: str
    parts: tuple[float, ...]
    said: str


@dataclass(frozen=True)
class Chart:
    """Bars, or bars of several parts named in `legend`, from 0 to `scale`, with an aim marked where there is one.

    `alternative` says in words what the bars show; the same figures stand in a table of the section.
    """

    caption: str
    alternative: str
    bars: tuple[Bar, ...]
    scale: float
    legend: tuple[str, ...] = ()
    aim: float | None = None


@dataclass(frozen=True)
class Section:
    """A part of a report; `level` 1 stands under another one. `indicator` is the key of what it measures, if one."""

    heading: str
    paragraphs: tuple[str, ...] = ()
    tables: tuple[Table, ...] = ()
    charts: tuple[Chart, ...] = ()
    level: int = 0
    indicator: str = ""


@dataclass(frozen=True)
class ReportSheet:
    """A report in one language.

    `generated_at` is shown in its own zone. `suppressed_below` is the count under which cells were
    withheld, None where every figure is exact.
    """

    language: str
    title: str
    subtitle: str
    facts: tuple[tuple[str, str], ...]
    sections: tuple[Section, ...]
    generated_at: datetime
    footer: str = ""
    suppressed_below: int | None = None


class ReportPrinter(Protocol):
    def report(self, sheet: ReportSheet) -> bytes:
        """Give the report as a tagged PDF; a sign that cannot be printed becomes U+FFFD."""
        ...


class ReportWriter(Protocol):
    def report(self, sheet: ReportSheet) -> bytes:
        """Give the report as DOCX, for the office to edit: real headings, header rows, pictures with alternative text."""
        ...
