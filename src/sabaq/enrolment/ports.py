"""What the enrolment app asks of a printer: sheets of access cards, to be cut and handed out."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol


@dataclass(frozen=True)
class AccessCard:
    """One officer's way in. `link` is the personal link, drawn as a QR code; `code` has eight characters."""

    display_name: str
    link: str
    code: str


@dataclass(frozen=True)
class AccessSheet:
    """The cards of one agency, in one language. `address` is the page on which the code is typed."""

    language: str
    agency: str
    course_title: str
    starts_on: date
    ends_on: date
    valid_until: date
    address: str
    cards: tuple[AccessCard, ...]
    contact: str = ""


class AccessSheetPrinter(Protocol):
    def access_sheets(self, sheets: Sequence[AccessSheet]) -> bytes:
        """Give one PDF, each agency beginning a page of its own; no card is ever split over pages."""
        ...
