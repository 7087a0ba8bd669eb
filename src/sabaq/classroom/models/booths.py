"""Who interprets between which two languages, and who of them is heard."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from sabaq.courses.models import Session
from sabaq.kernel.ids import new_uuid


class BoothSeat(models.Model):
    """An interpreter's place in a class. A booth is all the seats with the same pair of languages.

    `first` and `second` are that pair, in alphabetical order; `into` is the one she speaks into. While she is
    on air `turn` names this turn and `on_air_since` says from when. `asked_at` is when she asked for a handover:
    to take over, or, on air herself, to be relieved.
    """

    uuid = models.UUIDField(default=new_uuid, unique=True, editable=False)
    session = models.ForeignKey(Session, models.CASCADE, related_name="+")
    account = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    first = models.CharField(max_length=8)
    second = models.CharField(max_length=8)
    into = models.CharField(max_length=8)
    turn = models.UUIDField(null=True, blank=True)
    on_air_since = models.DateTimeField(null=True, blank=True)
    asked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["session", "account"], name="one_seat_per_interpreter"),
            models.UniqueConstraint(
                fields=["session", "first", "second"],
                condition=Q(turn__isnull=False),
                name="one_on_air_per_booth",
            ),
            models.UniqueConstraint(
                fields=["session", "into"],
                condition=Q(turn__isnull=False),
                name="one_on_air_per_language",
            ),
            models.CheckConstraint(
                condition=Q(first__lt=F("second")) & (Q(into=F("first")) | Q(into=F("second"))),
                name="booth_has_two_languages",
            ),
            models.CheckConstraint(
                condition=Q(turn__isnull=True, on_air_since__isnull=True)
                | Q(turn__isnull=False, on_air_since__isnull=False),
                name="on_air_since_a_moment",
            ),
        ]

    @property
    def is_on_air(self) -> bool:
        return self.turn is not None

    @property
    def other(self) -> str:
        """Give the language of the pair that she does not speak into."""
        return self.first if self.into == self.second else self.second
