"""What would be published of an edition now, and what was published of it and of others before."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sabaq.courses.models import Edition
from sabaq.reporting.keeping import kept_outcomes
from sabaq.reporting.models import Release
from sabaq.reporting.outcomes import as_told, outcomes_of
from sabaq.reporting.publishing import PublishedFigures, figures_to_publish
from sabaq.reporting.queries import heads_and_days_of, releases_of


@dataclass(frozen=True)
class Due:
    """What a release with this number would show; `last` is the one that stands now."""

    number: int
    figures: PublishedFigures
    outcomes: dict[str, Any]
    last: Release | None

    @property
    def has_changed(self) -> bool:
        if self.last is None:
            return True
        same = (self.figures.as_json()["counts"], self.outcomes)
        return same != (self.last.figures["counts"], self.last.outcomes)


def figures_due(edition: Edition, *, at: datetime) -> Due:
    """Decide what can be shown of the edition now, beside all that was shown of it before."""
    earlier = list(releases_of(edition))
    last = earlier[-1] if earlier else None
    heads, held = heads_and_days_of([edition])
    figures = figures_to_publish(
        edition.pk, heads, held[edition.pk], earlier=[figures_of(one) for one in earlier]
    )
    told = as_told(outcomes_of(edition, at=at), figures)
    outcomes = kept_outcomes(told, last.outcomes if last else {})
    return Due(last.number + 1 if last else 1, figures, outcomes, last)


def figures_of(release: Release) -> PublishedFigures:
    return PublishedFigures.from_json(release.edition_id, release.figures)


def last_releases(editions: Iterable[Edition]) -> dict[int, Release]:
    """Give the release that stands now of each edition that has one, without tests and surveys; one query."""
    keys = [edition.pk for edition in editions]
    found = Release.objects.filter(edition__in=keys).defer("outcomes")
    return {release.edition_id: release for release in found}
