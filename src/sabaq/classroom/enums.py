from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sabaq.courses.packs import PollKind


class ClassState(TextChoices):
    WAITING = "waiting", pgettext_lazy("class", "Not begun")
    LIVE = "live", pgettext_lazy("class", "Live")
    ENDED = "ended", pgettext_lazy("class", "Ended")


class Audience(TextChoices):
    """Who may learn of an event. Presence is staff's alone, a vote is no event; `ONE` is that participant and staff."""

    ALL = "all", "all"
    STAFF = "staff", "staff"
    ONE = "one", "one enrolment"


POLL_KINDS = (
    (PollKind.SINGLE.value, pgettext_lazy("poll", "One answer")),
    (PollKind.MULTIPLE.value, pgettext_lazy("poll", "Several answers")),
    (PollKind.SCALE.value, pgettext_lazy("poll", "Scale from 1 to 5")),
    (PollKind.WORD.value, pgettext_lazy("poll", "One or two words")),
)


class CorrectionKind(TextChoices):
    ADDED = "added", pgettext_lazy("correction", "Minutes added")
    TAKEN = "taken", pgettext_lazy("correction", "Minutes taken away")
    UNDONE = "undone", pgettext_lazy("correction", "Correction undone")


class Recorded(TextChoices):
    """How somebody's minutes are known."""

    CONNECTION = "connection", pgettext_lazy("attendance", "by connection")
    HOST = "host", pgettext_lazy("attendance", "by host")
    CORRECTED = "corrected", pgettext_lazy("attendance", "corrected")


class Trouble(TextChoices):
    """What a participant says is wrong."""

    SENSES = "senses", _("I cannot hear or see")
    STUCK = "stuck", _("My page does not move")
    OTHER = "other", _("Something else")


class Following(TextChoices):
    """How her page learns of what happens."""

    STREAM = "stream", _("by a live stream")
    ASKING = "asking", _("by asking again and again")
    RELOADING = "reloading", _("by reloading itself")
