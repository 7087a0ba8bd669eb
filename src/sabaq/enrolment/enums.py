from django.db.models import TextChoices
from django.utils.translation import pgettext_lazy


class NominationState(TextChoices):
    """Nobody is rejected: a nominee may be not confirmed *this time*."""

    PROPOSED = "proposed", pgettext_lazy("nomination", "To be decided")
    CONFIRMED = "confirmed", pgettext_lazy("nomination", "Confirmed")
    RESERVE = "reserve", pgettext_lazy("nomination", "On the reserve list")
    DECLINED = "declined", pgettext_lazy("nomination", "Not confirmed this time")
    WITHDRAWN = "withdrawn", pgettext_lazy("nomination", "Withdrawn by the agency")


class EnrolmentState(TextChoices):
    ACTIVE = "active", pgettext_lazy("enrolment", "Enrolled")
    WITHDRAWN = "withdrawn", pgettext_lazy("enrolment", "Withdrawn")


class LetterState(TextChoices):
    QUEUED = "queued", pgettext_lazy("letter", "Queued")
    SENDING = "sending", pgettext_lazy("letter", "Being sent")
    SENT = "sent", pgettext_lazy("letter", "Sent")
    WAITING = "waiting", pgettext_lazy("letter", "To be handed over by you")
    FAILED = "failed", pgettext_lazy("letter", "Could not be sent")
