"""Polls of a class and what was answered."""

from django.db import models

from sabaq.courses.models import Session
from sabaq.enrolment.models import Enrolment
from sabaq.kernel.ids import new_uuid


class PollRun(models.Model):
    """One asking of a poll prepared in the deck."""

    uuid = models.UUIDField(default=new_uuid, unique=True, editable=False)
    session = models.ForeignKey(Session, models.CASCADE, related_name="polls")
    poll = models.CharField(max_length=80)
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)
    results_shown_at = models.DateTimeField(null=True, blank=True)
    counted_at = models.DateTimeField(null=True, blank=True)
    counted = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["session"],
                condition=models.Q(closed_at__isnull=True),
                name="one_open_poll_per_session",
            ),
        ]


class Vote(models.Model):
    run = models.ForeignKey(PollRun, models.CASCADE, related_name="votes")
    enrolment = models.ForeignKey(Enrolment, models.CASCADE, related_name="+")
    option = models.CharField(max_length=80)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["run", "enrolment"], name="one_vote_per_person")
        ]
