"""What was published of an edition, and when: readers outside the office see the last release, never today's count."""

from django.db import models

from sabaq.courses.models import Edition
from sabaq.kernel.ids import new_uuid
from sabaq.reporting.models.annexes import NAME_LENGTH


class Release(models.Model):
    """Figures of one edition as they left the office. A release is never changed; the next one remembers it.

    `figures` are `PublishedFigures`, `outcomes` what tests and surveys said, in each language of the pages.
    """

    uuid = models.UUIDField(default=new_uuid, unique=True, editable=False)
    edition = models.ForeignKey(Edition, models.PROTECT, related_name="+")
    number = models.PositiveIntegerField()
    figures = models.JSONField()
    outcomes = models.JSONField(default=dict)
    released_by = models.CharField(max_length=NAME_LENGTH)
    released_at = models.DateTimeField()

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["edition", "number"], name="one_release_of_a_number"),
            models.CheckConstraint(
                condition=models.Q(number__gte=1), name="releases_count_from_one"
            ),
        ]
