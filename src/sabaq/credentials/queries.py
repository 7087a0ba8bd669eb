from dataclasses import dataclass
from datetime import datetime

from django.db.models import BigIntegerField, QuerySet

from sabaq.classroom.queries.attendance import attended_minutes
from sabaq.classroom.rules.attendance import full_minutes
from sabaq.courses.models import Edition
from sabaq.courses.queries import course_days
from sabaq.credentials.enums import CertificateKind, CertificateState
from sabaq.credentials.models import Certificate
from sabaq.credentials.rules import earns_participation, tidy_number
from sabaq.enrolment.enums import EnrolmentState
from sabaq.enrolment.models import Enrolment
from sabaq.kernel.statements import Given, Statement

_VALID = Statement(
    lambda: Certificate.objects.filter(
        enrolment=Given("enrolment", BigIntegerField()), state=CertificateState.VALID
    ).order_by("pk")
)


@dataclass(frozen=True)
class Claim:
    """One participant's standing: minutes of each day, whether earned, and the certificate if issued."""

    enrolment: Enrolment
    minutes: tuple[int, ...]
    earned: bool
    certificate: Certificate | None


def valid_certificate_of(enrolment: Enrolment) -> Certificate | None:
    """Give the certificate that stands, or None."""
    return _VALID.first(enrolment=enrolment.pk)


def certificates_of(edition: Edition) -> QuerySet[Certificate]:
    """Give the valid certificates of an edition."""
    return Certificate.objects.filter(enrolment__edition=edition, state=CertificateState.VALID)


def certificate_numbered(typed: str) -> Certificate | None:
    """Give the certificate with this number, however it was typed, with what the public check shows."""
    return (
        Certificate.objects.select_related("enrolment__edition")
        .filter(number=tidy_number(typed))
        .first()
    )


def claims_of(edition: Edition, *, at: datetime | None = None) -> list[Claim]:
    """Give every enrolled participant's standing at this moment, by name, in a fixed number of queries."""
    days = course_days(edition)
    minutes = attended_minutes(edition, at=at)
    issued = {
        c.enrolment_id: c
        for c in certificates_of(edition).filter(kind=CertificateKind.PARTICIPATION)
    }
    enrolments = (
        Enrolment.objects.filter(edition=edition, state=EnrolmentState.ACTIVE)
        .select_related("person__agency", "edition")
        .order_by("person__name_key", "pk")
    )
    return [
        Claim(
            enrolment,
            tuple(full_minutes(minutes.get(enrolment.pk, {}).get(day, 0)) for day in days),
            earns_participation(
                minutes.get(enrolment.pk, {}), days, threshold=edition.attendance_minutes
            ),
            issued.get(enrolment.pk),
        )
        for enrolment in enrolments
    ]
