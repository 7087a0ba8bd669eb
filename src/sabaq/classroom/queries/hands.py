"""Hands that are up."""

from django.db.models import QuerySet

from sabaq.classroom.models import Hand
from sabaq.courses.models import Session


def hands_up(session: Session) -> QuerySet[Hand]:
    """Give the hands that are up, the one that waits longest first, with person and agency."""
    return (
        Hand.objects.filter(session=session, lowered_at__isnull=True)
        .select_related("enrolment__person__agency")
        .order_by("raised_at", "id")
    )


def own_hand(session: Session, enrolment_id: int) -> Hand | None:
    """Give this participant's hand if it is up."""
    return Hand.objects.filter(
        session=session, enrolment_id=enrolment_id, lowered_at__isnull=True
    ).first()
