"""Noting who is in class, from the open connection."""

from datetime import datetime, timedelta

from django.db import transaction

from sabaq.classroom.enums import ClassState
from sabaq.classroom.models import LiveClass, Presence
from sabaq.courses.models import Session
from sabaq.enrolment.models import AccessLink

# Two beats may be lost on a bad link before a stretch of presence ends.
PRESENCE_MENDS_GAPS_OF = timedelta(seconds=45)
WAITING_IS_NOTED_FOR = timedelta(hours=1)


@transaction.atomic
def note_presence(session_id: int, enrolment_ids: set[int], *, at: datetime) -> None:
    """Note that these participants are in the class now, or wait for it.

    A stretch that was noted less than 45 s ago is carried on, otherwise a new one begins; so a lost
    network shows as a gap. What is noted a moment out of order makes no stretch more. Waiting is noted from an hour before the planned beginning, so that the
    trainer sees who is here; `attended_minutes` counts it as nothing. After the end nothing is noted.
    """
    if not _is_open_for_presence(session_id, at):
        return
    recent = Presence.objects.filter(
        session_id=session_id,
        enrolment_id__in=enrolment_ids,
        from_at__lte=at + PRESENCE_MENDS_GAPS_OF,
        until_at__gte=at - PRESENCE_MENDS_GAPS_OF,
    ).order_by("until_at")
    latest = {row.enrolment_id: row for row in recent}
    older = [row.pk for row in latest.values() if row.until_at < at]
    Presence.objects.filter(pk__in=older, until_at__lt=at).update(until_at=at)
    Presence.objects.bulk_create(
        Presence(session_id=session_id, enrolment_id=enrolment_id, from_at=at, until_at=at)
        for enrolment_id in sorted(enrolment_ids - latest.keys())
    )


def note_guests(link_ids: set[int], *, at: datetime) -> None:
    """Note that the class is open now for whoever holds these links; a participant's is left alone.

    A guest speaker has no presence: nothing that counts participants can meet her.
    """
    AccessLink.objects.filter(pk__in=link_ids, enrolment__isnull=True).update(seen_at=at)


def note_visit(session_id: int, enrolment_id: int, *, at: datetime) -> None:
    """Note that one participant has opened the page of a class that is live: one statement as a rule, or two.

    Two of her pages at the same moment may make two stretches; attendance is their union.
    """
    noted = Presence.objects.filter(
        session_id=session_id,
        enrolment_id=enrolment_id,
        from_at__lte=at,
        until_at__range=(at - PRESENCE_MENDS_GAPS_OF, at),
    )
    if not noted.update(until_at=at):
        Presence.objects.create(
            session_id=session_id, enrolment_id=enrolment_id, from_at=at, until_at=at
        )


def _is_open_for_presence(session_id: int, at: datetime) -> bool:
    live = LiveClass.objects.filter(session_id=session_id).first()
    if live is not None and live.state != ClassState.WAITING:
        # The reader writes down a moment later whom it saw: seen before the end counts after it too.
        return live.ended_at is None or at <= live.ended_at
    waits = Session.objects.filter(pk=session_id, starts_at__lte=at + WAITING_IS_NOTED_FOR).exists()
    if waits and live is None:
        LiveClass.objects.get_or_create(session_id=session_id)
    return waits
