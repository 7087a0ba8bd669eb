"""Who may speak to the whole class besides those who lead it."""

from django.db import models

from sabaq.courses.models import Session
from sabaq.enrolment.models import Enrolment
from sabaq.kernel.ids import new_uuid


class FloorGrant(models.Model):
    """A participant has the floor from `granted_at` until `taken_at`; several may have it at once."""

    uuid = models.UUIDField(default=new_uuid, unique=True, editable=False)
    session = models.ForeignKey(Session, models.CASCADE, related_name="+")
    enrolment = models.ForeignKey(Enrolment, models.CASCADE, related_name="+")
    granted_at = models.DateTimeField()
    taken_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["session", "enrolment"],
                condition=models.Q(taken_at__isnull=True),
                name="one_floor_grant_per_person",
            ),
        ]
