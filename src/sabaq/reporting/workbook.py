"""The report as XLSX: a summary, one sheet an indicator, and the definitions."""

import io
from collections.abc import Sequence
from typing import Any

import xlsxwriter
from django.utils.translation import gettext as _

from sabaq.kernel.i18n import text_in
from sabaq.people.enums import Sex
from sabaq.reporting.enums import Reader
from sabaq.reporting.indicators import Indicator, Outcome
from sabaq.reporting.pictures import shown
from sabaq.reporting.reports import Figures, Report
from sabaq.reporting.sheet_of_outcome import write_heads, write_outcome
from sabaq.reporting.sheets import dates_of, measured, same_as_total, title_of
from sabaq.reporting.tables import HIDDEN_NOTE, MEN_AND_NOT_STATED, Row, Table

_SHEET_NAME_LENGTH = 31


def workbook(report: Report, *, language: str) -> bytes:
    """Give the report as the bytes of an XLSX file. A count that is hidden says so in words, which no sum takes up."""
    buffer = io.BytesIO()
    # Texts come from people: never let a leading "=" become a formula or an address a link.
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    book = xlsxwriter.Workbook(buffer, options)
    book.set_properties({"title": title_of(report, language), "company": "Sabaq"})
    formats = {
        "head": book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"}),
        "title": book.add_format({"bold": True, "font_size": 14}),
        "percent": book.add_format({"num_format": "0%"}),
        "wrap": book.add_format({"text_wrap": True, "valign": "top"}),
    }
    _summary(book, report, formats, language)
    for indicator in report.indicators:
        _indicator_sheet(book, report, indicator, formats, language)
    sections = list(report.sections(language=language))
    for outcome in measured(sections):
        write_outcome(book, outcome, [s for s in sections if s.indicator == outcome.key], formats)
    _definitions(book, report, measured(sections), formats)
    book.close()
    return buffer.getvalue()


def _summary(book: Any, report: Report, formats: dict[str, Any], language: str) -> None:
    sheet = book.add_worksheet(_("Summary"))
    sheet.set_column(0, 0, 34)
    sheet.set_column(1, 12, 16)
    sheet.write_string(0, 0, title_of(report, language), formats["title"])
    sheet.write_string(1, 0, dates_of(report))
    heads = [
        _("Indicator"),
        _("Total"),
        _("Women"),
        _("Men"),
        _("Prefer not to say"),
        _("Women, %"),
    ]
    write_heads(sheet, 3, heads, formats)
    for line, table in enumerate(report.by_sex, start=4):
        sheet.write_string(line, 0, table.indicator.label)
        _heads_of(sheet, line, 1, table.total)
        for column, value in enumerate(_sexes(table), start=2):
            if isinstance(value, Row):
                _heads_of(sheet, line, column, value)
            else:
                _number(sheet, line, column, value)
        _percent(sheet, line, 5, table.total.women_share, formats)
    line = 5 + len(report.by_sex)
    if report.has_hidden:
        sheet.write_string(line, 0, str(HIDDEN_NOTE))
    _projects(sheet, line + 1, report, formats, language)


def _projects(
    sheet: Any, line: int, report: Report, formats: dict[str, Any], language: str
) -> None:
    """Write a row for every project and the unduplicated total."""
    sheet.write_string(
        line, 0, _("An edition in several projects counts in each of them, and once in the total.")
    )
    heads = [_("Project"), _("Editions"), *(i.label for i in report.indicators)]
    write_heads(sheet, line + 1, heads, formats)
    rows = [
        (f"{p.project.code}: {text_in(p.project.name, language).text}", len(p.editions), p.figures)
        for p in report.projects
    ]
    rows.append((_("Total, each edition once"), len(report.editions), report.total))
    for place, (name, editions, figures) in enumerate(rows, start=line + 2):
        sheet.write_string(place, 0, name)
        sheet.write_number(place, 1, editions)
        for column, indicator in enumerate(report.indicators, start=2):
            _heads_of(sheet, place, column, figures.total_of(indicator))


