"""Who was in class, and how it is known: measured, seen by the host, corrected by hand.

A row is added, never changed into something else: what was measured stays beside what corrects it.
See docs/invariants/attendance.md.
"""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from sabaq.classroom.enums import CorrectionKind
from sabaq.courses.models import Session
from sabaq.enrolment.models import Enrolment, Room
from sabaq.kernel.ids import new_uuid


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


class RoomMark(models.Model):
    """The host saw this participant sit in the room for this session; it counts for the class's live time."""

    session = models.ForeignKey(Session, models.CASCADE, related_name="+")
    room = models.ForeignKey(Room, models.CASCADE, related_name="+")
    enrolment = models.ForeignKey(Enrolment, models.CASCADE, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["session", "enrolment"], name="in_one_room_of_a_session"
            ),
        ]


class PresenceCorrection(models.Model):
    """Minutes of one participant in one session added or taken away by hand, or an earlier correction undone.

    Without `from_at` and `until_at` the whole session is meant. Never changed and never deleted: who was
    wrong adds another one.
    """

    uuid = models.UUIDField(default=new_uuid, unique=True, editable=False)
    session = models.ForeignKey(Session, models.CASCADE, related_name="+")
    enrolment = models.ForeignKey(Enrolment, models.CASCADE, related_name="+")
    kind = models.CharField(max_length=8, choices=CorrectionKind)
    from_at = models.DateTimeField(null=True, blank=True)
    until_at = models.DateTimeField(null=True, blank=True)
    undoes = models.OneToOneField(
        "self", models.CASCADE, null=True, blank=True, related_name="undone_by"
    )
    reason = models.CharField(_("reason"), max_length=300)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    at = models.DateTimeField()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(condition=~models.Q(reason=""), name="correction_has_a_reason"),
            models.CheckConstraint(
                condition=models.Q(kind=CorrectionKind.UNDONE, undoes__isnull=False)
                | (~models.Q(kind=CorrectionKind.UNDONE) & models.Q(undoes__isnull=True)),
                name="correction_undoes_or_changes",
            ),
            models.CheckConstraint(
                condition=models.Q(from_at__isnull=True, until_at__isnull=True)
                | models.Q(until_at__gt=models.F("from_at")),
                name="correction_runs_forward",
            ),
        ]
