"""Certificates, as personnel departments accept them. The public check confirms, it never names."""

from django.db import models

from sabaq.credentials.enums import CertificateKind, CertificateState
from sabaq.enrolment.models import Enrolment
from sabaq.kernel.ids import new_uuid


class Certificate(models.Model):
    """Issued once per enrolment and kind; the names stand as they were printed."""

    uuid = models.UUIDField(default=new_uuid, unique=True, editable=False)
    enrolment = models.ForeignKey(Enrolment, models.PROTECT, related_name="certificates")
    number = models.CharField(max_length=40, unique=True)
    kind = models.CharField(
        max_length=14, choices=CertificateKind, default=CertificateKind.PARTICIPATION
    )
    state = models.CharField(
        max_length=10, choices=CertificateState, default=CertificateState.VALID
    )
    native_name = models.CharField(max_length=160)
    latin_name = models.CharField(max_length=160)
    issued_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["enrolment", "kind"],
                condition=models.Q(state=CertificateState.VALID),
                name="one_valid_certificate_of_a_kind",
            ),
        ]
