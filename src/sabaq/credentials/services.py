from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from sabaq.courses.models import Edition
from sabaq.credentials.enums import CertificateState
from sabaq.credentials.errors import CannotBePrinted, NoLatinName
from sabaq.credentials.models import Certificate
from sabaq.credentials.ports import CertificatePrinter
from sabaq.credentials.queries import claims_of
from sabaq.credentials.rules import new_number
from sabaq.enrolment.models import Enrolment
from sabaq.kernel import ports
from sabaq.kernel.audit import Signatory, record
from sabaq.kernel.errors import DomainError


@dataclass(frozen=True)
class Refusal:
    """Why a certificate that was earned could not be issued."""

    enrolment: Enrolment
    reason: DomainError


@transaction.atomic
def issue_certificate(enrolment: Enrolment, *, by: Signatory, at: datetime) -> Certificate:
    """Issue the certificate of participation, or give the one that stands.

    Raises `NoLatinName`, or `CannotBePrinted` where the font lacks a sign of either name.
    """
    enrolment = (
        Enrolment.objects.select_for_update(of=("self",))
        .select_related("person")
        .get(pk=enrolment.pk)
    )
    standing = enrolment.certificates.filter(state=CertificateState.VALID).first()
    if standing:
        return standing
    person = enrolment.person
    if not person.latin_name:
        raise NoLatinName
    missing = ports.get(CertificatePrinter).missing_glyphs(person.native_name + person.latin_name)
    if missing:
        raise CannotBePrinted(signs=" ".join(sorted(missing)))
    certificate = Certificate.objects.create(
        enrolment=enrolment,
        number=new_number(at.year),
        native_name=person.native_name,
        latin_name=person.latin_name,
        issued_at=at,
    )
    record(certificate, "issued", by=by, at=at)
    return certificate


def issue_earned_certificates(
    edition: Edition, *, by: Signatory, at: datetime
) -> tuple[list[Certificate], list[Refusal]]:
    """Issue every certificate that was earned and does not stand yet; give them, and what was refused."""
    issued: list[Certificate] = []
    refused: list[Refusal] = []
    for claim in claims_of(edition, at=at):
        if not claim.earned or claim.certificate:
            continue
        try:
            issued.append(issue_certificate(claim.enrolment, by=by, at=at))
        except (NoLatinName, CannotBePrinted) as reason:
            refused.append(Refusal(claim.enrolment, reason))
    return issued, refused


@transaction.atomic
def withdraw_certificate(
    certificate: Certificate, *, by: Signatory, at: datetime, reason: str
) -> None:
    """Withdraw a certificate; the public check then says so. Withdrawing twice changes nothing."""
    certificate = Certificate.objects.select_for_update().get(pk=certificate.pk)
    if certificate.state == CertificateState.WITHDRAWN:
        return
    certificate.state = CertificateState.WITHDRAWN
    certificate.save(update_fields=["state"])
    record(certificate, "withdrawn", by=by, at=at, changed=["state"], reason=reason)
