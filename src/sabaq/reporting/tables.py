"""The one kind of table: what `measure` gives and every renderer takes."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
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
    """One indicator along one dimension. `total` is the unduplicated sum of all heads."""

    indicator: Indicator
    by: By
    reader: Reader
    rows: tuple[Row, ...]
    total: Row

    @property
    def has_women_by_row(self) -> bool:
        return self.reader is Reader.EXACT and self.by is not By.SEX

    @property
    def has_hidden(self) -> bool:
        return any(row.total is None for row in self.rows)


def tabulate(indicator: Indicator, by: By, heads: Iterable[Head], *, reader: Reader) -> Table:
    """Count `indicator` over `heads` along `by`; for a published reader small counts are hidden."""
    counted = [head for head in heads if indicator.counts(head)]
    totals = Counter(_value(head, by) for head in counted)
    women = Counter(_value(head, by) for head in counted if head.is_woman)
    all_women = sum(head.is_woman for head in counted)
    shown: dict[str, int | None] = dict(totals)
    if reader is Reader.PUBLISHED:
        totals = _merge_small_sexes(totals) if by is By.SEX else totals
        shown = suppress(totals)
        all_women_shown = all_women if _are_women_publishable(counted) else None
    else:
        all_women_shown = all_women
    exact = reader is Reader.EXACT and by is not By.SEX
    rows = [
        Row(key, _label(by, key), shown[key], women[key] if exact else None)
        for key in _ordered(by, totals)
    ]
    return Table(
        indicator,
        by,
        reader,
        tuple(rows),
        Row("total", gettext("Total"), len(counted), all_women_shown),
    )


def _are_women_publishable(counted: Iterable[Head]) -> bool:
    """Tell whether the table by sex shows the women; where it hides them, no other total may show them."""
    sexes = _merge_small_sexes(Counter(_value(head, By.SEX) for head in counted))
    return suppress({Sex.FEMALE: 0, **sexes})[Sex.FEMALE] is not None


def _merge_small_sexes(totals: Counter[str]) -> Counter[str]:
    """Join men with "prefer not to say" where the latter are few, so that the women can still be shown."""
    undisclosed = totals.get(Sex.UNDISCLOSED, 0)
    if not 0 < undisclosed < THRESHOLD:
        return totals
    merged = Counter({key: count for key, count in totals.items() if key == Sex.FEMALE})
    merged[MEN_AND_NOT_STATED] = totals.get(Sex.MALE, 0) + undisclosed
    return merged


def _value(head: Head, by: By) -> str:
    value = {
        By.SEX: head.sex,
        By.COUNTRY: head.country,
        By.AGENCY_KIND: head.agency_kind,
        By.RANK_BAND: head.rank_band,
    }[by]
    return value or NOT_STATED


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
