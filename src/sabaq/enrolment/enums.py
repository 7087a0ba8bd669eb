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
    """Only an active enrolment takes a seat and is counted anywhere.

    A provisional one is a latecomer's, let in before the organiser has decided; a declined one was not
    confirmed this time.
    """

    ACTIVE = "active", pgettext_lazy("enrolment", "Enrolled")
    PROVISIONAL = "provisional", pgettext_lazy("enrolment", "Admitted provisionally")
    WITHDRAWN = "withdrawn", pgettext_lazy("enrolment", "Withdrawn")
    DECLINED = "declined", pgettext_lazy("enrolment", "Not confirmed this time")


# Whose personal link opens: those with a seat, and latecomers until the organiser has decided.
STATES_LET_IN = (EnrolmentState.ACTIVE, EnrolmentState.PROVISIONAL)
# Who is or was enrolled; a latecomer whom nobody has confirmed never was.
STATES_ENROLLED = (EnrolmentState.ACTIVE, EnrolmentState.WITHDRAWN)


class LetterState(TextChoices):
    QUEUED = "queued", pgettext_lazy("letter", "Queued")
    SENDING = "sending", pgettext_lazy("letter", "Being sent")
    SENT = "sent", pgettext_lazy("letter", "Sent")
    WAITING = "waiting", pgettext_lazy("letter", "To be handed over by you")
    FAILED = "failed", pgettext_lazy("letter", "Could not be sent")
