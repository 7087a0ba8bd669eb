"""What a certificate says: made from the edition and the names as they stood when it was issued."""

from sabaq.courses.enums import ContributorKind
from sabaq.courses.models import Edition
from sabaq.credentials.models import Certificate
from sabaq.credentials.ports import CertificatePrinter, CertificateSheet, CertificateText, Signatory
from sabaq.kernel import ports
from sabaq.kernel.i18n import text_in

_ONLINE = {"en": "online", "ru": "онлайн"}


def certificate_pdf(certificate: Certificate, *, check_url: str) -> bytes:
    """Give the certificate in English and Russian as a tagged PDF."""
    return ports.get(CertificatePrinter).certificate(sheet_of(certificate, check_url=check_url))


def sheet_of(certificate: Certificate, *, check_url: str) -> CertificateSheet:
    """Give what is printed. `check_url` is the public address that confirms this number."""
    edition = certificate.enrolment.edition
    return CertificateSheet(
        number=certificate.number,
        native_name=certificate.native_name,
        latin_name=certificate.latin_name,
        texts=tuple(_text(edition, language) for language in ("en", "ru")),
        starts_on=edition.starts_on,
        ends_on=edition.ends_on,
        hours=round(edition.hours),
        issued_at=certificate.issued_at,
        check_url=check_url,
    )


def _text(edition: Edition, language: str) -> CertificateText:
    def said(value: object) -> str:
        return text_in(value, language).text

    speaker = edition.contributors.filter(kind=ContributorKind.SPEAKER).first()
    signatory = (
        Signatory(said(speaker.name), said(speaker.function))
        if speaker
        else Signatory(said(edition.contact_name), said(edition.contact_function))
    )
    donors = dict.fromkeys(
        said(project.donor.name) for project in edition.projects.select_related("donor")
    )
    return CertificateText(
        language=language,
        course_title=said(edition.title),
        place=_ONLINE[language],
        office=said(edition.contact_office),
        signatories=(signatory,),
        acknowledgement=", ".join(donors),
    )
