"""Who was in class, and how it is known."""

from django.db import models

from sabaq.courses.models import Session
from sabaq.enrolment.models import Enrolment


class Presence(models.Model):
    """One unbroken stretch of somebody in the live class; attendance is their union per person and day."""

    session = models.ForeignKey(Session, models.CASCADE, related_name="+")
    enrolment = models.ForeignKey(Enrolment, models.CASCADE, related_name="+")
    from_at = models.DateTimeField()
    until_at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["session", "enrolment", "until_at"], name="presence_latest")
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(until_at__gte=models.F("from_at")), name="presence_runs_forward"
            ),
        ]
