"""Questions of a class. Texts live here and nowhere else, so that they can be erased."""

from typing import Any

from django.db import models
from django.utils.crypto import salted_hmac

from sabaq.courses.models import Session
from sabaq.enrolment.models import Enrolment
from sabaq.kernel.ids import new_uuid
from sabaq.people.enums import Language

LONGEST_QUESTION = 500


class Question(models.Model):
    """A question of a participant; `asker` is None where she asked without her name.

    `supporters` counts those who say "me too", `told` is the number that was last told to the class.
    A removed one keeps its row and its place in the log, and has no text and no asker any more.
    """

    uuid = models.UUIDField(default=new_uuid, unique=True, editable=False)
    session = models.ForeignKey(Session, models.CASCADE, related_name="+")
    asker = models.ForeignKey(Enrolment, models.SET_NULL, null=True, blank=True, related_name="+")
    text = models.CharField(max_length=LONGEST_QUESTION, blank=True)
    language = models.CharField(max_length=2, choices=Language)
    asked_at = models.DateTimeField()
    released_at = models.DateTimeField(null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    merged_into = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="merged"
    )
    supporters = models.PositiveIntegerField(default=0)
    told = models.PositiveIntegerField(default=0)
    told_at = models.DateTimeField(null=True, blank=True)
    removed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["asked_at", "id"]
        indexes = [models.Index(fields=["session", "asked_at"], name="question_of_session")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(removed_at__isnull=True) | models.Q(text="", asker__isnull=True),
                name="removed_question_has_no_text",
            ),
            models.CheckConstraint(
                condition=~models.Q(merged_into=models.F("id")), name="question_not_into_itself"
            ),
        ]


class QuestionTranslation(models.Model):
    """What staff have made of a question in another language."""

    question = models.ForeignKey(Question, models.CASCADE, related_name="translations")
    language = models.CharField(max_length=2, choices=Language)
    text = models.CharField(max_length=LONGEST_QUESTION)

    class Meta:
        ordering = ["language"]
        constraints = [
            models.UniqueConstraint(
                fields=["question", "language"], name="one_translation_per_language"
            ),
        ]


class Support(models.Model):
    """One "me too". It holds a mark in place of a person, and goes when the class ends.

    A mark is keyed with the server's secret and differs from class to class: it says that two are the same
    person, so that nobody counts twice, and not who she is.
    """

    question = models.ForeignKey(Question, models.CASCADE, related_name="+")
    mark = models.CharField(max_length=32)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["question", "mark"], name="one_support_per_person")
        ]


def mark_of(session: Session, enrolment_id: int) -> str:
    """Give the mark by which this participant supports questions of this class."""
    said: Any = salted_hmac("sabaq.support", f"{session.uuid}|{enrolment_id}", algorithm="sha256")
    return str(said.hexdigest())[:32]
