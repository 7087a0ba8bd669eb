"""What an author is told about a pack, with file and line."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import ngettext

from sabaq.kernel.errors import DomainError


class Severity(Enum):
    ERROR = "error"  # the pack cannot be used
    WARNING = "warning"  # it can, but a reader will notice
    NOTE = "note"  # as it should be, and good to know


@dataclass(frozen=True)
class Finding:
    path: str
    line: int
    severity: Severity
    message: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.message}"


class Findings:
    """All that was found so far."""

    def __init__(self) -> None:
        self.found: list[Finding] = []

    def error(self, path: str, line: int, message: str | Promise, /, **values: Any) -> None:
        self._add(Severity.ERROR, path, line, message, values)

    def warn(self, path: str, line: int, message: str | Promise, /, **values: Any) -> None:
        self._add(Severity.WARNING, path, line, message, values)

    def note(self, path: str, line: int, message: str | Promise, /, **values: Any) -> None:
        self._add(Severity.NOTE, path, line, message, values)

    def _add(
        self,
        severity: Severity,
        path: str,
        line: int,
        message: str | Promise,
        values: dict[str, Any],
    ) -> None:
        sentence = str(message) % values if values else str(message)
        self.found.append(Finding(path, line, severity, sentence))

    @property
    def errors(self) -> list[Finding]:
        return [finding for finding in self.sorted() if finding.severity is Severity.ERROR]

    def sorted(self) -> list[Finding]:
        """Give all findings in the order of the files, each once."""
        return sorted(dict.fromkeys(self.found), key=lambda f: (f.path, f.line, f.message))


class PackError(DomainError):
    """The pack cannot be used. `findings` are all the errors, in the order of the files."""

    def __init__(self, findings: Iterable[Finding]) -> None:
        self.findings = list(findings)
        super().__init__()

    def __str__(self) -> str:
        count = len(self.findings)
        head = ngettext(
            "The pack cannot be used. %(count)s thing needs to be mended:",
            "The pack cannot be used. %(count)s things need to be mended:",
            count,
        ) % {"count": count}
        return "\n".join([head, *(f"  {finding}" for finding in self.findings)])
