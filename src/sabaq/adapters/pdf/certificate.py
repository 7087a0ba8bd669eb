"""Certificates: one A4 page each, landscape, in one or two languages."""

import hashlib
import re
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime

import typst
from django.utils import translation
from django.utils.translation import gettext

from sabaq.adapters.pdf.errors import GlyphsMissing, SignatoriesDiffer
from sabaq.adapters.pdf.glyphs import missing_glyphs, plain
from sabaq.adapters.pdf.typesetting import qr_svg, typeset
from sabaq.credentials.ports import CertificateSheet, CertificateText, PrintedPicture
from sabaq.credentials.rules.signs import shown_signs

# Fewer letters than these always find room; measuring whether more do takes twice the time of setting the page.
WORDY = 1500


def render_certificates(sheets: Sequence[CertificateSheet], *, title: str) -> bytes:
    """Give one PDF with a page for each sheet, equal bytes for equal sheets. There must be at least one.

    Raise `GlyphsMissing` where any letter cannot be printed, `SignatoriesDiffer` where the two texts do
    not name the same number of signatories.
    """
    if not sheets:
        raise ValueError("There is no certificate to print.")
    for sheet in sheets:
        refuse_unprintable(sheet)
    pictures: dict[str, bytes] = {}
    with translation.override(sheets[0].texts[0].language):
        data = {
            "title": plain(title),
            "language": sheets[0].texts[0].language,
            "author": plain(sheets[0].texts[0].office),
            "mark": plain(sheets[0].mark),
            "qr_alt": gettext("QR code with the address at which this certificate is checked"),
            "sheets": [_page(sheet, pictures) for sheet in sheets],
        }
    return typeset(
        "certificate.typ", data, at=max(sheet.issued_at for sheet in sheets), pictures=pictures
    )


def can_draw(picture: PrintedPicture) -> bool:
    """Tell whether the picture comes out on paper, by printing it."""
    try:
        typeset(
            "picture.typ",
            {"path": f"picture.{picture.kind}"},
            at=datetime(2000, 1, 1, tzinfo=UTC),
            pictures={f"picture.{picture.kind}": picture.data},
        )
    except typst.TypstError:
        return False
    return True


def refuse_unprintable(sheet: CertificateSheet) -> None:
    """Raise the error that `render_certificates` would raise, if any."""
    if len({len(text.signatories) for text in sheet.texts}) != 1:
        raise SignatoriesDiffer
    missing = missing_glyphs("".join(_texts_of(sheet)))
    if missing:
        raise GlyphsMissing(signs=shown_signs(missing))


def _texts_of(sheet: CertificateSheet) -> Iterable[str]:
    yield from (sheet.number, sheet.native_name, sheet.latin_name, sheet.check_url, sheet.mark)
    for text in sheet.texts:
        yield from (text.title, text.issued_to, text.confirms, text.course_title, *text.facts)
        yield from (text.office, text.acknowledgement, text.issued)
        yield from (text.number_label, text.issued_label, text.check_label)
        for signatory in text.signatories:
            yield from (signatory.name, signatory.function)


def _page(sheet: CertificateSheet, pictures: dict[str, bytes]) -> dict[str, object]:
    return {
        "number": plain(sheet.number),
        "native_name": plain(sheet.native_name),
        "latin_name": plain(sheet.latin_name),
        "texts": [_in_language(text) for text in sheet.texts],
        "logos": [_picture(logo, logo.words, pictures) for logo in sheet.logos],
        "signatures": [
            one and _picture(one, gettext("Signature of %(name)s") % {"name": one.words}, pictures)
            for one in sheet.signatures
        ],
        "check_url": sheet.check_url,
        "check_shown": re.sub(r"^https?://", "", sheet.check_url).rstrip("/"),
        "qr": qr_svg(sheet.check_url),
        "is_wordy": sum(map(len, _texts_of(sheet))) > WORDY,
    }


def _picture(picture: PrintedPicture, words: str, pictures: dict[str, bytes]) -> dict[str, str]:
    """Keep the picture once among the files of the document, whichever pages show it."""
    path = f"{hashlib.sha256(picture.data).hexdigest()}.{picture.kind}"
    pictures[path] = picture.data
    return {"path": path, "words": plain(words)}


def _in_language(text: CertificateText) -> dict[str, object]:
    return {
        "language": text.language,
        "title": plain(text.title),
        "issued_to": plain(text.issued_to),
        "confirms": plain(text.confirms),
        "course_title": plain(text.course_title),
        "facts": " · ".join(plain(fact) for fact in text.facts if plain(fact)),
        "office": plain(text.office),
        "acknowledgement": plain(text.acknowledgement),
        "number_label": plain(text.number_label),
        "issued_label": plain(text.issued_label),
        "issued": plain(text.issued),
        "check_label": plain(text.check_label),
        "signatories": [
            {"name": plain(signatory.name), "function": plain(signatory.function)}
            for signatory in text.signatories
        ],
    }
