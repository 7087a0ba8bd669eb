"""Calls for help from a participant's class page to the host."""

from django.db import models

from sabaq.classroom.enums import Following, Trouble
from sabaq.courses.models import Session
from sabaq.enrolment.models import Enrolment
from sabaq.kernel.ids import new_uuid


class HelpCall(models.Model):
    """One call for help, open until it is answered; at most one open call a person.

    Everything but what kind of trouble it was and when is blanked at the end of the class.
    """

    uuid = models.UUIDField(default=new_uuid, unique=True, editable=False)
    session = models.ForeignKey(Session, models.CASCADE, related_name="+")
    enrolment = models.ForeignKey(Enrolment, models.CASCADE, related_name="+")
    trouble = models.CharField(max_length=8, choices=Trouble)
    text = models.CharField(max_length=300, blank=True)
    reply = models.CharField(max_length=300, blank=True)
    browser = models.CharField(max_length=60, blank=True)
    screen_width = models.PositiveIntegerField(null=True, blank=True)
    connection = models.CharField(max_length=20, blank=True)
    round_trip_ms = models.PositiveIntegerField(null=True, blank=True)
    following = models.CharField(max_length=10, choices=Following, blank=True)
    silent_seconds = models.PositiveIntegerField(null=True, blank=True)
    called_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["session", "enrolment"],
                condition=models.Q(answered_at__isnull=True),
                name="one_open_help_call_per_person",
            ),
        ]
