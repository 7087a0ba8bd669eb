"""Exact counts that have left the office: to whom, why, by whom, and the very paper."""

from dataclasses import dataclass

from django.db import models

from sabaq.courses.models import Edition
from sabaq.kernel.ids import new_uuid

NAME_LENGTH = 200


@dataclass(frozen=True)
class Recipient:
    """Who gets the exact counts, and for what."""

    name: str
    organisation: str
    reason: str

    @property
    def is_whole(self) -> bool:
        return all(said.strip() for said in (self.name, self.organisation, self.reason))


class Annex(models.Model):
    """A donor annex: the exact head counts of one edition, issued to one named recipient with a reason.

    `document` is what was issued, byte for byte: corrections made later change no paper that is out.
    """

    uuid = models.UUIDField(default=new_uuid, unique=True, editable=False)
    edition = models.ForeignKey(Edition, models.PROTECT, related_name="+")
    recipient = models.CharField(max_length=NAME_LENGTH)
    organisation = models.CharField(max_length=NAME_LENGTH)
    reason = models.CharField(max_length=500)
    language = models.CharField(max_length=2)
    issued_by = models.CharField(max_length=NAME_LENGTH)
    issued_at = models.DateTimeField()
    document = models.BinaryField(editable=False)

    class Meta:
        ordering = ["-issued_at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(recipient="")
                & ~models.Q(organisation="")
                & ~models.Q(reason=""),
                name="annex_names_recipient_and_reason",
            )
        ]
