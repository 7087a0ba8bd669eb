"""Reads the table that an agency sends: XLSX or CSV, of whatever office program, without trusting it.

A workbook is a zip of XML: it is unpacked under a limit and packed again with its true sizes before the
reader sees it, and every part is measured first (`enrolment.workbooks`).
"""

import csv
import io
import lzma
import struct
import zipfile
import zlib
from dataclasses import dataclass

from python_calamine import CalamineError, CalamineWorkbook

from sabaq.enrolment.errors import (
    FileTooLarge,
    FileTypeWrong,
    FileUnreadable,
    HeadersMissing,
    NoRows,
    TooManyRows,
)
from sabaq.enrolment.rules import COLUMN_LABELS, columns_of
from sabaq.enrolment.workbooks import Measure, TooMuch
from sabaq.people.rules import tidy_name

FILE_LIMIT = 2_000_000
ROW_LIMIT = 500
_UNPACKED_LIMIT = 30_000_000
_PARTS_LIMIT = 300
_HEADER_SEARCHED = 10
_CELL_LIMIT = 400
_NOT_A_WORKBOOK = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    struct.error,
    EOFError,
    NotImplementedError,
    RuntimeError,
    ValueError,
    OSError,
    TooMuch,
)
_OLD_OFFICE = b"\xd0\xcf\x11\xe0"


@dataclass(frozen=True)
class Row:
    """One officer's row: the number that the sender sees beside it, and the words by field."""

    number: int
    values: dict[str, str]


def read_table(data: bytes) -> list[Row]:
    """Give the rows with officers, or raise an error that says why the file is refused as a whole."""
    if len(data) > FILE_LIMIT:
        raise FileTooLarge(megabytes=FILE_LIMIT // 1_000_000)
    if data.startswith(b"PK"):
        lines = _lines_of_workbook(data)
    elif data.startswith((_OLD_OFFICE, b"%PDF", b"{\\rtf", b"\x89PNG", b"\xff\xd8\xff", b"<")):
        raise FileTypeWrong
    else:
        lines = _lines_of_csv(data)
    return _rows(lines)


def _rows(lines: list[list[str]]) -> list[Row]:
    header, columns = _header(lines)
    rows = []
    for number, line in enumerate(lines[header + 1 :], header + 2):
        values = {field: line[at] for at, field in columns.items() if at < len(line)}
        if any(values.values()):
            rows.append(Row(number, values))
    if len(rows) > ROW_LIMIT:
        raise TooManyRows(limit=ROW_LIMIT)
    if not rows:
        raise NoRows
    return rows


def _header(lines: list[list[str]]) -> tuple[int, dict[int, str]]:
    """Give the place of the line that names the columns, and which field each column holds."""
    for place, line in enumerate(lines[:_HEADER_SEARCHED]):
        columns = columns_of(line)
        if "native_name" in columns.values():
            return place, columns
    raise HeadersMissing(column=COLUMN_LABELS["native_name"])


def _text(cell: object) -> str:
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    return tidy_name(str(cell))[:_CELL_LIMIT]


def _lines_of_workbook(data: bytes) -> list[list[str]]:
    safe = _repacked(data)
    try:
        book = CalamineWorkbook.from_filelike(safe)
        sheet = book.get_sheet_by_index(0)
        return [[_text(cell) for cell in line] for line in sheet.iter_rows()]
    except (CalamineError, ValueError, OSError) as error:
        raise FileUnreadable from error


def _repacked(data: bytes) -> io.BytesIO:
    """Give the same workbook with its true sizes, or refuse a bomb, a damaged file or another kind of zip."""
    safe, room, measure = io.BytesIO(), _UNPACKED_LIMIT, Measure()
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed, zipfile.ZipFile(safe, "w") as unpacked:
            parts = packed.infolist()
            if len(parts) > _PARTS_LIMIT:
                raise FileUnreadable
            if "xl/workbook.xml" not in {part.filename for part in parts}:
                raise FileTypeWrong
            for part in parts:
                if not part.filename.endswith((".xml", ".rels")):
                    continue
                with packed.open(part) as file:
                    content = file.read(room + 1)
                room -= len(content)
                if room < 0:
                    raise FileUnreadable
                measure.add(content)
                unpacked.writestr(part.filename, content)
        measure.check()
    except _NOT_A_WORKBOOK as error:
        raise FileUnreadable from error
    safe.seek(0)
    return safe


def _lines_of_csv(data: bytes) -> list[list[str]]:
    text = _decoded(data)
    if "\x00" in text:
        raise FileTypeWrong
    header = next((line for line in text.splitlines() if line.strip()), "")
    delimiter = max(";,\t", key=header.count)
    lines: list[list[str]] = []
    try:
        for line in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter):
            lines.append([_text(cell) for cell in line])
            if len(lines) > ROW_LIMIT * 20:
                raise TooManyRows(limit=ROW_LIMIT)
    except csv.Error as error:
        raise FileUnreadable from error
    return lines


def _decoded(data: bytes) -> str:
    """Give the text of a CSV file: UTF-8 or UTF-16 with a mark, else UTF-8, else Windows Cyrillic."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings = ["utf-16"]
    else:
        encodings = ["utf-8-sig", "cp1251"]
    for encoding in encodings:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise FileTypeWrong
