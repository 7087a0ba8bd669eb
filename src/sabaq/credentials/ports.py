"""What the credentials app asks of a printer. All texts arrive ready to read; nothing is markup."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol


@dataclass(frozen=True)
class Signatory:
    name: str
    function: str


@dataclass(frozen=True)
class PrintedPicture:
    """A logo or signature that was checked: its bytes, "png" or "svg", and what is read aloud for it."""

    data: bytes
    kind: str
    words: str


@dataclass(frozen=True)
class CertificateText:
    """What the certificate says in one language. `facts` are dates, place and hours, ready to read."""

    language: str
    title: str
    issued_to: str
    confirms: str
    course_title: str
    facts: tuple[str, ...]
    office: str
    signatories: tuple[Signatory, ...]
    number_label: str
    issued_label: str
    issued: str
    check_label: str
    acknowledgement: str = ""


@dataclass(frozen=True)
class CertificateSheet:
    """One certificate, in one or two languages; the first is the document's own, and one of the interface.

    `signatories` stand in the same order in every text, `signatures` too (None: a line to sign on).
    `check_url` is printed and drawn as a QR code. `mark` is laid over what is no certificate yet.
    """

    number: str
    native_name: str
    latin_name: str
    texts: tuple[CertificateText, ...]
    issued_at: datetime
    check_url: str
    logos: tuple[PrintedPicture, ...] = ()
    signatures: tuple[PrintedPicture | None, ...] = ()
    mark: str = ""


class CertificatePrinter(Protocol):
    def certificates(self, sheets: Sequence[CertificateSheet], *, title: str) -> bytes:
        """Give one PDF with a page for each sheet: the same bytes for the same sheets.

        Raise a `DomainError` naming the signs where a text holds any that cannot be printed.
        """
        ...

    def can_draw(self, picture: PrintedPicture) -> bool:
        """Tell whether the picture comes out on paper."""
        ...

    def missing_glyphs(self, text: str) -> frozenset[str]:
        """Give the characters of `text` that cannot be printed; empty when all can."""
        ...
