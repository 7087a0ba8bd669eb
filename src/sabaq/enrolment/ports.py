"""What the enrolment app asks of the world: a printer for sheets of access cards and of rooms, and the post."""

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


@dataclass(frozen=True)
class RoomSheet:
    """The way in of a room's screen, one page to hang beside it. `link` is drawn as a QR code."""

    language: str
    room: str
    place: str
    agency: str
    course_title: str
    starts_on: date
    ends_on: date
    valid_until: date
    address: str
    link: str
    code: str
    contact: str = ""


class RoomSheetPrinter(Protocol):
    def room_sheet(self, sheet: RoomSheet) -> bytes:
        """Give the sheet as a tagged PDF; a sign that cannot be printed becomes U+FFFD."""
        ...


@dataclass(frozen=True)
class Mail:
    """A letter ready for the post. `key` is the same for the same letter, however often it is tried."""

    key: str
    to: str
    subject: str
    body: str
    reply_to: str = ""


class MailRefused(Exception):
    """The address will never take this letter; trying again is of no use."""


class MailDelayed(Exception):
    """The post cannot take the letter now; it may later."""


class Postman(Protocol):
    @property
    def delivers(self) -> bool:
        """Whether letters can leave this server at all."""
        ...

    def deliver(self, mail: Mail) -> None:
        """Hand the letter to the post, or raise `MailRefused` or `MailDelayed`."""
        ...
