"""The report as XLSX: a summary, one sheet an indicator, and the definitions."""

import io
from typing import Any

import xlsxwriter
from django.utils.translation import gettext as _

from sabaq.kernel.i18n import text_in
from sabaq.people.enums import Sex
from sabaq.reporting.enums import Reader
from sabaq.reporting.indicators import Indicator
from sabaq.reporting.reports import Report
from sabaq.reporting.tables import HIDDEN_NOTE, MEN_AND_NOT_STATED, Table

_SHEET_NAME_LENGTH = 31


def workbook(report: Report, *, language: str) -> bytes:
    """Give the report as the bytes of an XLSX file. Hidden counts are empty cells."""
    buffer = io.BytesIO()
    # Texts come from people: never let a leading "=" become a formula or an address a link.
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    book = xlsxwriter.Workbook(buffer, options)
    book.set_properties({"title": text_in(report.edition.title, language).text, "company": "Sabaq"})
    formats = {
        "head": book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"}),
        "title": book.add_format({"bold": True, "font_size": 14}),
        "percent": book.add_format({"num_format": "0%"}),
        "wrap": book.add_format({"text_wrap": True, "valign": "top"}),
    }
    _summary(book, report, formats, language)
    for index, indicator in enumerate(report.indicators):
        _indicator_sheet(book, report, index, indicator, formats)
    _definitions(book, report, formats)
    book.close()
    return buffer.getvalue()


def _summary(book: Any, report: Report, formats: dict[str, Any], language: str) -> None:
    sheet = book.add_worksheet(_("Summary"))
    sheet.set_column(0, 0, 34)
    sheet.set_column(1, 6, 16)
    sheet.write_string(0, 0, text_in(report.edition.title, language).text, formats["title"])
    sheet.write_string(1, 0, _dates(report))
    heads = [
        _("Indicator"),
        _("Total"),
        _("Women"),
        _("Men"),
        _("Prefer not to say"),
        _("Women, %"),
    ]
    for column, head in enumerate(heads):
        sheet.write_string(3, column, head, formats["head"])
    for line, table in enumerate(report.by_sex, start=4):
        sheet.write_string(line, 0, table.indicator.label)
        for column, value in enumerate(_sexes(table), start=1):
            _number(sheet, line, column, value)
        if table.total.women_share is not None:
            sheet.write_number(line, 5, table.total.women_share / 100, formats["percent"])
    line = 5 + len(report.by_sex)
    if report.has_hidden:
        sheet.write_string(line, 0, str(HIDDEN_NOTE))
    sheet.write_string(
        line + 1, 0, _("Projects this edition counts for (in a total over projects, once):")
    )
    for offset, one in enumerate(report.projects, start=2):
        sheet.write_string(
            line + offset, 0, f"{one.project.code}: {text_in(one.project.name, language).text}"
        )


def _sexes(table: Table) -> list[int | None]:
    """Give total, women, men, undisclosed; where men and undisclosed are joined, men stay empty."""
    counts = {row.key: row.total for row in table.rows}
    joined = MEN_AND_NOT_STATED in counts
    hidden = None if joined else 0
    women = counts.get(Sex.FEMALE, 0) if table.reader is Reader.EXACT else table.total.women
    return [
        table.total.total,
        women,
        counts.get(Sex.MALE, hidden),
        counts.get(Sex.UNDISCLOSED, hidden),
    ]


def _indicator_sheet(
    book: Any,
    report: Report,
    index: int,
    indicator: Indicator,
    formats: dict[str, Any],
) -> None:
    sheet = book.add_worksheet(indicator.key[:_SHEET_NAME_LENGTH])
    sheet.set_column(0, 1, 30)
    sheet.write_string(0, 0, indicator.label, formats["title"])
    for column, head in enumerate(
        [_("Dimension"), _("Value"), _("Total"), _("Women"), _("Women, %")]
    ):
        sheet.write_string(2, column, head, formats["head"])
    line = 3
    for row in report.by_sex[index].rows:
        _row(sheet, line, str(report.by_sex[index].by.label), row.label, row.total)
        line += 1
    for breakdown in report.breakdowns:
        for entry in breakdown.lines:
            row = entry.cells[index].row
            _row(sheet, line, str(breakdown.by.label), row.label, row.total)
            _number(sheet, line, 3, row.women)
            if row.women_share is not None:
                sheet.write_number(line, 4, row.women_share / 100, formats["percent"])
            line += 1
    total = report.by_sex[index].total
    _row(sheet, line, total.label, "", total.total)
    _number(sheet, line, 3, total.women)
    if total.women_share is not None:
        sheet.write_number(line, 4, total.women_share / 100, formats["percent"])


def _row(sheet: Any, line: int, dimension: str, label: str, total: int | None) -> None:
    sheet.write_string(line, 0, dimension)
    sheet.write_string(line, 1, label)
    _number(sheet, line, 2, total)


def _number(sheet: Any, line: int, column: int, value: int | None) -> None:
    if value is not None:
        sheet.write_number(line, column, value)


def _definitions(book: Any, report: Report, formats: dict[str, Any]) -> None:
    sheet = book.add_worksheet(_("Definitions"))
    sheet.set_column(0, 0, 30)
    sheet.set_column(1, 1, 90)
    for line, indicator in enumerate(report.indicators):
        sheet.write_string(line, 0, indicator.label, formats["head"])
        sheet.write_string(line, 1, str(indicator.definition), formats["wrap"])
    line = len(report.indicators) + 1
    sheet.write_string(line, 0, _("Sex"), formats["head"])
    sheet.write_string(
        line, 1, _("As each person gave it; giving it is voluntary."), formats["wrap"]
    )
    if report.reader is Reader.PUBLISHED:
        sheet.write_string(line + 1, 1, str(HIDDEN_NOTE), formats["wrap"])


def _dates(report: Report) -> str:
    edition = report.edition
    return f"{edition.starts_on:%d.%m.%Y} – {edition.ends_on:%d.%m.%Y}"
