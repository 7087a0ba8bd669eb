"""On which line each key of a TOML text stands: what `tomllib` reads but does not tell.

The text must be valid TOML 1.0 (`tomllib` has read it); the scanner then needs no error handling.
"""

import re
from collections.abc import Mapping

Path = tuple[str | int, ...]

_BLANK = re.compile(r"(?:[ \t]|\r?\n|#[^\n]*)*")
_SPACE = re.compile(r"[ \t]*")
_BARE_KEY = re.compile(r"[A-Za-z0-9_-]+")
_STRING = re.compile(
    r'"""(?:[^"\\]|\\.|"(?!""))*"{3,5}'
    r"|'''(?:[^']|'(?!''))*'{3,5}"
    r'|"(?:[^"\\\n]|\\.)*"'
    r"|'[^'\n]*'",
    re.DOTALL,
)
_SCALAR = re.compile(r"[^,\]}#\n]+")
_ESCAPE = re.compile(r'\\(u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8}|[btnfr"\\])')
_ESCAPED = {"b": "\b", "t": "\t", "n": "\n", "f": "\f", "r": "\r", '"': '"', "\\": "\\"}


class Lines:
    """The line of every path; a path that is not there answers with its nearest parent's line."""

    def __init__(self, lines: Mapping[Path, int]) -> None:
        self._lines = dict(lines)

    def of(self, path: Path) -> int:
        while path not in self._lines and path:
            path = path[:-1]
        return self._lines.get(path, 1)

    def __contains__(self, path: Path) -> bool:
        return path in self._lines


def lines_of(text: str) -> Lines:
    """Give the line, counted from 1, of every key, table and array element of a TOML text."""
    scanner = _Scanner(text)
    scanner.document()
    return Lines(scanner.lines)


class _Scanner:
    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.lines: dict[Path, int] = {}
        self.counts: dict[Path, int] = {}
        self._counted_to = 0
        self._line = 1

    def document(self) -> None:
        table: Path = ()
        self.skip(_BLANK)
        while self.at < len(self.text):
            if self.text.startswith("[", self.at):
                table = self.header()
            else:
                self.pair(table)
            self.skip(_BLANK)

    def header(self) -> Path:
        is_array = self.text.startswith("[[", self.at)
        self.at += 2 if is_array else 1
        names = self.names()
        self.at += 2 if is_array else 1
        path: Path = ()
        for name in names[:-1]:
            path = self.newest((*path, name))
            self.mark(path)
        path = (*path, names[-1])
        if is_array:
            self.mark(path)
            index = self.counts.get(path, 0)
            self.counts[path] = index + 1
            path = (*path, index)
        self.mark(path)
        return path

    def newest(self, path: Path) -> Path:
        """Step into the newest element where `path` is an array of tables."""
        return (*path, self.counts[path] - 1) if path in self.counts else path

    def pair(self, table: Path) -> None:
        path = table
        for name in self.names():
            path = (*path, name)
            self.mark(path)
        self.at += 1  # the equals sign
        self.skip(_SPACE)
        self.value(path)

    def value(self, path: Path) -> None:
        sign = self.text[self.at]
        if sign == "[":
            self.array(path)
        elif sign == "{":
            self.inline_table(path)
        else:
            self.take(_STRING if sign in "\"'" else _SCALAR)

    def array(self, path: Path) -> None:
        self.at += 1
        self.skip(_BLANK)
        index = 0
        while self.text[self.at] != "]":
            self.mark((*path, index))
            self.value((*path, index))
            index += 1
            self.skip_comma()
        self.at += 1

    def inline_table(self, path: Path) -> None:
        self.at += 1
        self.skip(_BLANK)
        while self.text[self.at] != "}":
            self.pair(path)
            self.skip_comma()
        self.at += 1

    def names(self) -> list[str]:
        """Take a dotted key, up to the sign after it."""
        found = []
        while True:
            self.skip(_SPACE)
            quoted = self.text[self.at] in "\"'"
            piece = self.take(_STRING if quoted else _BARE_KEY)
            found.append(_unquoted(piece) if quoted else piece)
            self.skip(_SPACE)
            if not self.text.startswith(".", self.at):
                return found
            self.at += 1

    def skip_comma(self) -> None:
        self.skip(_BLANK)
        if self.text.startswith(",", self.at):
            self.at += 1
            self.skip(_BLANK)

    def skip(self, pattern: re.Pattern[str]) -> None:
        self.take(pattern)

    def take(self, pattern: re.Pattern[str]) -> str:
        match = pattern.match(self.text, self.at)
        if match is None:  # not TOML: `tomllib` would have said so
            raise ValueError(self.at)
        self.at = match.end()
        return match.group()

    def mark(self, path: Path) -> None:
        self._line += self.text.count("\n", self._counted_to, self.at)
        self._counted_to = self.at
        self.lines.setdefault(path, self._line)


def _unquoted(piece: str) -> str:
    if piece.startswith("'"):
        return piece[1:-1]
    return _ESCAPE.sub(
        lambda match: _ESCAPED.get(match[1]) or chr(int(match[1][1:], 16)), piece[1:-1]
    )
