"""The one kind of table: what `measure` gives and every renderer takes."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from sabaq.people.enums import AgencyKind, Country, RankBand, Sex
from sabaq.reporting.enums import By, Reader
from sabaq.reporting.indicators import Head, Indicator
from sabaq.reporting.rules import THRESHOLD, share, suppress

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
    """Heads of one value of the dimension. None is a count that is hidden, or not given to this reader."""

    key: str
    label: str
    total: int | None
    women: int | None

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
    # What `published` reads; nobody is shown it.
    sexes: Counter[str] = field(default_factory=Counter, repr=False, compare=False)

    @property
    def has_women_by_row(self) -> bool:
        return self.reader is Reader.EXACT and self.by is not By.SEX

    @property
    def has_hidden(self) -> bool:
        return any(row.total is None for row in self.rows)


def tabulate(indicator: Indicator, by: By, heads: Iterable[Head], *, reader: Reader) -> Table:
    """Count `indicator` over `heads` along `by`; for a published reader small counts are hidden."""
    [table] = tables_of(heads, [indicator], [by], reader=reader)
    return table


def tables_of(
    heads: Iterable[Head],
    indicators: Sequence[Indicator],
    dimensions: Sequence[By],
    *,
    reader: Reader,
    of: str = "",
) -> list[Table]:
    """Count each indicator along each dimension, in this order, in one pass over the heads for each indicator."""
    heads = list(heads)
    tables = []
    for indicator in indicators:
        # Heads alike are counted together: every dimension then reads a few hundred profiles, not all heads.
        profiles = Counter(
            (head.sex, head.country, head.agency_kind, head.rank_band)
            for head in heads
            if indicator.counts(head)
        )
        tables += [_exact(indicator, by, profiles, of) for by in dimensions]
    return [published(table) for table in tables] if reader is Reader.PUBLISHED else tables


def published(table: Table) -> Table:
    """Give an exact table as it may leave the office: small counts hidden, and sex by nothing else."""
    totals = Counter({row.key: row.total or 0 for row in table.rows})
    if table.by is By.SEX:
        totals = _merge_small_sexes(totals)
    shown = suppress(totals)
    rows = (Row(key, _label(table.by, key), shown[key], None) for key in _ordered(table.by, totals))
    women = table.total.women if _are_women_publishable(table.sexes) else None
    return replace(
        table,
        reader=Reader.PUBLISHED,
        rows=tuple(rows),
        total=replace(table.total, women=women),
    )


def _exact(indicator: Indicator, by: By, profiles: Counter[Profile], of: str) -> Table:
    place = _PLACE[by]
    totals: Counter[str] = Counter()
    women: Counter[str] = Counter()
    sexes: Counter[str] = Counter()
    for profile, heads in profiles.items():
        key = profile[place] or NOT_STATED
        totals[key] += heads
        sexes[profile[0]] += heads
        if profile[0] == Sex.FEMALE:
            women[key] += heads
    is_two_way = by is not By.SEX
    rows = tuple(
        Row(key, _label(by, key), totals[key], women[key] if is_two_way else None)
        for key in _ordered(by, totals)
    )
    total = Row("total", gettext("Total"), sum(totals.values()), sexes[Sex.FEMALE])
    return Table(indicator, by, Reader.EXACT, rows, total, of, sexes)


def _are_women_publishable(sexes: Counter[str]) -> bool:
    """Tell whether the table by sex shows the women; where it hides them, no other total may show them."""
    return suppress({Sex.FEMALE: 0, **_merge_small_sexes(sexes)})[Sex.FEMALE] is not None


def _merge_small_sexes(totals: Counter[str]) -> Counter[str]:
    """Join men with "prefer not to say" where the latter are few, so that the women can still be shown."""
    undisclosed = totals.get(Sex.UNDISCLOSED, 0)
    if not 0 < undisclosed < THRESHOLD:
        return totals
    merged = Counter({key: count for key, count in totals.items() if key == Sex.FEMALE})
    merged[MEN_AND_NOT_STATED] = totals.get(Sex.MALE, 0) + undisclosed
    return merged


def _label(by: By, key: str) -> str:
    if key == NOT_STATED:
        return gettext("Not stated")
    if key == MEN_AND_NOT_STATED:
        return gettext("Male, or prefer not to say")
    return str(_LABELS[by].get(key, key))


def _ordered(by: By, totals: Counter[str]) -> list[str]:
    """Order countries by the alphabet of the language (never ranked), other dimensions as defined."""
    if by is By.COUNTRY:
        return sorted(totals, key=lambda key: (key == NOT_STATED, _label(by, key)))
    order = [*_LABELS[by], MEN_AND_NOT_STATED, NOT_STATED]
    return sorted(totals, key=lambda key: order.index(key) if key in order else len(order))


HIDDEN_NOTE = _("Counts under 5 are not shown, nor others from which they could be worked out.")
