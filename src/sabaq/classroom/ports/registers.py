"""What the classroom asks of a printer: the attendance register of one day. All texts arrive ready to read."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol


@dataclass(frozen=True)
class RegisterLine:
    """One participant on one day; times and minutes as they are read, corrections a sentence each."""

    native_name: str
    latin_name: str
    rank: str
    agency: str
    first_in: str
    last_out: str
    minutes: int
    is_enough: bool
    recorded: str
    corrections: tuple[str, ...] = ()


@dataclass(frozen=True)
class RegisterSheet:
    """The register of one day in one language, of one agency or of all.

    `columns` name the columns in their order, with the number of the line before and the signature
    behind. `facts` are label and value; `generated_at` is shown in its own zone.
    """

    language: str
    title: str
    subtitle: str
    facts: tuple[tuple[str, str], ...]
    columns: tuple[str, ...]
    lines: tuple[RegisterLine, ...]
    notes: tuple[str, ...]
    footer: str
    generated_at: datetime


class RegisterPrinter(Protocol):
    def register(self, sheet: RegisterSheet) -> bytes:
        """Give the register as a tagged PDF; a sign that cannot be printed becomes U+FFFD."""
        ...
