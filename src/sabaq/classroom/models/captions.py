"""What is said in a class, written down line by line as it is said. Texts live here and nowhere else."""

from django.db import models

from sabaq.courses.models import Session
from sabaq.kernel.ids import new_uuid
from sabaq.people.enums import Language

LONGEST_CAPTION = 200


class Caption(models.Model):
    """One line in one language; `said_at` is when it reached the server.

    Who wrote it stands in the log alone, which names the line by `uuid`. A removed one keeps its row and its
    place there, and has no text any more.
    """

    uuid = models.UUIDField(default=new_uuid, unique=True, editable=False)
    session = models.ForeignKey(Session, models.CASCADE, related_name="+")
    language = models.CharField(max_length=2, choices=Language)
    text = models.CharField(max_length=LONGEST_CAPTION, blank=True)
    said_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["said_at", "id"]
        indexes = [models.Index(fields=["session", "said_at"], name="caption_of_session")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(removed_at__isnull=True) | models.Q(text=""),
                name="removed_caption_has_no_text",
            ),
        ]
