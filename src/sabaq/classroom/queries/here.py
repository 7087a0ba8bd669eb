"""Who of the enrolled, and of the latecomers let in, is in the class now, who was, and who has not come yet."""

from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef, QuerySet

from sabaq.classroom.models import Presence
from sabaq.courses.models import Contributor, Session
from sabaq.enrolment.enums import STATES_LET_IN
from sabaq.enrolment.models import AccessLink, Enrolment

SEEN_WITHIN = timedelta(minutes=1)


def expected_in(session: Session, *, at: datetime) -> QuerySet[Enrolment]:
    """Give the edition's participants with `is_here` (noted within the last minute) and `was_here`."""
    noted = Presence.objects.filter(session=session, enrolment=OuterRef("pk"))
    return (
        Enrolment.objects.filter(edition=session.edition_id, state__in=STATES_LET_IN)
        .annotate(
            is_here=Exists(noted.filter(until_at__gte=at - SEEN_WITHIN)), was_here=Exists(noted)
        )
        .select_related("person__agency")
        .order_by("person__native_name", "pk")
    )


def present_ids(session: Session, *, at: datetime) -> set[int]:
    """Give the enrolments noted in the class within the last minute."""
    recent = Presence.objects.filter(session=session, until_at__gte=at - SEEN_WITHIN)
    return set(recent.values_list("enrolment_id", flat=True))


def guests_here(session: Session, *, at: datetime) -> QuerySet[Contributor]:
    """Give the guest speakers for whom the class was open within the last minute; they are no participants."""
    links = AccessLink.objects.filter(
        session=session, revoked_at__isnull=True, seen_at__gte=at - SEEN_WITHIN
    )
    return Contributor.objects.filter(pk__in=links.values("guest")).order_by("position", "pk")
