"""From certificates, and from what would become one, to sheets of paper."""

import io
import zipfile
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime

from django.utils import translation
from django.utils.text import slugify
from django.utils.translation import gettext

from sabaq.courses.models import Edition
from sabaq.courses.ports import BlobStore
from sabaq.credentials.models import Certificate
from sabaq.credentials.ports import CertificatePrinter, CertificateSheet, PrintedPicture
from sabaq.credentials.queries.claims import Claim
from sabaq.credentials.queries.designs import FIRST, SECOND, imprint_of
from sabaq.credentials.rules.printed import KeptPicture, Printed, printed_from
from sabaq.kernel import ports

# An invented officer, in the scripts of the country whose language is looked at.
_SAMPLE_NAMES = {
    "ru": ("Гүлнұр Әбдіқадырқызы Үлгі", "Gulnur Abdikadyrkyzy Ulgi"),
    "kk": ("Гүлнұр Әбдіқадырқызы Үлгі", "Gulnur Abdikadyrkyzy Ulgi"),
    "ky": ("Жаңыл Өмүрбек кызы Үлгү", "Zhanyl Omurbek kyzy Ulgu"),
    "tg": ("Гулҷаҳон Ӯроқзода Намунавӣ", "Guljahon Uroqzoda Namunavi"),
    "tk": ("Aýgözel Çaryýewa Nusgaýewa", "Aygozel Charyyeva Nusgayeva"),
    "uz": ("Oʻgʻiloy Gʻulom qizi Namunaviy", "Ogiloy Gulom qizi Namunaviy"),
}


def certificate_pdf(certificate: Certificate, *, check_url: str) -> bytes:
    """Give the certificate as a tagged PDF, in the languages in which it was issued."""
    sheet = sheet_of(certificate, check_url=check_url)
    return _print([sheet], title=f"{sheet.texts[0].title}: {sheet.latin_name}")


def certificates_pdf(certificates: Iterable[Certificate], *, check_url: str, title: str) -> bytes:
    """Give one PDF with a page for each of `certificates`; `check_url` ends where a number is put."""
    sheets = [sheet_of(one, check_url=f"{check_url}{one.number}/") for one in certificates]
    return _print(sheets, title=title)


def sheet_of(certificate: Certificate, *, check_url: str) -> CertificateSheet:
    """Give what is printed. `check_url` is the public address that confirms this number."""
    return _sheet(
        printed_from(certificate.printed),
        names=(certificate.native_name, certificate.latin_name),
        number=certificate.number,
        at=certificate.issued_at,
        check_url=check_url,
    )


def preview_pdf(
    edition: Edition, claims: Sequence[Claim], *, at: datetime, check_url: str
) -> bytes:
    """Give one PDF of all that would be issued now to these, each page marked as a preview."""
    imprint = imprint_of(edition)
    mark = _in_both(lambda: gettext("Preview"))
    sheets = [
        _sheet(
            imprint.printed(claim.earned or "", imprint.language_of(claim.enrolment.person), at=at),
            names=(claim.enrolment.person.native_name, claim.enrolment.person.latin_name),
            number=mark,
            at=at,
            check_url=check_url,
            mark=mark,
        )
        for claim in claims
    ]
    return _print(sheets, title=mark)


def sample_pdf(
    edition: Edition, *, kind: str, language: str, at: datetime, check_url: str
) -> bytes:
    """Give the certificate of an invented officer as the design stands, marked as a sample."""
    mark = _in_both(lambda: gettext("Sample"))
    sheet = _sheet(
        imprint_of(edition).printed(kind, language, at=at),
        names=_SAMPLE_NAMES[language],
        number=mark,
        at=at,
        check_url=check_url,
        mark=mark,
    )
    return _print([sheet], title=mark)


def _in_both(word: Callable[[], str]) -> str:
    said = []
    for language in (FIRST, SECOND):
        with translation.override(language):
            said.append(word())
    return " · ".join(said)


def _print(sheets: Sequence[CertificateSheet], *, title: str) -> bytes:
    return ports.get(CertificatePrinter).certificates(sheets, title=title)


def _sheet(
    printed: Printed,
    *,
    names: tuple[str, str],
    number: str,
    at: datetime,
    check_url: str,
    mark: str = "",
) -> CertificateSheet:
    return CertificateSheet(
        number=number,
        native_name=names[0],
        latin_name=names[1],
        texts=printed.texts,
        issued_at=at,
        check_url=check_url,
        logos=tuple(map(_picture, printed.logos)),
        signatures=tuple(_picture(one) if one else None for one in printed.signatures),
        mark=mark,
    )


def _picture(kept: KeptPicture) -> PrintedPicture:
    return PrintedPicture(ports.get(BlobStore).get(kept.digest), kept.kind, kept.words)


def certificates_zip(certificates: Iterable[Certificate], *, check_url: str) -> bytes:
    """Give a ZIP with a PDF of each, named by holder and number; equal bytes for equal certificates."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as folder:
        for one in certificates:
            # A holder's name in Latin letters sorts and survives on every computer.
            name = f"{slugify(one.latin_name) or 'certificate'}_{one.number}.pdf"
            entry = zipfile.ZipInfo(name, one.issued_at.timetuple()[:6])
            entry.compress_type = zipfile.ZIP_DEFLATED
            folder.writestr(entry, certificate_pdf(one, check_url=f"{check_url}{one.number}/"))
    return packed.getvalue()
