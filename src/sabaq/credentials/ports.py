"""What the credentials app asks of a printer. All texts arrive ready to read; nothing is markup."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol


@dataclass(frozen=True)
class Signatory:
    name: str
    function: str


@dataclass(frozen=True)
class CertificateText:
    """What the certificate says in one language. `place` is where or how: "online", "Astana"."""

    language: str
    course_title: str
    place: str
    office: str
    signatories: tuple[Signatory, ...]
    acknowledgement: str = ""


@dataclass(frozen=True)
class CertificateSheet:
    """One certificate of participation, in one or two languages; the first is the document's own.

    `signatories` stand in the same order in every text. `check_url` is printed and drawn as a QR code.
    """

    number: str
    native_name: str
    latin_name: str
    texts: tuple[CertificateText, ...]
    starts_on: date
    ends_on: date
    hours: int
    issued_at: datetime
    check_url: str


class CertificatePrinter(Protocol):
    def certificate(self, sheet: CertificateSheet) -> bytes:
        """Give the PDF: the same bytes for the same sheet.

        Raise a `DomainError` naming the signs where a text holds any that cannot be printed.
        """
        ...

    def missing_glyphs(self, text: str) -> frozenset[str]:
        """Give the characters of `text` that cannot be printed; empty when all can."""
        ...
