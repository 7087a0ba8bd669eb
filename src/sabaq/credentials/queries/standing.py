"""Certificates that were issued."""

from django.db.models import BigIntegerField, QuerySet

from sabaq.courses.models import Edition
from sabaq.credentials.enums import CertificateState
from sabaq.credentials.models import Certificate
from sabaq.credentials.rules.numbers import tidy_number
from sabaq.enrolment.models import Enrolment
from sabaq.kernel.statements import Given, Statement

_VALID = Statement(
    lambda: Certificate.objects.filter(
        enrolment=Given("enrolment", BigIntegerField()), state=CertificateState.VALID
    )
)


def valid_certificate_of(enrolment: Enrolment) -> Certificate | None:
    """Give the certificate that stands, or None."""
    return _VALID.first(enrolment=enrolment.pk)


def latest_certificate_of(enrolment: Enrolment) -> Certificate | None:
    """Give the certificate issued last, whatever became of it, or None."""
    return Certificate.objects.filter(enrolment=enrolment).order_by("-pk").first()


def certificates_of(edition: Edition) -> QuerySet[Certificate]:
    """Give the valid certificates of an edition."""
    return Certificate.objects.filter(enrolment__edition=edition, state=CertificateState.VALID)


def certificates_to_print(edition: Edition) -> QuerySet[Certificate]:
    """Give the valid certificates with person and agency, in the order in which they are handed out."""
    return (
        certificates_of(edition)
        .select_related("enrolment__person__agency")
        .order_by(
            "enrolment__person__agency__country",
            "enrolment__person__agency__key",
            "enrolment__person__name_key",
            "pk",
        )
    )


def certificate_numbered(typed: str) -> Certificate | None:
    """Give the certificate with this number, however it was typed, with what the public check shows."""
    return (
        Certificate.objects.select_related("enrolment__edition", "replaced_by")
        .filter(number=tidy_number(typed))
        .first()
    )
