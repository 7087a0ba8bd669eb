"""The live session as an append-only log.

`LiveClass` is the locked counter and the present state of one session; `ClassEvent` is the log, gapless
within a session. Payloads hold ids only, never names or texts. See docs/invariants/class-log.md.
"""

from django.db import models

from sabaq.classroom.enums import Audience, ClassState
from sabaq.courses.models import Session
from sabaq.enrolment.models import Enrolment
from sabaq.kernel.ids import new_uuid


class LiveClass(models.Model):
    session = models.OneToOneField(Session, models.CASCADE, related_name="live_class")
    state = models.CharField(max_length=8, choices=ClassState, default=ClassState.WAITING)
    last_seq = models.PositiveIntegerField(default=0)
    slide = models.CharField(max_length=80, blank=True)
    started_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)


class ClassEvent(models.Model):
    """A frozen fact with a sequence number; `kind` is a name in the past tense."""

    session = models.ForeignKey(Session, models.CASCADE, related_name="+")
    seq = models.PositiveIntegerField()
    kind = models.CharField(max_length=40)
    audience = models.CharField(max_length=8, choices=Audience)
    enrolment = models.ForeignKey(
        Enrolment, models.CASCADE, null=True, blank=True, related_name="+"
    )
    payload = models.JSONField(default=dict)
    actor_key = models.CharField(max_length=64, blank=True)
    at = models.DateTimeField()

    class Meta:
        ordering = ["session", "seq"]
        constraints = [
            models.UniqueConstraint(fields=["session", "seq"], name="one_event_per_seq"),
            models.CheckConstraint(
                condition=models.Q(audience=Audience.ONE, enrolment__isnull=False)
                | ~models.Q(audience=Audience.ONE),
                name="event_for_one_names_the_enrolment",
            ),
        ]


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
