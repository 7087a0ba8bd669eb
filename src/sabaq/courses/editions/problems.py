"""What is wrong with an edition file, said with line and key."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext, ngettext

from sabaq.courses.editions.lines import Path
from sabaq.kernel.errors import DomainError


@dataclass(frozen=True)
class Problem:
    """One thing to mend: where it stands, and a translatable sentence with named values."""

    path: Path
    line: int
    message: str | Promise
    values: dict[str, Any] = field(default_factory=dict)

    @property
    def key(self) -> str:
        return shown(self.path)

    @property
    def sentence(self) -> str:
        return str(self.message) % self.values if self.values else str(self.message)

    def __str__(self) -> str:
        place = {"line": self.line, "key": self.key, "problem": self.sentence}
        if not self.path:
            return gettext("line %(line)s: %(problem)s") % place
        return gettext("line %(line)s, %(key)s: %(problem)s") % place


def shown(path: Path) -> str:
    """Give a path as people read it, array elements counted from 1: `sessions[3].topic`."""
    text = ""
    for step in path:
        text += f"[{step + 1}]" if isinstance(step, int) else f".{step}"
    return text.removeprefix(".")


class EditionFileRefused(DomainError):
    """Nothing was loaded. `problems` are all that were found, in the order of the file."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = sorted(problems, key=lambda problem: (problem.line, problem.key))
        super().__init__()

    def __str__(self) -> str:
        count = len(self.problems)
        head = ngettext(
            "Nothing was loaded. %(count)s thing in the file needs to be mended:",
            "Nothing was loaded. %(count)s things in the file need to be mended:",
            count,
        ) % {"count": count}
        return "\n".join([head, *(f"  {problem}" for problem in self.problems)])
