"""Figures leave the office when somebody says so, and stand until she says so again."""

from datetime import datetime

from django.db import transaction

from sabaq.courses.models import Edition
from sabaq.kernel.audit import record
from sabaq.people.actors import Actor
from sabaq.reporting.errors import FiguresPublishedMeanwhile
from sabaq.reporting.models import Release
from sabaq.reporting.releases import figures_due


def publish_figures(edition: Edition, number: int, *, by: Actor, at: datetime) -> Release:
    """Publish the figures of today as release `number` of the edition.

    Raises `FiguresPublishedMeanwhile` where that number is taken: its figures decide what can follow. Where
    nothing has changed since the last release, that one stands and is given back.
    """
    # Deciding takes seconds: it is done before the database is held.
    due = figures_due(edition, at=at)
    with transaction.atomic():
        Edition.objects.select_for_update().get(pk=edition.pk)
        last = Release.objects.filter(edition=edition).last()
        if number != due.number or (last.number if last else 0) != due.number - 1:
            raise FiguresPublishedMeanwhile
        if last and not due.has_changed:
            return last
        release = Release.objects.create(
            edition=edition,
            number=number,
            figures=due.figures.as_json(),
            outcomes=due.outcomes,
            released_by=by.label[:200],
            released_at=at,
        )
        record(release, "published", by=by, at=at)
    return release
