"""What staff tell the whole class in writing."""

from django.db import models
from i18nfield.fields import I18nTextField

from sabaq.courses.models import Session
from sabaq.kernel.ids import new_uuid


class Announcement(models.Model):
    """A short text in one or more languages, shown until it is withdrawn or the class ends.

    The log names it by `uuid` alone; a removed one keeps its place there and has no text any more.
    """

    uuid = models.UUIDField(default=new_uuid, unique=True, editable=False)
    session = models.ForeignKey(Session, models.CASCADE, related_name="+")
    text = I18nTextField(blank=True)
    posted_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    removed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-posted_at", "-id"]
        indexes = [models.Index(fields=["session", "posted_at"], name="announcement_of_session")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(removed_at__isnull=True) | models.Q(text=""),
                name="removed_announcement_has_no_text",
            ),
        ]
