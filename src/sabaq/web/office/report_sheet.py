"""The participation report as a PDF sheet: the same figures as on the page, in words and rows."""

from zoneinfo import ZoneInfo

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from sabaq.kernel.i18n import text_in
from sabaq.reporting.enums import Reader
from sabaq.reporting.ports import Bars, ReportSheet, Section, Table
from sabaq.reporting.reports import Breakdown, Report
from sabaq.reporting.rules import THRESHOLD
from sabaq.reporting.tables import HIDDEN_NOTE, Row


def report_sheet(report: Report, *, language: str) -> ReportSheet:
    """Give the report ready to print in `language` (which must be the active one)."""
    edition = report.edition

    def said(value: object) -> str:
        return text_in(value, language).text

    facts = (
        (
            _("Dates"),
            f"{date_format(edition.starts_on, 'j E Y')} – {date_format(edition.ends_on, 'j E Y')}",
        ),
        (_("Form"), _("online")),
        (_("Projects"), "; ".join(said(one.project.name) for one in report.projects)),
        (
            _("Donor"),
            "; ".join(dict.fromkeys(said(one.project.donor.name) for one in report.projects)),
        ),
        (_("Aim"), _("%(aim)s %% women") % {"aim": edition.women_aim}),
    )
    return ReportSheet(
        language=language,
        title=_("Participation report"),
        subtitle=said(edition.title),
        facts=facts,
        sections=(
            Section(_("Heads by sex"), tables=(_by_sex(report),)),
            *(_section(report, breakdown) for breakdown in report.breakdowns),
            Section(
                _("What is counted"),
                (
                    *(f"{i.label}: {i.definition}" for i in report.indicators),
                    _("In a total over projects the edition is counted once."),
                ),
            ),
        ),
        generated_at=report.made_at.astimezone(ZoneInfo(edition.zone)),
        footer=said(edition.contact_office),
        suppressed_below=THRESHOLD if report.reader is Reader.PUBLISHED else None,
    )


def _by_sex(report: Report) -> Table:
    rows = tuple(
        (
            table.indicator.label,
            str(table.total.total),
            "; ".join(f"{row.label}: {_shown(row.total)}" for row in table.rows),
            "–" if table.total.women_share is None else f"{table.total.women_share} %",
        )
        for table in report.by_sex
    )
    shares = tuple(
        None if t.total.women_share is None else t.total.women_share / 100 for t in report.by_sex
    )
    return Table(
        caption=_("Heads by sex and share of women"),
        columns=(_("Indicator"), _("Total"), _("By sex"), _("Women")),
        rows=rows,
        numeric=frozenset({1}),
        bars=Bars(3, shares, report.edition.women_aim / 100),
        note=str(HIDDEN_NOTE) if report.has_hidden else "",
    )


def _section(report: Report, breakdown: Breakdown) -> Section:
    """Give one dimension with a row per indicator, as the page shows it."""
    lines = (*breakdown.lines, breakdown.total)
    rows = tuple(
        (cells[0].indicator.label, *(_with_women(cell.row) for cell in cells))
        for cells in breakdown.by_indicator
    )
    exact = report.reader is Reader.EXACT
    table = Table(
        caption=_("Heads; in brackets: women") if exact else _("Heads"),
        columns=(_("Indicator"), *(line.label for line in lines)),
        rows=rows,
        numeric=frozenset(range(1, len(lines) + 1)),
    )
    return Section(str(breakdown.by.label), tables=(table,))


def _shown(count: int | None) -> str:
    return _("not shown") if count is None else str(count)


def _with_women(row: Row) -> str:
    if row.women is None or not row.total:
        return _shown(row.total)
    return f"{row.total} ({row.women})"
