"""Polls as they were prepared or made on the spot, as they run, and what they came to."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db.models import Count, F, Q, QuerySet

from sabaq.classroom.models import PollRun, PollWord, SpotPoll, Vote
from sabaq.classroom.rules.polls import LIVE_TOTALS_FROM
from sabaq.courses.models import Session
from sabaq.courses.packs import Option, Poll, PollKind
from sabaq.courses.queries import pack_of


def poll_of(session: Session, key: str) -> Poll | None:
    """Give a poll prepared in the session's topic, or made on the spot in it."""
    topic = pack_of(session.edition.version).topic(session.topic) if session.topic else None
    prepared = topic.poll(key) if topic else None
    if prepared is not None:
        return prepared
    spot = spot_poll(session, key)
    return as_poll(spot) if spot else None


def spot_poll(session: Session, key: str) -> SpotPoll | None:
    """Give the poll made on the spot whose uuid is `key`, unless it was removed."""
    try:
        uuid = UUID(key)
    except ValueError:
        return None
    return spot_polls(session).filter(uuid=uuid).first()


def spot_polls(session: Session) -> QuerySet[SpotPoll]:
    """Give the polls made on the spot, those removed left out, the newest first."""
    return SpotPoll.objects.filter(session=session, removed_at__isnull=True).order_by("-id")


def as_poll(spot: SpotPoll) -> Poll:
    """Give a poll made on the spot in the form of a prepared one."""
    options = tuple(Option(option["key"], option["text"]) for option in spot.options)
    return Poll(str(spot.uuid), PollKind(spot.kind), spot.question, options)


def current_poll(session: Session) -> PollRun | None:
    """Give the poll that was opened last: it is open, or closed, or its results are shown."""
    return PollRun.objects.filter(session=session).order_by("-opened_at", "-id").first()


def runs_of(session: Session) -> QuerySet[PollRun]:
    """Give every asking of a poll in the session, in order."""
    return PollRun.objects.filter(session=session).order_by("opened_at", "id")


def uncounted_polls(session_ids: Iterable[int], *, counted_before: datetime) -> QuerySet[PollRun]:
    """Give the open polls of these sessions of which more is to be told than was told back then."""
    return (
        PollRun.objects.filter(session__in=session_ids, closed_at__isnull=True)
        .filter(Q(counted_at__isnull=True) | Q(counted_at__lte=counted_before))
        .annotate(cast=Count("votes"), fresh=Count("votes", filter=Q(votes__is_new=True)))
        .filter(~Q(cast=F("counted")) | Q(fresh__gte=LIVE_TOTALS_FROM))
        .select_related("session")
    )


def own_vote(run: PollRun, *, enrolment_id: int) -> Vote | None:
    """Give what this participant has chosen in an open poll, for her own page and no other."""
    return Vote.objects.filter(run=run, enrolment_id=enrolment_id).first()


def words_in(run: PollRun) -> QuerySet[PollWord]:
    """Give the words answered in a closed poll, those removed left out, often first."""
    return run.words.filter(removed_at__isnull=True).order_by("-votes", "id")
