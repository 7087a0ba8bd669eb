"""Tests: an attempt is one participant's sitting of one test in one phase; every answer is saved as given.

A test has two phases, before the course and after it, and each is sat once. Of an edition that asks two
forms, an attempt keeps which it was: a participant who sat A before sits B after (`assessment.services.begin_attempt`).
"""

from django.db import models

from sabaq.assessment.enums import Form, Phase
from sabaq.courses.models import CourseVersion
from sabaq.enrolment.models import Enrolment
from sabaq.kernel.ids import new_uuid


class Attempt(models.Model):
    """One sitting. It keeps the course version it began with; `seed` gives its stable item order."""

    uuid = models.UUIDField(default=new_uuid, unique=True, editable=False)
    enrolment = models.ForeignKey(Enrolment, models.PROTECT, related_name="attempts")
    version = models.ForeignKey(CourseVersion, models.PROTECT, related_name="+")
    test = models.SlugField(max_length=80)
    phase = models.CharField(max_length=6, choices=Phase, default=Phase.BEFORE)
    form = models.CharField(max_length=1, choices=Form, blank=True)
    seed = models.PositiveIntegerField()
    begun_at = models.DateTimeField()
    handed_in_at = models.DateTimeField(null=True, blank=True)
    # Handed in by the clock, as it stood when the time was over; an extension opens it again. `handed_in_at` is then
    # when the clock did it: sheets come in in one order, and none is put in among those counted before.
    lapsed = models.BooleanField(default=False)
    correct = models.PositiveSmallIntegerField(null=True, blank=True)
    total = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["enrolment", "test", "phase"], name="one_attempt_per_test_and_phase"
            )
        ]


class Answer(models.Model):
    attempt = models.ForeignKey(Attempt, models.CASCADE, related_name="answers")
    item = models.CharField(max_length=80)
    option = models.CharField(max_length=80)
    answered_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["attempt", "item"], name="one_answer_per_item")
        ]
