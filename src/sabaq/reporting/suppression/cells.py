"""What suppression speaks of: cells of published tables, exact counts behind them, and the answer."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple

TOTAL = "total"
NO_DIMENSION = ""


class Cell(NamedTuple):
    """One figure a reader may see: an indicator, for a value of a dimension, over a set of editions.

    A total belongs to no dimension: every table of the indicator shares it.
    """

    scope: frozenset[int]
    indicator: str
    by: str
    key: str


def total_of(scope: frozenset[int], indicator: str) -> Cell:
    return Cell(scope, indicator, NO_DIMENSION, TOTAL)


@dataclass(frozen=True)
class Marginals:
    """The exact counts of one indicator in one edition along one dimension. Values left out count nobody."""

    edition: int
    indicator: str
    by: str
    counts: Mapping[str, int]


class Reason(StrEnum):
    """Why a cell is not shown."""

    SMALL = "small"
    DERIVABLE = "derivable"
    EARLIER = "earlier"


@dataclass(frozen=True)
class Published:
    """An export made before: the exact counts of that day, over which sets of editions, and what it hid."""

    tables: tuple[Marginals, ...]
    scopes: tuple[frozenset[int], ...]
    hidden: frozenset[Cell]


@dataclass(frozen=True)
class Protection:
    """Which cells of an export must not be shown. Every other cell may."""

    hidden: Mapping[Cell, Reason] = field(default_factory=dict)

    def reason(
        self, scope: Collection[int], indicator: str, by: str = NO_DIMENSION, key: str = TOTAL
    ) -> Reason | None:
        """Tell why a cell is hidden, None where it may be shown; without a dimension, the total."""
        return self.hidden.get(Cell(frozenset(scope), indicator, by, key))

    @property
    def holds_back(self) -> bool:
        """Tell whether a figure is held back because of an earlier export."""
        return Reason.EARLIER in self.hidden.values()


class Counts:
    """Exact counts of editions, summed over any set of them."""

    def __init__(self, tables: Iterable[Marginals]) -> None:
        self._counts: dict[tuple[int, str, str, str], int] = {}
        keys: dict[str, dict[str, None]] = {}
        indicators: dict[str, None] = {}
        self._tables: set[tuple[int, str, str]] = set()
        for table in tables:
            indicators[table.indicator] = None
            keys.setdefault(table.by, {}).update(dict.fromkeys(table.counts))
            self._add(table)
        self.indicators = tuple(indicators)
        self.keys: dict[str, tuple[str, ...]] = {by: tuple(found) for by, found in keys.items()}

    def _add(self, table: Marginals) -> None:
        about = (table.edition, table.indicator)
        self._tables.add((*about, table.by))
        for key, count in table.counts.items():
            self._counts[*about, table.by, key] = count
        total = sum(table.counts.values())
        if self._counts.setdefault((*about, NO_DIMENSION, TOTAL), total) != total:
            raise ValueError(f"tables of {table.indicator} differ in their total")

    def of(self, cell: Cell) -> int:
        """Give the exact count of a cell over its editions."""
        return sum(
            self._counts.get((edition, cell.indicator, cell.by, cell.key), 0)
            for edition in cell.scope
        )

    def has(self, cell: Cell) -> bool:
        """Tell whether every edition of the cell's scope is counted along its dimension."""
        dimensions = self.keys if cell.by == NO_DIMENSION else (cell.by,)
        return all(
            any((edition, cell.indicator, by) in self._tables for by in dimensions)
            for edition in cell.scope
        )

    def is_unanimous(self, cell: Cell) -> bool:
        """Tell whether a cell counts everybody whom its total counts: it then tells no more than that."""
        return self.of(cell) == self.of(total_of(cell.scope, cell.indicator))

    def cells(self, scopes: Sequence[frozenset[int]]) -> list[Cell]:
        """Give every cell of the tables over `scopes`, zeros and totals with them."""
        return [
            cell
            for scope in scopes
            for indicator in self.indicators
            for cell in (
                total_of(scope, indicator),
                *(
                    Cell(scope, indicator, by, key)
                    for by, found in self.keys.items()
                    for key in found
                ),
            )
        ]
