"""Surveys, confidential by construction: who answered and what was answered never share a row.

`SurveyMark` says that somebody has answered. What she answered waits, sealed, as a `SurveySheet` in the
`SurveyPool` of its survey until it leaves with others: then it is taken apart into a `SurveyAnswer` for each
question and a `SurveyComment` for each text, under random keys, with no time and no link, and the rows of the whole
survey are written anew in the order of their keys. See docs/invariants/survey.md.

A `Commitment` is the opposite: one's own word, under one's own name, and the page says who reads it.
"""

import uuid

from django.db import models
from i18nfield.fields import I18nTextField

from sabaq.courses.models import Edition
from sabaq.enrolment.models import Enrolment
from sabaq.feedback.enums import Theme


class SurveyPool(models.Model):
    """Where the sheets of one survey of an edition wait. Its row is the lock of all that is done to them.

    `counted` sheets have left it.
    """

    edition = models.ForeignKey(Edition, models.CASCADE, related_name="+")
    survey = models.SlugField(max_length=80)
    counted = models.PositiveIntegerField(default=0)
    closed_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["edition", "survey"], name="one_pool_per_survey")
        ]


class SurveyMark(models.Model):
    """Says that this enrolment has answered this survey: neither when nor what. The random key keeps no order."""

    key = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    enrolment = models.ForeignKey(Enrolment, models.CASCADE, related_name="+")
    survey = models.SlugField(max_length=80)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["enrolment", "survey"], name="one_mark_per_survey")
        ]


class SurveySheet(models.Model):
    """One sheet that waits, sealed with the server's secret; all sheets of a survey are of one length."""

    key = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    pool = models.ForeignKey(SurveyPool, models.CASCADE, related_name="sheets")
    sealed = models.BinaryField()


class SurveyAnswer(models.Model):
    """One choice for one question. Which other answers are of the same sheet is not kept."""

    key = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    edition = models.ForeignKey(Edition, models.CASCADE, related_name="+")
    survey = models.SlugField(max_length=80)
    question = models.CharField(max_length=80)
    choice = models.CharField(max_length=80)


class SurveyComment(models.Model):
    """One text for one open question, and what the M&E officer has made of it so that others may read it.

    `original` is hers alone. `masked` is the same without what could tell who wrote it; `wording` is that in the
    languages of the interface, typed by `translator`. No column says in which language it was written.
    """

    key = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    edition = models.ForeignKey(Edition, models.CASCADE, related_name="+")
    survey = models.SlugField(max_length=80)
    question = models.CharField(max_length=80)
    original = models.TextField()
    masked = models.TextField(blank=True)
    wording = I18nTextField(blank=True, default="")
    translator = models.CharField(max_length=200, blank=True)
    theme = models.CharField(max_length=20, choices=Theme, blank=True)
    released_on = models.DateField(null=True, blank=True)

    class Meta:
        # By the random key: in no order that means anything.
        ordering = ["key"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(released_on=None)
                | ~(models.Q(masked="") | models.Q(translator="") | models.Q(theme="")),
                name="released_comment_is_complete",
            )
        ]


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
