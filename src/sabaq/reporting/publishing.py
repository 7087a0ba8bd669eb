"""Figures as they may leave the office: exact counts of one edition, and which of them are not shown.

What is hidden is decided once, by `reporting.suppression`, over every table of the edition and against all
that was published of it before. Whatever else is published (totals of projects, of programmes, the numbers
of an article) is added up from what that decision shows, and tells nothing that it does not.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext

from sabaq.people.enums import Sex
from sabaq.reporting.enums import By, Reader
from sabaq.reporting.indicators import Head, Indicator, participation
from sabaq.reporting.rules import THRESHOLD
from sabaq.reporting.suppression import NO_DIMENSION, TOTAL, Cell, Marginals, Published, protect
from sabaq.reporting.tables import (
    MEN_AND_NOT_STATED,
    Row,
    Table,
    label_of,
    ordered,
    profiles_of,
    totals_by,
)

# Which cell of an edition: indicator, dimension, value; a total has no dimension.
Place = tuple[str, str, str]
Counts = Mapping[tuple[str, str], Mapping[str, int]]


@dataclass(frozen=True)
class PublishedFigures:
    """The heads of one edition on the day of publication: `counts` are exact, `hidden` is not shown of them.

    `joined` says that men stand together with those who did not say their sex.
    """

    edition: int
    days: tuple[date, ...]
    counts: Counts
    hidden: frozenset[Place]
    joined: bool

    def shown(self, indicator: str, by: By, *, joined: bool) -> dict[str, int | None]:
        """Give the values of one table that count somebody; None is a count that is not shown.

        A nil that is not to be told has its row too: a row that is missing tells it.
        """
        counts = self.counts.get((indicator, by.value), {})
        hidden = {key for i, dimension, key in self.hidden if (i, dimension) == (indicator, by)}
        found = {
            key: None if key in hidden else counts[key]
            for key in [*counts, *sorted(hidden - set(counts))]
            if key in hidden or counts[key]
        }
        return _joined(found) if joined and by is By.SEX else found

    def total(self, indicator: str) -> int | None:
        if (indicator, NO_DIMENSION, TOTAL) in self.hidden:
            return None
        return sum(self.counts.get((indicator, By.SEX.value), {}).values())

    @property
    def cells(self) -> int:
        """Count the one-way cells in which somebody is counted, shown or not."""
        return sum(count > 0 for counts in self.counts.values() for count in counts.values())

    @property
    def cells_shown(self) -> int:
        hidden = sum(
            by != NO_DIMENSION and bool(self.counts[i, by].get(key)) for i, by, key in self.hidden
        )
        return self.cells - hidden

    def as_earlier(self, *, joined: bool) -> Published:
        """Give it as suppression remembers it, with men joined where today's are."""
        scope = frozenset({self.edition})
        hidden = {Cell(scope, *place) for place in self.hidden}
        tables = []
        for (indicator, by), counts in self.counts.items():
            kept: Mapping[str, int] = counts
            if by == By.SEX and joined and not self.joined:
                kept = _join(counts)
                if any((indicator, by, sex) in self.hidden for sex in (Sex.MALE, Sex.UNDISCLOSED)):
                    hidden.add(Cell(scope, indicator, by, MEN_AND_NOT_STATED))
            tables.append(Marginals(self.edition, indicator, by, kept))
        return Published(tuple(tables), (scope,), frozenset(hidden))

    def as_json(self) -> dict[str, Any]:
        return {
            "days": [day.isoformat() for day in self.days],
            "counts": [[*about, dict(counts)] for about, counts in self.counts.items()],
            "hidden": sorted(map(list, self.hidden)),
            "joined": self.joined,
        }

    @classmethod
    def from_json(cls, edition: int, kept: Mapping[str, Any]) -> "PublishedFigures":
        return cls(
            edition,
            tuple(map(date.fromisoformat, kept["days"])),
            {(indicator, by): counts for indicator, by, counts in kept["counts"]},
            frozenset((indicator, by, key) for indicator, by, key in kept["hidden"]),
            kept["joined"],
        )


