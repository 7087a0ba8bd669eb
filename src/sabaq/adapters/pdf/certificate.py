"""The certificate of participation: one A4 page, landscape, in one or two languages."""

import re
from collections.abc import Iterable

from django.utils import translation
from django.utils.translation import gettext

from sabaq.adapters.pdf.errors import GlyphsMissing, SignatoriesDiffer
from sabaq.adapters.pdf.glyphs import missing_glyphs, plain
from sabaq.adapters.pdf.typesetting import qr_svg, typeset
from sabaq.adapters.pdf.words import printed_date, printed_dates, printed_hours
from sabaq.credentials.ports import CertificateSheet, CertificateText


def render_certificate(sheet: CertificateSheet) -> bytes:
    """Give the PDF of `sheet`, equal bytes for an equal sheet.

    Raise `GlyphsMissing` where any letter cannot be printed, `SignatoriesDiffer` where the two texts do
    not name the same number of signatories.
    """
    refuse_unprintable(sheet)
    with translation.override(sheet.texts[0].language):
        title = gettext("Certificate of participation")
        qr_alt = gettext("QR code with the address at which this certificate is checked")
    data = {
        "title": f"{title}: {plain(sheet.latin_name)}",
        "number": plain(sheet.number),
        "native_name": plain(sheet.native_name),
        "latin_name": plain(sheet.latin_name),
        "texts": [_in_language(text, sheet) for text in sheet.texts],
        "check_url": sheet.check_url,
        "check_shown": re.sub(r"^https?://", "", sheet.check_url),
        "qr": qr_svg(sheet.check_url),
        "qr_alt": qr_alt,
    }
    return typeset("certificate.typ", data, at=sheet.issued_at)


def refuse_unprintable(sheet: CertificateSheet) -> None:
    """Raise the error that `render_certificate` would raise, if any."""
    if len({len(text.signatories) for text in sheet.texts}) != 1:
        raise SignatoriesDiffer
    missing = missing_glyphs("".join(_texts_of(sheet)))
    if missing:
        raise GlyphsMissing(signs=", ".join(map(_shown, sorted(missing))))


def _shown(char: str) -> str:
    """Give the sign with its code point: an invisible one can be found only by that."""
    return f"{char} (U+{ord(char):04X})" if char.isprintable() else f"U+{ord(char):04X}"


def _texts_of(sheet: CertificateSheet) -> Iterable[str]:
    yield from (sheet.number, sheet.native_name, sheet.latin_name, sheet.check_url)
    for text in sheet.texts:
        yield from (text.course_title, text.place, text.office, text.acknowledgement)
        for signatory in text.signatories:
            yield from (signatory.name, signatory.function)


def _in_language(text: CertificateText, sheet: CertificateSheet) -> dict[str, object]:
    with translation.override(text.language):
        facts = (
            printed_dates(sheet.starts_on, sheet.ends_on),
            plain(text.place),
            printed_hours(sheet.hours),
        )
        return {
            "language": text.language,
            "title": gettext("Certificate of participation"),
            "issued_to": gettext("This certificate is issued to"),
            "confirms": gettext("in confirmation of participation in the training course"),
            "course_title": plain(text.course_title),
            "facts": " · ".join(fact for fact in facts if fact),
            "office": plain(text.office),
            "acknowledgement": plain(text.acknowledgement),
            "number_label": gettext("Certificate number"),
            "issued_label": gettext("Date of issue"),
            "issued": printed_date(sheet.issued_at.date()),
            "check_label": gettext("Check this certificate at"),
            "signatories": [
                {"name": plain(signatory.name), "function": plain(signatory.function)}
                for signatory in text.signatories
            ],
        }
