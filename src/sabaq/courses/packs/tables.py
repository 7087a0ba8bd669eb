"""The TOML files of a pack, each value with its line."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from sabaq.courses.editions.lines import Path, lines_of
from sabaq.courses.editions.problems import shown
from sabaq.courses.editions.reading import Languages, Problems, Table
from sabaq.courses.packs.digests import block_hash
from sabaq.courses.packs.findings import Findings
from sabaq.courses.packs.parts import Texts
from sabaq.courses.packs.translations import Ledger, Translated, place_of
from sabaq.courses.packs.typography import typeset

_LINE_OF_ERROR = re.compile(r"at line (\d+)")


@dataclass(frozen=True)
class Tongues:
    """The languages of a pack: the one it is written in, and all it is offered in."""

    source: str
    all: tuple[str, ...]

    @property
    def others(self) -> tuple[str, ...]:
        return tuple(language for language in self.all if language != self.source)


class TomlFile:
    """One TOML file being read. Call `close()` at the end: only then its problems are among the findings."""

    def __init__(
        self, path: str, table: Table, problems: Problems, findings: Findings, ledger: Ledger
    ) -> None:
        self.path, self.table, self.problems, self.findings = path, table, problems, findings
        self.ledger = ledger

    def close(self) -> None:
        self.table.end()
        for problem in self.problems.found:
            key = f"{problem.key}: " if problem.path else ""
            self.findings.error(self.path, problem.line, "%s%s" % (key, problem.sentence))  # noqa: UP031 - a sentence may hold braces

    def warn(self, path: Path, message: str | Promise, **values: object) -> None:
        self.findings.warn(self.path, *self._said_of(path, message, values))

    def note(self, path: Path, message: str | Promise, **values: object) -> None:
        self.findings.note(self.path, *self._said_of(path, message, values))

    def _said_of(
        self, path: Path, message: str | Promise, values: dict[str, object]
    ) -> tuple[int, str]:
        sentence = str(message) % values if values else str(message)
        return self.problems.lines.of(path), f"{shown(path)}: {sentence}"

    def texts(self, table: Table, key: str, tongues: Tongues, *, required: bool = True) -> Texts:
        """Read a text per language; the source language must be there, another that is missing is noted."""
        read = table.texts(key, Languages(tongues.all, [tongues.source]), required=required)
        for language in tongues.others:
            if read and language not in read:
                self.warn(
                    (*table.path, key),
                    _("The text in “%(language)s” is missing."),
                    language=language,
                )
        if tongues.source in read:
            self._enter((*table.path, key), read, tongues.source)
        return {language: typeset(text, language) for language, text in read.items()}

    def _enter(self, path: Path, read: Mapping[str, str], source: str) -> None:
        place, made_from = place_of(self.table.data, path), block_hash(read[source])
        for language in read.keys() - {source}:
            line = self.problems.lines.of((*path, language))
            address = (self.path, place, language)
            self.ledger.enter(Translated(address, line, shown(path), made_from))

    def refuse_double(self, table: Table, key: str, seen: set[str]) -> None:
        if key and key in seen:
            table.wrong("key", _("“%(key)s” stands here twice."), key=key)
        seen.add(key)


def decoded(path: str, data: bytes, findings: Findings) -> str | None:
    """Give the text of a file with plain line ends, or note why it is none."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        findings.error(path, line, _("This is not UTF-8 text. Save the file as UTF-8."))
        return None
    return text.replace("\r\n", "\n")


def open_toml(path: str, data: bytes, findings: Findings, ledger: Ledger) -> TomlFile | None:
    """Parse a TOML file, or note on which line it is broken."""
    text = decoded(path, data, findings)
    if text is None:
        return None
    try:
        values = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        place = _LINE_OF_ERROR.search(str(error))
        line = int(place[1]) if place else text.count("\n") + 1
        findings.error(path, line, _("This is not TOML: %(reason)s"), reason=str(error))
        return None
    problems = Problems(lines_of(text))
    return TomlFile(path, Table(values, (), problems), problems, findings, ledger)
