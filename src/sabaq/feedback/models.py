"""Surveys, confidential by construction: who answered and what was answered never share a row.

`SurveyMark` says that somebody has answered. `SurveyAnswer` holds the answer under a random key, with no
time and no link; both commit together. See docs/invariants/survey.md.

A `Commitment` is the opposite: one's own word, under one's own name, and the page says who reads it.
"""

import uuid

from django.db import models

from sabaq.courses.models import Edition
from sabaq.enrolment.models import Enrolment


class SurveyMark(models.Model):
    enrolment = models.ForeignKey(Enrolment, models.CASCADE, related_name="+")
    survey = models.SlugField(max_length=80)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["enrolment", "survey"], name="one_mark_per_survey")
        ]


class SurveyAnswer(models.Model):
    """One answer to one question. The random key keeps no order; `sheet` is not kept on purpose."""

    key = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    edition = models.ForeignKey(Edition, models.CASCADE, related_name="+")
    survey = models.SlugField(max_length=80)
    question = models.CharField(max_length=80)
    choice = models.CharField(max_length=80, blank=True)
    text = models.TextField(blank=True)


class Commitment(models.Model):
    """What one participant means to do after the course. Not confidential; nobody is ranked by it."""

    enrolment = models.OneToOneField(Enrolment, models.CASCADE, related_name="+")
    deed = models.TextField()
    by_when = models.DateField(null=True, blank=True)
    support = models.CharField(max_length=200, blank=True)
    made_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~models.Q(deed=""), name="commitment_says_something")
        ]