def figures_to_publish(
    edition: int,
    heads: Iterable[Head],
    days: Sequence[date],
    *,
    earlier: Sequence[PublishedFigures] = (),
) -> PublishedFigures:
    """Decide what is shown of an edition held on `days`, `earlier` being what was published of it, oldest first."""
    indicators = participation(days)
    named = names_of(indicators)
    names = [named[one.key] for one in indicators]
    profiles = dict(zip(names, profiles_of(heads, indicators), strict=True))
    undisclosed = [totals_by(By.SEX, found)[Sex.UNDISCLOSED] for found in profiles.values()]
    # Once joined, men stay joined: two versions that differ in that would tell the few apart.
    joined = any(0 < few < THRESHOLD for few in undisclosed) or any(one.joined for one in earlier)
    counts: dict[tuple[str, str], Mapping[str, int]] = {}
    for name, found in profiles.items():
        for by in By:
            totals = totals_by(by, found)
            counts[name, by.value] = dict(_join(totals) if joined and by is By.SEX else totals)
    protection = protect(
        [Marginals(edition, name, by, found) for (name, by), found in counts.items()],
        earlier=[one.as_earlier(joined=joined) for one in earlier],
    )
    hidden = frozenset((cell.indicator, cell.by, cell.key) for cell in protection.hidden)
    return PublishedFigures(edition, tuple(days), counts, hidden, joined)


def published_tables(
    figures: Sequence[PublishedFigures],
    indicators: Sequence[Indicator],
    dimensions: Sequence[By],
    *,
    of: str = "",
) -> list[Table]:
    """Add up what is shown of several editions; where some of them hide a count, the sum is not shown either.

    What the others show of it is then given as the least that it can be.
    """
    named = names_of(indicators)
    joined = any(one.joined for one in figures)
    tables = []
    for indicator in indicators:
        name = named[indicator.key]
        women = _sums(one.shown(name, By.SEX, joined=joined) for one in figures).get(Sex.FEMALE)
        total = _sums({TOTAL: one.total(name)} for one in figures).get(TOTAL, (0, False))
        for by in dimensions:
            sums = _sums(one.shown(name, by, joined=joined) for one in figures)
            rows = tuple(_row(key, label_of(by, key), sums[key]) for key in ordered(by, sums))
            whole = _row(TOTAL, gettext("Total"), total, women or (0, False))
            tables.append(Table(indicator, by, Reader.PUBLISHED, rows, whole, of))
    return tables


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


# The sum of what is shown, and whether something of it is not.
Sum = tuple[int, bool]


def _sums(parts: Iterable[Mapping[str, int | None]]) -> dict[str, Sum]:
    sums: dict[str, Sum] = {}
    for part in parts:
        for key, count in part.items():
            so_far, hides = sums.get(key, (0, False))
            sums[key] = (so_far + (count or 0), hides or count is None)
    return sums


def _row(key: str, label: str, counted: Sum, women: Sum | None = None) -> Row:
    count, hides = counted
    of_women = None if women is None or women[1] else women[0]
    return Row(key, label, None if hides else count, of_women, count if hides and count else None)


def _join(totals: Mapping[str, int]) -> dict[str, int]:
    """Join men with those who preferred not to say, so that the women can still be shown."""
    joined = {key: count for key, count in totals.items() if key == Sex.FEMALE}
    others = totals.get(Sex.MALE, 0) + totals.get(Sex.UNDISCLOSED, 0)
    if others or MEN_AND_NOT_STATED in totals:
        joined[MEN_AND_NOT_STATED] = others + totals.get(MEN_AND_NOT_STATED, 0)
    return joined


def _joined(shown: Mapping[str, int | None]) -> dict[str, int | None]:
    """Do the same with what is shown: a sum of which a part is hidden is hidden."""
    joined = {key: count for key, count in shown.items() if key == Sex.FEMALE}
    others = [count for key, count in shown.items() if key != Sex.FEMALE]
    if others:
        joined[MEN_AND_NOT_STATED] = None if None in others else sum(filter(None, others))
    return joined
