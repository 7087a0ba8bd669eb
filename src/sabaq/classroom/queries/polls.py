"""Polls as they run and what they came to."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Count, F, Q, QuerySet

from sabaq.classroom.models import PollRun
from sabaq.courses.models import Session


def current_poll(session: Session) -> PollRun | None:
    """Give the poll that was opened last: it is open, or closed, or its results are shown."""
    return PollRun.objects.filter(session=session).order_by("-opened_at", "-id").first()


def uncounted_polls(session_ids: Iterable[int], *, counted_before: datetime) -> QuerySet[PollRun]:
    """Give the open polls of these sessions of which more have voted than everyone was told back then."""
    return (
        PollRun.objects.filter(session__in=session_ids, closed_at__isnull=True)
        .filter(Q(counted_at__isnull=True) | Q(counted_at__lte=counted_before))
        .annotate(cast=Count("votes"))
        .exclude(cast=F("counted"))
        .select_related("session")
    )


def counts_of(run: PollRun) -> dict[str, int]:
    """Give the votes per option; an option without votes is absent."""
    rows = run.votes.values("option").annotate(votes=Count("id")).values_list("option", "votes")
    return dict(rows)
