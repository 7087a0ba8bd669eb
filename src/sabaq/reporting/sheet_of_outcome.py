"""What tests and surveys say as a sheet of the workbook: numbers as numbers, each table named in its rows."""

from collections.abc import Iterator, Sequence
from itertools import zip_longest
from typing import Any

from django.utils.translation import gettext as _

from sabaq.reporting.indicators import Outcome
from sabaq.reporting.ports import Section, Table

# A cell is a number or words; a number that its words say in another way has a column to itself.
Cell = str | float | None


def write_outcome(
    book: Any, outcome: Outcome, sections: Sequence[Section], formats: dict[str, Any]
) -> None:
    """Write one sheet: title, then section under section with its tables and what they mean."""
    sheet = book.add_worksheet(outcome.key)
    sheet.set_column(0, 0, 50)
    sheet.set_column(1, 12, 16)
    sheet.write_string(0, 0, outcome.label, formats["title"])
    line = 2
    for section in sections:
        sheet.write_string(line, 0, section.heading, formats["head"])
        line += 1
        for words in section.paragraphs:
            sheet.write_string(line, 0, words, formats["wrap"])
            line += 1
        for table in section.tables:
            line = _table(sheet, line, table, formats)
        line += 1


def _table(sheet: Any, line: int, table: Table, formats: dict[str, Any]) -> int:
    """Write a table from `line` on; give the line after it and its note."""
    sheet.write_string(line, 0, table.caption, formats["wrap"])
    write_heads(sheet, line + 1, _columns(table), formats)
    line += 2
    for row in _rows(table):
        for column, cell in enumerate(row):
            if isinstance(cell, str):
                sheet.write_string(line, column, cell, formats["wrap"])
            elif cell is not None:
                sheet.write_number(line, column, cell)
        line += 1
    if table.note:
        sheet.write_string(line, 0, table.note, formats["wrap"])
        line += 1
    return line + 1


def write_heads(sheet: Any, line: int, heads: Sequence[str], formats: dict[str, Any]) -> None:
    """Write a row of column heads."""
    for column, head in enumerate(heads):
        sheet.write_string(line, column, head, formats["head"])


def _columns(table: Table) -> list[str]:
    worded = _worded(table)
    heads: list[str] = []
    for column, head in enumerate(table.columns):
        heads += [_("As a number"), head] if column in worded else [head]
    return heads


def _rows(table: Table) -> Iterator[list[Cell]]:
    worded = _worded(table)
    for row, numbers in zip_longest(table.rows, table.numbers, fillvalue=()):
        cells: list[Cell] = []
        for column, (words, number) in enumerate(zip_longest(row, numbers)):
            if column in worded:
                cells += [number, words]
            else:
                cells.append(words if number is None else number)
        yield cells


def _worded(table: Table) -> set[int]:
    """Give the columns whose words say more than their number."""
    return {
        column
        for numbers in table.numbers
        for column, number in enumerate(numbers)
        if number is not None and column not in table.numeric
    }
