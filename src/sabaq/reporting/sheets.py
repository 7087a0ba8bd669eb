"""A report in words and rows: what PDF and DOCX print, the same figures as on the page."""

from collections.abc import Iterable, Iterator, Sequence
from zoneinfo import ZoneInfo

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sabaq.kernel.i18n import text_in
from sabaq.reporting.enums import Reader
from sabaq.reporting.indicators import CONFIRMED, OUTCOMES, Indicator, Outcome
from sabaq.reporting.pictures import chart_by_sex, chart_of, shown
from sabaq.reporting.ports import Bars, ReportSheet, Section, Table
from sabaq.reporting.reports import Breakdown, Figures, ProjectFigures, Report
from sabaq.reporting.rules import THRESHOLD
from sabaq.reporting.tables import HIDDEN_NOTE, Row

# Totals over editions of several zones are dated by the office's own clock.
OFFICE_ZONE = "UTC"


def report_sheet(
    report: Report, *, language: str, facts: Sequence[tuple[str, str]] = ()
) -> ReportSheet:
    """Give the report ready to print in `language` (which must be the active one).

    `facts` stand before the report's own, and its head counts alone follow: what is told to a named
    recipient says so first.
    """
    return ReportSheet(
        language=language,
        title=_("Donor annex: exact head counts") if facts else heading_of(report),
        subtitle=title_of(report, language),
        facts=(*facts, *_facts(report, language)),
        sections=tuple(_sections(report, language)),
        generated_at=report.made_at.astimezone(ZoneInfo(zone_of(report))),
        footer=_footer(report, language),
        suppressed_below=THRESHOLD if report.reader is Reader.PUBLISHED else None,
    )


def heading_of(report: Report) -> str:
    return _("Course report") if len(report.editions) == 1 else _("Report over several editions")


def title_of(report: Report, language: str) -> str:
    if len(report.editions) == 1:
        return text_in(report.edition.title, language).text
    return ngettext("%(count)s edition", "%(count)s editions", len(report.editions)) % {
        "count": len(report.editions)
    }


def dates_of(report: Report) -> str:
    """Say from when to when the editions were held."""
    if not report.editions:
        return "–"
    first = min(edition.starts_on for edition in report.editions)
    last = max(edition.ends_on for edition in report.editions)
    return f"{date_format(first, 'j E Y')} – {date_format(last, 'j E Y')}"


def zone_of(report: Report) -> str:
    zones = {edition.zone for edition in report.editions}
    return zones.pop() if len(zones) == 1 else OFFICE_ZONE


def _footer(report: Report, language: str) -> str:
    offices = {text_in(edition.contact_office, language).text for edition in report.editions}
    return offices.pop() if len(offices) == 1 else ""


def _facts(report: Report, language: str) -> Iterator[tuple[str, str]]:
    yield _("Dates"), dates_of(report)
    yield _("Form"), _("online")
    projects = [one.project for one in report.projects]
    yield _("Projects"), "; ".join(text_in(one.name, language).text for one in projects)
    donors = dict.fromkeys(text_in(one.donor.name, language).text for one in projects)
    yield _("Donor"), "; ".join(donors)
    if len(report.editions) == 1:
        yield _("Aim"), _("%(aim)s %% women") % {"aim": report.edition.women_aim}


def _sections(report: Report, language: str) -> Iterator[Section]:
    is_exact = report.reader is Reader.EXACT
    aim = report.edition.women_aim if len(report.editions) == 1 else None
    yield Section(
        _("Heads by sex"),
        tables=(_by_sex(report.total, aim, note=report.total.has_hidden),),
        charts=(chart_by_sex(report.total),),
    )
    for breakdown in report.breakdowns:
        yield _section(breakdown, is_exact=is_exact)
    outcomes = list(report.sections(language=language))
    counted: list[Indicator | Outcome] = [*report.indicators, *measured(outcomes)]
    yield from outcomes
    yield _projects(report, language)
    for one in report.projects:
        yield from _project(one, report, language)
    if len(report.editions) > 1:
        yield _editions(report, language)
    yield Section(
        _("What is counted"),
        (
            *(f"{i.label}: {i.definition}" for i in counted),
            *(
                [_("An officer who took part in several editions is counted in each of them.")]
                if len(report.editions) > 1
                else []
            ),
            f"{_('Sex')}: {_('As each person gave it; giving it is voluntary.')}",
        ),
    )


