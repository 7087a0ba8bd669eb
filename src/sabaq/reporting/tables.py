"""The one kind of table: what `measure` gives and every renderer takes."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from sabaq.people.enums import AgencyKind, Country, RankBand, Sex
from sabaq.reporting.enums import By, Reader
from sabaq.reporting.indicators import Head, Indicator
from sabaq.reporting.rules import share

_LABELS: dict[By, Mapping[str, Any]] = {
    # Of many heads; the choice itself says it of one person, which Russian words another way.
    By.SEX: {
        Sex.FEMALE: pgettext_lazy("heads", "Female"),
        Sex.MALE: pgettext_lazy("heads", "Male"),
        Sex.UNDISCLOSED: pgettext_lazy("heads", "Prefer not to say"),
    },
    By.COUNTRY: dict(Country.choices),
    By.AGENCY_KIND: dict(AgencyKind.choices),
    By.RANK_BAND: dict(RankBand.choices),
}
Profile = tuple[str, str, str, str]
_PLACE = {By.SEX: 0, By.COUNTRY: 1, By.AGENCY_KIND: 2, By.RANK_BAND: 3}
NOT_STATED = "not-stated"
MEN_AND_NOT_STATED = "male-or-undisclosed"


@dataclass(frozen=True)
class Row:
    """Heads of one value of the dimension. None is a count that is hidden, or not given to this reader.

    `at_least` is what may be said of a hidden total: the sum of what is shown elsewhere of its parts.
    """

    key: str
    label: str
    total: int | None
    women: int | None
    at_least: int | None = None

    @property
    def women_share(self) -> int | None:
        return share(self.women, self.total)


@dataclass(frozen=True)
class Table:
    """One indicator along one dimension. `total` is the unduplicated sum of all heads.

    `of` names the editions it counts, where one report counts several sets of them: tables of one set and
    one indicator have one total.
    """

    indicator: Indicator
    by: By
    reader: Reader
    rows: tuple[Row, ...]
    total: Row
    of: str = ""

    @property
    def has_women_by_row(self) -> bool:
        return self.reader is Reader.EXACT and self.by is not By.SEX

    @property
    def has_hidden(self) -> bool:
        return self.total.total is None or any(row.total is None for row in self.rows)


def tabulate(indicator: Indicator, by: By, heads: Iterable[Head]) -> Table:
    """Count `indicator` over `heads` along `by`, exactly."""
    [table] = tables_of(heads, [indicator], [by])
    return table


def tables_of(
    heads: Iterable[Head],
    indicators: Sequence[Indicator],
    dimensions: Sequence[By],
    *,
    of: str = "",
) -> list[Table]:
    """Count each indicator along each dimension, in this order, in one pass over the heads for each indicator."""
    counted = zip(indicators, profiles_of(heads, indicators), strict=True)
    return [
        _exact(indicator, by, profiles, of) for indicator, profiles in counted for by in dimensions
    ]


def profiles_of(
    heads: Iterable[Head], indicators: Iterable[Indicator]
) -> Iterator[Counter[Profile]]:
    """Count heads alike together, for each indicator: every dimension then reads a few hundred profiles, not all heads."""
    profiled = [
        ((head.sex, head.country, head.agency_kind, head.rank_band), head) for head in heads
    ]
    for indicator in indicators:
        yield Counter([profile for profile, head in profiled if indicator.counts(head)])


def totals_by(by: By, profiles: Counter[Profile]) -> Counter[str]:
    """Sum profiles along one dimension."""
    place = _PLACE[by]
    totals: Counter[str] = Counter()
    for profile, heads in profiles.items():
        totals[profile[place] or NOT_STATED] += heads
    return totals


def _exact(indicator: Indicator, by: By, profiles: Counter[Profile], of: str) -> Table:
    totals = totals_by(by, profiles)
    of_women = Counter({p: heads for p, heads in profiles.items() if p[0] == Sex.FEMALE})
    women = totals_by(by, of_women)
    is_two_way = by is not By.SEX
    rows = tuple(
        Row(key, label_of(by, key), totals[key], women[key] if is_two_way else None)
        for key in ordered(by, totals)
    )
    total = Row("total", gettext("Total"), sum(totals.values()), sum(of_women.values()))
    return Table(indicator, by, Reader.EXACT, rows, total, of)


def label_of(by: By, key: str) -> str:
    if key == NOT_STATED:
        return gettext("Not stated")
    if key == MEN_AND_NOT_STATED:
        return gettext("Male, or prefer not to say")
    return str(_LABELS[by].get(key, key))


def ordered(by: By, totals: Collection[str]) -> list[str]:
    """Order countries by the alphabet of the language (never ranked), other dimensions as defined."""
    if by is By.COUNTRY:
        return sorted(totals, key=lambda key: (key == NOT_STATED, label_of(by, key)))
    order = [*_LABELS[by], MEN_AND_NOT_STATED, NOT_STATED]
    return sorted(totals, key=lambda key: order.index(key) if key in order else len(order))


HIDDEN_NOTE = _("Counts under 5 are not shown, nor others from which they could be worked out.")
