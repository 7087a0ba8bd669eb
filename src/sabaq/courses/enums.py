from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class SessionKind(TextChoices):
    """What a session is. A break is not taught, a trial run enters no attendance and no indicator."""

    OPENING = "opening", pgettext_lazy("session", "Opening")
    TEACHING = "teaching", pgettext_lazy("session", "Lesson")
    PRACTICE = "practice", pgettext_lazy("session", "Practice")
    BREAK = "break", pgettext_lazy("session", "Break")
    CLOSING = "closing", pgettext_lazy("session", "Closing")
    TRIAL = "trial", pgettext_lazy("session", "Trial run")


ATTENDED_KINDS = (
    SessionKind.OPENING,
    SessionKind.TEACHING,
    SessionKind.PRACTICE,
    SessionKind.CLOSING,
)


class ContributorKind(TextChoices):
    TRAINER = "trainer", _("Trainer")
    SPEAKER = "speaker", _("Speaker")
    INTERPRETER = "interpreter", _("Interpreter")


class Phase(TextChoices):
    """When a test is sat: the same items, or the other form of them, before the course and after it."""

    BEFORE = "before", pgettext_lazy("test", "before the course")
    AFTER = "after", pgettext_lazy("test", "after the course")
