"""Figures as they may leave the office: exact tables go in, and come out without what betrays somebody.

What is hidden is decided by `reporting.suppression` over all tables that are published together. In a
published table sex stands alone, and where few preferred not to say theirs, they are joined with the men.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from sabaq.people.enums import Sex
from sabaq.reporting.enums import By, Reader
from sabaq.reporting.indicators import Head, Indicator
from sabaq.reporting.rules import THRESHOLD
from sabaq.reporting.suppression import Marginals, Protection, protect
from sabaq.reporting.tables import (
    MEN_AND_NOT_STATED,
    Row,
    Table,
    label_of,
    ordered,
    profiles_of,
    totals_by,
)

Scope = frozenset[int]
# Decides what is hidden of the tables over these sets of editions.
Hide = Callable[[Sequence[Marginals], Sequence[Scope]], Protection]


def alone(tables: Sequence[Marginals], scopes: Sequence[Scope]) -> Protection:
    """Decide as if nothing had been published before; whatever leaves the office is decided by `publish`."""
    return protect(tables, scopes=scopes)


@dataclass(frozen=True)
class Published:
    """What was decided of one export. `joined` says that men stand together with those who did not say."""

    protection: Protection
    names: Mapping[str, str]
    joined: bool

    def table(self, exact: Table, scope: Scope) -> Table:
        """Give the exact table as it may leave the office."""
        name, by = self.names[exact.indicator.key], exact.by

        def shown(key: str, count: int | None, of: By = by) -> int | None:
            return None if self.protection.reason(scope, name, of.value, key) else count

        counts = Counter({row.key: row.total or 0 for row in exact.rows})
        if by is By.SEX and self.joined:
            counts = _join(counts)
        rows = tuple(
            Row(key, label_of(by, key), shown(key, counts[key]), None)
            for key in ordered(by, counts)
        )
        total = replace(
            exact.total,
            total=None if self.protection.reason(scope, name) else exact.total.total,
            women=shown(Sex.FEMALE, exact.total.women, By.SEX),
        )
        return replace(exact, reader=Reader.PUBLISHED, rows=rows, total=total)


def decide(
    heads: Iterable[Head],
    indicators: Sequence[Indicator],
    dimensions: Sequence[By],
    scopes: Sequence[Scope],
    *,
    hide: Hide = alone,
) -> Published:
    """Decide what is hidden of these indicators, along these dimensions, over these sets of editions."""
    names = names_of(indicators)
    of_edition: dict[int, list[Head]] = {edition: [] for scope in scopes for edition in scope}
    for head in heads:
        of_edition[head.edition_id].append(head)
    profiles = {
        (edition, names[indicator.key]): profiles_of(found, indicator)
        for edition, found in of_edition.items()
        for indicator in indicators
    }
    by_sex = {about: totals_by(By.SEX, found) for about, found in profiles.items()}
    joined = any(
        0 < sum(by_sex[edition, name][Sex.UNDISCLOSED] for edition in scope) < THRESHOLD
        for scope in scopes
        for name in names.values()
    )
    marginals = []
    for (edition, name), found in profiles.items():
        for by in dimensions:
            counts = by_sex[edition, name] if by is By.SEX else totals_by(by, found)
            if by is By.SEX and joined:
                counts = _join(counts)
            marginals.append(Marginals(edition, name, by.value, counts))
    return Published(hide(marginals, scopes), names, joined)


def names_of(indicators: Sequence[Indicator]) -> dict[str, str]:
    """Name the indicators as suppression knows them: a day by its number, whatever report it stands in.

    A report of one edition names its days by date, one over several by number: they are the same figures.
    """
    names, day = {}, 0
    for indicator in indicators:
        if indicator.day is None:
            names[indicator.key] = indicator.key
        else:
            day += 1
            names[indicator.key] = f"attended-day-{day}"
    return names


def _join(totals: Mapping[str, int]) -> Counter[str]:
    """Join men with those who preferred not to say, so that the women can still be shown."""
    joined = Counter({key: count for key, count in totals.items() if key == Sex.FEMALE})
    others = totals.get(Sex.MALE, 0) + totals.get(Sex.UNDISCLOSED, 0)
    if others:
        joined[MEN_AND_NOT_STATED] = others
    return joined
