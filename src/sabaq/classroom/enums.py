from django.db.models import TextChoices
from django.utils.translation import pgettext_lazy


class ClassState(TextChoices):
    WAITING = "waiting", pgettext_lazy("class", "Not begun")
    LIVE = "live", pgettext_lazy("class", "Live")
    ENDED = "ended", pgettext_lazy("class", "Ended")


class Audience(TextChoices):
    """Who may learn of an event. Presence is staff's alone; `ONE` is that participant and staff."""

    ALL = "all", "all"
    STAFF = "staff", "staff"
    ONE = "one", "one enrolment"
