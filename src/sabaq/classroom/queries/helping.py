"""Calls for help."""

from datetime import datetime, timedelta

from django.db.models import Q, QuerySet

from sabaq.classroom.models import HelpCall
from sabaq.courses.models import Session

# After that she has read the reply, or has called again.
REPLY_STANDS_FOR = timedelta(minutes=15)


def open_help_calls(session: Session) -> QuerySet[HelpCall]:
    """Give the calls nobody has answered, the oldest first, with person and agency."""
    return (
        HelpCall.objects.filter(session=session, answered_at__isnull=True)
        .select_related("enrolment__person__agency")
        .order_by("called_at", "id")
    )


def own_help_call(session: Session, enrolment_id: int, *, at: datetime) -> HelpCall | None:
    """Give this participant's latest call, if it is open or was answered a short while ago."""
    return (
        HelpCall.objects.filter(session=session, enrolment_id=enrolment_id)
        .filter(Q(answered_at__isnull=True) | Q(answered_at__gt=at - REPLY_STANDS_FOR))
        .order_by("-called_at", "-id")
        .first()
    )
