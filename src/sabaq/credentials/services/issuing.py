"""Issuing, correcting and withdrawing certificates."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from sabaq.courses.models import Edition
from sabaq.credentials.enums import CertificateKind, CertificateState
from sabaq.credentials.errors import (
    AlreadyReplaced,
    CannotBePrinted,
    DesignCannotBePrinted,
    NoLatinName,
    ReasonMissing,
    WasWithdrawn,
)
from sabaq.credentials.models import Certificate
from sabaq.credentials.ports import CertificatePrinter
from sabaq.credentials.queries.claims import claims_of, obstacle_of
from sabaq.credentials.queries.designs import Imprint, imprint_of
from sabaq.credentials.rules.numbers import new_number
from sabaq.credentials.rules.printed import Printed
from sabaq.credentials.rules.signs import shown_signs
from sabaq.enrolment.models import Enrolment
from sabaq.kernel import ports
from sabaq.kernel.audit import Signatory, record
from sabaq.kernel.errors import DomainError
from sabaq.people.services import correct_person


@dataclass(frozen=True)
class Refusal:
    """Why a certificate that was earned could not be issued."""

    enrolment: Enrolment
    reason: DomainError


@transaction.atomic
def issue_certificate(
    enrolment: Enrolment,
    *,
    by: Signatory,
    at: datetime,
    kind: CertificateKind = CertificateKind.PARTICIPATION,
    imprint: Imprint | None = None,
) -> Certificate:
    """Issue a certificate, or give the one that stands; `imprint` saves reading the design again.

    Raises `NoLatinName`, `CannotBePrinted` where the font lacks a sign of either name, `DesignCannotBePrinted`
    where it lacks one of the other texts, or `WasWithdrawn`: what was withdrawn comes back by
    `reissue_certificate` alone.
    """
    enrolment = _locked(enrolment.pk)
    last = enrolment.certificates.order_by("-pk").first()
    if last is not None and last.state == CertificateState.VALID:
        return last
    if last is not None and last.state == CertificateState.WITHDRAWN:
        raise WasWithdrawn
    certificate = _print_new(enrolment, kind, imprint or imprint_of(enrolment.edition), at)
    record(certificate, "issued", by=by, at=at)
    return certificate


def issue_earned_certificates(
    edition: Edition, *, by: Signatory, at: datetime
) -> tuple[list[Certificate], list[Refusal]]:
    """Issue every certificate that was earned and never issued; give them, and what was refused.

    Raises `DesignCannotBePrinted`, and issues none, where the texts of all of them cannot be printed.
    """
    issued: list[Certificate] = []
    refused: list[Refusal] = []
    imprint = imprint_of(edition)
    owed = [claim for claim in claims_of(edition, at=at) if claim.is_owed]
    for language in {imprint.language_of(claim.enrolment.person) for claim in owed}:
        _refuse_unprintable(imprint.printed(CertificateKind.PARTICIPATION, language, at=at))
    for claim in owed:
        if claim.earned is None:
            continue
        try:
            issued.append(
                issue_certificate(claim.enrolment, by=by, at=at, kind=claim.earned, imprint=imprint)
            )
        except (NoLatinName, CannotBePrinted, WasWithdrawn) as reason:
            refused.append(Refusal(claim.enrolment, reason))
    return issued, refused


@transaction.atomic
def reissue_certificate(
    certificate: Certificate,
    names: Mapping[str, str],
    *,
    kind: CertificateKind | None = None,
    by: Signatory,
    at: datetime,
    reason: str,
) -> Certificate:
    """Issue it again under a new number, with `names` corrected in the person's own data too.

    A valid one becomes *replaced* and answers so; a withdrawn one stays *withdrawn*. Without `kind` it stays
    of its kind. Raises `AlreadyReplaced` where a newer one exists, `ValidationError` naming the fields of names
    that cannot stand, or what `issue_certificate` raises of names.
    """
    enrolment = _locked(certificate.enrolment_id)
    last = enrolment.certificates.order_by("-pk").first()
    if last is None or last.pk != certificate.pk:
        raise AlreadyReplaced
    before = {"native_name": last.native_name, "latin_name": last.latin_name}
    enrolment.person = correct_person(enrolment.person, names, by=by, at=at)
    replaces = last.state == CertificateState.VALID
    if replaces:
        last.state = CertificateState.REPLACED
        last.save(update_fields=["state"])
    new = _print_new(
        enrolment, kind or CertificateKind(last.kind), imprint_of(enrolment.edition), at
    )
    if replaces:
        last.replaced_by = new
        last.save(update_fields=["replaced_by"])
        record(last, "replaced", by=by, at=at, changed=["state", "replaced_by"], reason=reason)
    changed = [name for name, value in before.items() if getattr(new, name) != value]
    record(new, "issued again", by=by, at=at, changed=changed, reason=reason)
    return new


@transaction.atomic
def withdraw_certificate(
    certificate: Certificate, *, by: Signatory, at: datetime, reason: str
) -> None:
    """Withdraw a valid certificate; the public check then says so. Withdrawing twice changes nothing.

    Raises `ReasonMissing`.
    """
    if not reason.strip():
        raise ReasonMissing
    certificate = Certificate.objects.select_for_update().get(pk=certificate.pk)
    if certificate.state != CertificateState.VALID:
        return
    certificate.state = CertificateState.WITHDRAWN
    certificate.save(update_fields=["state"])
    record(certificate, "withdrawn", by=by, at=at, changed=["state"], reason=reason)


def _locked(pk: int) -> Enrolment:
    """Lock the enrolment: two organisers issuing at once give one certificate."""
    return (
        Enrolment.objects.select_for_update(of=("self",))
        .select_related("person__agency", "edition")
        .get(pk=pk)
    )


def _print_new(
    enrolment: Enrolment, kind: CertificateKind, imprint: Imprint, at: datetime
) -> Certificate:
    person = enrolment.person
    obstacle = obstacle_of(person)
    if obstacle is not None:
        raise obstacle
    printed = imprint.printed(kind, imprint.language_of(person), at=at)
    _refuse_unprintable(printed)
    return Certificate.objects.create(
        enrolment=enrolment,
        number=new_number(at.year),
        kind=kind,
        native_name=person.native_name,
        latin_name=person.latin_name,
        printed=printed.as_data(),
        issued_at=at,
    )


def _refuse_unprintable(printed: Printed) -> None:
    # What the edition's own texts lack would leave a number without a paper.
    signs = ports.get(CertificatePrinter).missing_glyphs(printed.letters)
    if signs:
        raise DesignCannotBePrinted(signs=shown_signs(signs))
