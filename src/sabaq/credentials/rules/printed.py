"""What a certificate was printed with, beside the names: kept with it, as plain data."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from sabaq.credentials.ports import CertificateText, Signatory


@dataclass(frozen=True)
class KeptPicture:
    """A picture by its digest."""

    digest: str
    kind: str
    words: str


@dataclass(frozen=True)
class Printed:
    texts: tuple[CertificateText, ...]
    logos: tuple[KeptPicture, ...] = ()
    signatures: tuple[KeptPicture | None, ...] = ()

    def as_data(self) -> dict[str, Any]:
        return asdict(self)

    @property
    def letters(self) -> str:
        """Give every letter of the texts, in no order that means anything."""
        return "".join(
            f"{text.title}{text.issued_to}{text.confirms}{text.course_title}{''.join(text.facts)}"
            f"{text.office}{text.number_label}{text.issued_label}{text.issued}{text.check_label}"
            f"{text.acknowledgement}{''.join(one.name + one.function for one in text.signatories)}"
            for text in self.texts
        )

    @property
    def course_titles(self) -> dict[str, str]:
        return {text.language: text.course_title for text in self.texts}


def printed_from(data: Mapping[str, Any]) -> Printed:
    """Give back what `as_data` gave."""
    return Printed(
        texts=tuple(_text(one) for one in data["texts"]),
        logos=tuple(KeptPicture(**one) for one in data["logos"]),
        signatures=tuple(one and KeptPicture(**one) for one in data["signatures"]),
    )


def _text(data: Mapping[str, Any]) -> CertificateText:
    return CertificateText(
        **{
            **data,
            "facts": tuple(data["facts"]),
            "signatories": tuple(Signatory(**one) for one in data["signatories"]),
        }
    )
