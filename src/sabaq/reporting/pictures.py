"""Which charts a report has: the same figures as its tables, drawn."""

from collections.abc import Sequence
from dataclasses import replace

from django.utils.translation import gettext as _

from sabaq.people.enums import Sex
from sabaq.reporting.indicators import Indicator
from sabaq.reporting.ports import Bar, Chart
from sabaq.reporting.reports import Breakdown, Figures
from sabaq.reporting.tables import MEN_AND_NOT_STATED, Row, Table


def chart_by_sex(figures: Figures) -> Chart:
    """Draw each indicator as a bar of women, men and those who did not say; one part where sex is hidden."""
    kinds = _kinds_of(figures.by_sex)
    bars = tuple(
        Bar(table.indicator.label, _parts(table, kinds), shown(table.total))
        for table in figures.by_sex
    )
    labels = {row.key: row.label for table in figures.by_sex for row in table.rows}
    legend = tuple(labels[kind] for kind in kinds)
    return _chart(_("Officers from nomination to certificate, by sex"), bars, legend)


def chart_of(breakdown: Breakdown, indicator: Indicator) -> Chart | None:
    """Draw what `indicator` counts for each value: women and others where the reader sees both."""
    rows = [
        cell.row for line in breakdown.lines for cell in line.cells if cell.indicator is indicator
    ]
    if not rows:
        return None
    two_way = any(row.women is not None for row in rows)
    bars = tuple(Bar(row.label, _of_row(row), said_of(row)) for row in rows)
    legend = (_("Women"), _("Others")) if two_way else ()
    caption = _("%(indicator)s: %(dimension)s") % {
        "indicator": indicator.label,
        "dimension": str(breakdown.by.label).lower(),
    }
    return _chart(caption, bars, legend)


def shown(row: Row) -> str:
    """Say the heads of a row, or that they are not shown, or how many they are at least."""
    if row.total is not None:
        return str(row.total)
    if row.at_least is not None:
        return _("at least %(count)s") % {"count": row.at_least}
    return _("not shown")


def said_of(row: Row) -> str:
    if row.women is None or not row.total:
        return shown(row)
    return f"{row.total} ({row.women})"


def _chart(caption: str, bars: tuple[Bar, ...], legend: tuple[str, ...]) -> Chart:
    said = "; ".join(f"{bar.label}: {bar.said}" for bar in bars)
    return Chart(
        caption=caption,
        alternative=_("Bar chart. %(caption)s. %(figures)s.")
        % {"caption": caption, "figures": said},
        bars=bars,
        scale=max((sum(bar.parts) for bar in bars), default=0),
        legend=legend,
    )


def _kinds_of(tables: Sequence[Table]) -> list[str]:
    """Give the sexes that the tables show, women first; none where one of them hides some."""
    if any(table.has_hidden for table in tables):
        return []
    order = [Sex.FEMALE, Sex.MALE, MEN_AND_NOT_STATED, Sex.UNDISCLOSED]
    found = {row.key for table in tables for row in table.rows}
    return [kind for kind in order if kind in found]


def _parts(table: Table, kinds: list[str]) -> tuple[float, ...]:
    if not kinds:
        return _of_row(replace(table.total, women=None))
    counts = {row.key: row.total for row in table.rows}
    return tuple(float(counts.get(kind) or 0) for kind in kinds)


def _of_row(row: Row) -> tuple[float, ...]:
    if row.total is None:
        # As long as may be said of it: no bar at all would be read as nobody.
        return () if row.at_least is None else (float(row.at_least),)
    if row.women is None:
        return (float(row.total),)
    return float(row.women), float(row.total - row.women)