def _sexes(table: Table) -> list[Row | int | None]:
    """Give women, men, undisclosed, nil where nobody is counted; where men and undisclosed are joined, men stay empty."""
    rows = {row.key: row for row in table.rows}
    nil = None if MEN_AND_NOT_STATED in rows else 0
    return [rows.get(Sex.FEMALE, 0), rows.get(Sex.MALE, nil), rows.get(Sex.UNDISCLOSED, nil)]


def _indicator_sheet(
    book: Any, report: Report, indicator: Indicator, formats: dict[str, Any], language: str
) -> None:
    """Write one indicator along every dimension: over all editions, then of each project."""
    sheet = book.add_worksheet(indicator.key[:_SHEET_NAME_LENGTH])
    sheet.set_column(0, 1, 30)
    sheet.write_string(0, 0, indicator.label, formats["title"])
    heads = [
        _("Dimension"),
        _("Value"),
        _("Total"),
        _("Women"),
        _("Women, %"),
        _("Project"),
    ]
    write_heads(sheet, 2, heads, formats)
    line = _figures(sheet, 3, report.total, indicator, formats, project="")
    for one in report.projects:
        name = text_in(one.project.name, language).text
        if one.figures is report.total:
            sheet.write_string(line, 0, same_as_total(report))
            sheet.write_string(line, 5, name)
            line += 1
        else:
            line = _figures(sheet, line, one.figures, indicator, formats, project=name)


def _figures(
    sheet: Any,
    line: int,
    figures: Figures,
    indicator: Indicator,
    formats: dict[str, Any],
    *,
    project: str,
) -> int:
    """Write one set of editions from `line` on; give the line after it."""
    tables = [table for table in figures.tables if table.indicator is indicator]
    rows = [(str(table.by.label), row.label, row) for table in tables for row in table.rows]
    rows.append((tables[0].total.label, "", tables[0].total))
    for dimension, value, row in rows:
        sheet.write_string(line, 0, dimension)
        sheet.write_string(line, 1, value)
        _heads_of(sheet, line, 2, row)
        _number(sheet, line, 3, row.women)
        _percent(sheet, line, 4, row.women_share, formats)
        sheet.write_string(line, 5, project)
        line += 1
    return line


def _percent(
    sheet: Any, line: int, column: int, share: int | None, formats: dict[str, Any]
) -> None:
    if share is not None:
        sheet.write_number(line, column, share / 100, formats["percent"])


def _number(sheet: Any, line: int, column: int, value: int | None) -> None:
    if value is not None:
        sheet.write_number(line, column, value)


def _heads_of(sheet: Any, line: int, column: int, row: Row) -> None:
    """Write the heads of a row, or that they are not shown, or how many there are at least."""
    if row.total is None:
        sheet.write_string(line, column, shown(row))
    else:
        sheet.write_number(line, column, row.total)


def _definitions(
    book: Any, report: Report, outcomes: Sequence[Outcome], formats: dict[str, Any]
) -> None:
    sheet = book.add_worksheet(_("Definitions"))
    sheet.set_column(0, 0, 30)
    sheet.set_column(1, 1, 90)
    indicators: list[Indicator | Outcome] = [*report.indicators, *outcomes]
    for line, indicator in enumerate(indicators):
        sheet.write_string(line, 0, indicator.label, formats["head"])
        sheet.write_string(line, 1, str(indicator.definition), formats["wrap"])
    line = len(indicators) + 1
    sheet.write_string(line, 0, _("Sex"), formats["head"])
    sheet.write_string(
        line, 1, _("As each person gave it; giving it is voluntary."), formats["wrap"]
    )
    if report.reader is Reader.PUBLISHED:
        sheet.write_string(line + 1, 1, str(HIDDEN_NOTE), formats["wrap"])
