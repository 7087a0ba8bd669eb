from django.db.models import TextChoices
from django.utils.translation import pgettext_lazy


class Theme(TextChoices):
    """What a comment is about, as the M&E officer sorts it."""

    CONTENT = "content", pgettext_lazy("theme of a comment", "Content")
    TEACHING = "teaching", pgettext_lazy("theme of a comment", "Trainers and methods")
    LANGUAGE = "language", pgettext_lazy("theme of a comment", "Languages and interpretation")
    TECHNOLOGY = "technology", pgettext_lazy("theme of a comment", "Technology and connection")
    ORGANISATION = "organisation", pgettext_lazy("theme of a comment", "Time and organisation")
    AT_WORK = "at-work", pgettext_lazy("theme of a comment", "Use at work")
    OTHER = "other", pgettext_lazy("theme of a comment", "Something else")
