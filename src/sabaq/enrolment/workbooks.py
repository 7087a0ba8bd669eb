"""Measures the parts of a workbook before its reader makes room for them, by a parser that is not fooled.

The reader makes room for every cell up to the last one, and writes a shared text out for each cell that
names it: a file of one kilobyte can ask for more memory than there is, and that ends the whole server.
"""

import re
from dataclasses import dataclass
from xml.parsers import expat

_REFERENCE = re.compile(r"([A-Za-z]{1,3})([0-9]{1,7})")
_CELLS_LIMIT = 1_000_000
_TEXT_LIMIT = 60_000_000


class TooMuch(Exception):
    """The part is not well-formed, or asks for more room than an honest table needs."""


@dataclass
class Measure:
    """How far the cells of a workbook reach, and how long its longest shared text is, over all its parts."""

    cells: int = 0
    longest: int = 0
    _rows: int = 0
    _columns: int = 0
    _row: int = 0
    _column: int = 0
    _text: int = 0
    _is_shared: bool = False

    def add(self, part: bytes) -> None:
        """Measure one XML part, whatever its name says that it is; raise `TooMuch`."""
        self._rows = self._columns = self._row = self._column = 0
        self._is_shared = False
        # The reader knows UTF-8 only, whatever a declaration says.
        parser = expat.ParserCreate("utf-8")
        parser.StartDoctypeDeclHandler = self._refuse
        parser.StartElementHandler = self._open
        parser.CharacterDataHandler = self._read
        try:
            parser.Parse(part, True)  # noqa: FBT003 - expat takes no name for it
        except expat.ExpatError as error:
            raise TooMuch from error

    def _refuse(self, *_doctype: object) -> None:
        raise TooMuch

    def _open(self, name: str, attributes: dict[str, str]) -> None:
        kind = name.rpartition(":")[2]
        if kind == "row":
            self._row = _number(attributes["r"]) if "r" in attributes else self._row + 1
            self._column = 0
        elif kind == "c":
            self.cells += 1
            self._place(attributes.get("r", ""))
        elif kind == "si":
            self._is_shared, self._text = True, 0
        if self._rows * self._columns > _CELLS_LIMIT or self.cells > _CELLS_LIMIT:
            raise TooMuch

    def _place(self, reference: str) -> None:
        row, self._column = self._row, self._column + 1
        if reference:
            found = _REFERENCE.fullmatch(reference)
            if found is None:
                raise TooMuch
            row, self._column = _number(found[2]), _column(found[1])
        self._rows, self._columns = max(self._rows, row), max(self._columns, self._column)

    def _read(self, text: str) -> None:
        if self._is_shared:
            self._text += len(text)
            self.longest = max(self.longest, self._text)

    def check(self) -> None:
        """Raise `TooMuch` where the longest text, written out for each cell, would not fit."""
        if self.cells * self.longest > _TEXT_LIMIT:
            raise TooMuch


def _number(digits: str) -> int:
    if not (digits.isascii() and digits.isdigit() and len(digits) < 10):
        raise TooMuch
    return int(digits)


def _column(letters: str) -> int:
    column = 0
    for letter in letters.upper():
        column = column * 26 + ord(letter) - 64
    return column
