"""The live session as an append-only log.

`LiveClass` is the locked counter and the present state of one session; `ClassEvent` is the log, gapless
within a session. Payloads hold ids only, never names or texts. See docs/invariants/class-log.md.
"""

from django.db import models

from sabaq.classroom.enums import Audience, ClassState
from sabaq.courses.models import Session
from sabaq.enrolment.models import Enrolment


class LiveClass(models.Model):
    """`announced_seq` is the event that last changed what is announced, 0 before any: pages keep it by that.

    `captioned_seq` is the one that last changed the captions. `floor_language` is what was said last; until then
    the floor speaks the edition's first language.
    """

    session = models.OneToOneField(Session, models.CASCADE, related_name="live_class")
    state = models.CharField(max_length=8, choices=ClassState, default=ClassState.WAITING)
    last_seq = models.PositiveIntegerField(default=0)
    slide = models.CharField(max_length=80, blank=True)
    floor_language = models.CharField(max_length=8, blank=True)
    announced_seq = models.PositiveIntegerField(default=0)
    captioned_seq = models.PositiveIntegerField(default=0)
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
        # What the console reads of a long log is a few kinds of it: slides, and who was told what.
        indexes = [models.Index(fields=["session", "kind", "seq"], name="event_by_kind")]
        constraints = [
            models.UniqueConstraint(fields=["session", "seq"], name="one_event_per_seq"),
            models.CheckConstraint(
                condition=models.Q(audience=Audience.ONE, enrolment__isnull=False)
                | ~models.Q(audience=Audience.ONE),
                name="event_for_one_names_the_enrolment",
            ),
        ]
