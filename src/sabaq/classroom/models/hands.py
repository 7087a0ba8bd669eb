"""Hands that are raised in a class."""

from django.db import models

from sabaq.courses.models import Session
from sabaq.enrolment.models import Enrolment
from sabaq.kernel.ids import new_uuid


class Hand(models.Model):
    """One raising of a hand: up until `lowered_at`; `called_at` says when it was given the word."""

    uuid = models.UUIDField(default=new_uuid, unique=True, editable=False)
    session = models.ForeignKey(Session, models.CASCADE, related_name="+")
    enrolment = models.ForeignKey(Enrolment, models.CASCADE, related_name="+")
    raised_at = models.DateTimeField()
    called_at = models.DateTimeField(null=True, blank=True)
    lowered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["session", "enrolment"],
                condition=models.Q(lowered_at__isnull=True),
                name="one_hand_up_per_person",
            ),
        ]
