"""Tests: an attempt is one participant's sitting of one test; every answer is saved as given."""

from django.db import models

from sabaq.courses.models import CourseVersion
from sabaq.enrolment.models import Enrolment
from sabaq.kernel.ids import new_uuid


class Attempt(models.Model):
    """One sitting. It keeps the course version it began with; `seed` gives its stable item order."""

    uuid = models.UUIDField(default=new_uuid, unique=True, editable=False)
    enrolment = models.ForeignKey(Enrolment, models.PROTECT, related_name="attempts")
    version = models.ForeignKey(CourseVersion, models.PROTECT, related_name="+")
    test = models.SlugField(max_length=80)
    seed = models.PositiveIntegerField()
    begun_at = models.DateTimeField()
    handed_in_at = models.DateTimeField(null=True, blank=True)
    correct = models.PositiveSmallIntegerField(null=True, blank=True)
    total = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["enrolment", "test"], name="one_attempt_per_test")
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