def _projects(report: Report, language: str) -> Section:
    """Give a row for every project, and the unduplicated total."""

    def row(name: str, editions: int, figures: Figures) -> tuple[str, ...]:
        counts = (_with_women(figures.total_of(i)) for i in report.overall)
        return (name, str(editions), *counts)

    rows = [
        row(text_in(one.project.name, language).text, len(one.editions), one.figures)
        for one in report.projects
    ]
    rows.append(row(_("Total, each edition once"), len(report.editions), report.total))
    return Section(
        _("By project"),
        (_("An edition in several projects counts in each of them, and once in the total."),),
        (
            Table(
                caption=_("Heads by project; in brackets: women"),
                columns=(_("Project"), _("Editions"), *(i.label for i in report.overall)),
                rows=tuple(rows),
                numeric=frozenset(range(1, len(report.overall) + 2)),
                totals=1,
            ),
        ),
    )


def _project(one: ProjectFigures, report: Report, language: str) -> Iterator[Section]:
    words = (
        text_in(one.project.programme.name, language).text,
        f"{_('Donor')}: {text_in(one.project.donor.name, language).text}",
        ngettext("%(count)s edition", "%(count)s editions", len(one.editions))
        % {"count": len(one.editions)},
    )
    heading = text_in(one.project.name, language).text
    if one.figures is report.total:
        yield Section(heading, (" · ".join(words), same_as_total(report)))
        return
    yield Section(
        heading,
        (" · ".join(words),),
        (_by_sex(one.figures, None, note=one.figures.has_hidden),),
        (chart_by_sex(one.figures),),
    )
    for breakdown in one.figures.breakdowns:
        yield _section(breakdown, is_exact=report.reader is Reader.EXACT, level=1)


def same_as_total(report: Report) -> str:
    """Say why the section of a project has no figures of its own."""
    if len(report.editions) == 1:
        return _("This edition counts for the project: the project's figures are those in total.")
    return _("All editions of this report count for this project: its figures are those in total.")


def measured(sections: Iterable[Section]) -> list[Outcome]:
    """Give what tests and surveys are measured by in these sections, in the order of the report."""
    keys = {section.indicator for section in sections}
    return [outcome for outcome in OUTCOMES if outcome.key in keys]


def _editions(report: Report, language: str) -> Section:
    rows = tuple(
        (
            text_in(edition.title, language).text,
            f"{date_format(edition.starts_on, 'j E Y')} – {date_format(edition.ends_on, 'j E Y')}",
        )
        for edition in report.editions
    )
    return Section(
        _("Editions counted"),
        tables=(Table(_("Editions and their dates"), (_("Edition"), _("Dates")), rows),),
    )


def _by_sex(figures: Figures, aim: int | None, *, note: bool) -> Table:
    rows = tuple(
        (
            table.indicator.label,
            shown(table.total),
            "; ".join(f"{row.label}: {shown(row)}" for row in table.rows),
            "–" if table.total.women_share is None else f"{table.total.women_share} %",
        )
        for table in figures.by_sex
    )
    shares = tuple(
        None if t.total.women_share is None else t.total.women_share / 100 for t in figures.by_sex
    )
    return Table(
        caption=_("Heads by sex and share of women"),
        columns=(_("Indicator"), _("Total"), _("By sex"), _("Women")),
        rows=rows,
        numeric=frozenset({1}),
        bars=Bars(3, shares, None if aim is None else aim / 100),
        note=str(HIDDEN_NOTE) if note else "",
    )


def _section(breakdown: Breakdown, *, is_exact: bool, level: int = 0) -> Section:
    """Give one dimension with a row per indicator, as the page shows it."""
    lines = (*breakdown.lines, breakdown.total)
    rows = tuple(
        (
            cells[0].indicator.label,
            *(_with_women(cell.row) if is_exact else shown(cell.row) for cell in cells),
        )
        for cells in breakdown.by_indicator
    )
    table = Table(
        caption=_("Heads; in brackets: women") if is_exact else _("Heads"),
        columns=(_("Indicator"), *(line.label for line in lines)),
        rows=rows,
        numeric=frozenset(range(1, len(lines) + 1)),
    )
    chart = chart_of(breakdown, CONFIRMED)
    return Section(
        str(breakdown.by.label), tables=(table,), charts=(chart,) if chart else (), level=level
    )


def _with_women(row: Row) -> str:
    if row.women is None or not row.total:
        return shown(row)
    return f"{row.total} ({row.women})"
