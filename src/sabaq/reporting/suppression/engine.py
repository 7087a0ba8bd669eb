"""Choose what to hide: as little as may be, until no reader can find or narrow down what is small.

Cells are hidden greedily, smallest first and in the same rows of all indicators, until the audit finds
every hidden cell safe; then each that was hidden for others' sake is shown again if the audit allows.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence

from sabaq.reporting.suppression.audit import SAFE_COUNT, Auditor, is_small
from sabaq.reporting.suppression.cells import (
    NO_DIMENSION,
    Cell,
    Counts,
    Marginals,
    Protection,
    Published,
    Reason,
    total_of,
)
from sabaq.reporting.suppression.history import Memory
from sabaq.reporting.suppression.system import System

# The number of women is what a report of this kind is read for: others are hidden before it.
LAST_TO_HIDE = frozenset({("sex", "female")})


def protect(
    tables: Sequence[Marginals],
    *,
    scopes: Sequence[frozenset[int]] = (),
    earlier: Sequence[Published] = (),
) -> Protection:
    """Tell which cells to hide when one-way tables of `tables` over `scopes` are published together.

    `tables` give exact counts by edition; each scope is a set of editions whose sums are shown (by default
    one scope of all editions). `earlier` are the exports made before, oldest first, of these or of other
    editions. Zero is shown: it counts nobody. See docs/invariants/suppression.md.
    """
    scopes = tuple(dict.fromkeys(scopes)) or (frozenset(table.edition for table in tables),)
    return _Plan(Memory.of(tables, scopes, earlier), scopes).made()


class _Plan:
    """The cells hidden so far, and from whom they are to be kept."""

    def __init__(self, memory: Memory, scopes: Sequence[frozenset[int]]) -> None:
        self.memory, self.scopes = memory, scopes
        self.counts: Counts = memory.counts
        self.cells = dict.fromkeys(self.counts.cells(scopes))
        system = System(self.counts, memory.scopes)
        self.auditor = Auditor(system)
        # Where scopes overlap, what lies between them was never asked for, and follows by subtraction.
        self.between = {
            cell
            for cell in self.counts.cells([a for a in system.atoms if a not in memory.scopes])
            if is_small(self.counts.of(cell))
        }
        self.hidden: dict[Cell, Reason] = {}
        # Hidden for their own sake: small, or near to what an earlier export shows or hides.
        self.must: set[Cell] = set()
        # Cells that no figure of today can keep from a reader of old exports, or from anyone.
        self.given_up: set[Cell] = set()
        self.lost: set[Cell] = set()

    def made(self) -> Protection:
        for cell in self.cells:
            if is_small(self.counts.of(cell)):
                self.hidden[cell] = Reason.SMALL
            elif cell in self.memory.kept or cell in self.memory.held:
                self.hidden[cell] = Reason.EARLIER
        self.must = set(self.hidden)
        if self.must or self.between or self.memory.guarded:
            self._pair_up()
            while exposed := self._exposed():
                self._cover(exposed)
            self._show_again()
        return Protection(self.hidden)

    def _exposed(self) -> list[Cell]:
        """Ask for the two readers: one who knows what is near, and one who has today's figures alone."""
        shown = [cell for cell in self.cells if cell not in self.hidden]
        recalled = self.memory.known | self.given_up
        wanted = {*self.hidden, *self.between, *self.memory.guarded} - self.lost
        covers = self._covers() if self.memory.known else set()
        strong = sorted(wanted - recalled - covers, key=_order)
        exposed = self.auditor.exposed([*shown, *self.memory.known], strong)
        if weak := sorted(wanted & (recalled | covers), key=_order):
            elsewhere = [cell for cell in self.memory.known if cell.scope not in self.scopes]
            exposed += self.auditor.exposed([*shown, *elsewhere], weak)
        return exposed

    def _covers(self) -> set[Cell]:
        """Give what is hidden for others' sake alone: whoever recalls those others learns nothing by it."""
        return set(self.hidden) - self.must - self.between - self.memory.guarded

    def _pair_up(self) -> None:
        """Hide in every table what plain subtraction asks for, before anything is solved."""
        for scope in self.scopes:
            for indicator in self.counts.indicators:
                for by in self.counts.keys:
                    while partner := self._partner_wanted(scope, indicator, by):
                        self._hide(partner, self._reason_in(scope, indicator, by))

    def _partner_wanted(self, scope: frozenset[int], indicator: str, by: str) -> Cell | None:
        row = [cell for cell in self._table(scope, indicator, by) if cell in self.hidden]
        if not row or not self._is_narrow(row):
            return None
        return next(self._partners(row[0]), None)

    def _is_narrow(self, row: Sequence[Cell]) -> bool:
        """Tell whether the hidden cells of one table are too few, or too small together, to hide each other."""
        useful = [cell for cell in row if cell not in self.memory.known] or row
        counts = [self.counts.of(cell) for cell in useful]
        if len(counts) == 1:
            return True
        room = sum(counts) - sum(count > 0 for count in counts) + 1
        return any(is_small(count) for count in counts) and room < SAFE_COUNT

    def _table(self, scope: frozenset[int], indicator: str, by: str) -> list[Cell]:
        return [Cell(scope, indicator, by, key) for key in self.counts.keys.get(by, ())]

    def _partners(self, cell: Cell) -> Iterator[Cell]:
        """Give cells of the same table that could hide this one, those hidden beside it elsewhere first."""
        for scope in self._scopes_about(cell):
            table = self._table(scope, cell.indicator, cell.by)
            yield from sorted(filter(self._may_hide(cell), table), key=self._cost)

    def _may_hide(self, cell: Cell) -> Callable[[Cell], bool]:
        is_recalled = cell in self.memory.known or cell in self.given_up

        def is_open(other: Cell) -> bool:
            return (
                other in self.cells
                and other not in self.hidden
                and self.counts.of(other) > 0
                and (is_recalled or other not in self.memory.known)
            )

        return is_open

    def _cost(self, cell: Cell) -> tuple[bool, int, int, int, str]:
        row = [Cell(cell.scope, i, cell.by, cell.key) for i in self.counts.indicators]
        hidden = sum(other in self.hidden for other in row)
        is_precious = (cell.by, cell.key) in LAST_TO_HIDE
        of_row = sum(map(self.counts.of, row))
        return (is_precious, -hidden, of_row, self.counts.of(cell), cell.key)

    def _scopes_about(self, cell: Cell) -> list[frozenset[int]]:
        near = [scope for scope in self.scopes if scope & cell.scope]
        return sorted(near, key=lambda scope: (scope != cell.scope, len(scope), sorted(scope)))

    def _cover(self, exposed: Iterable[Cell]) -> None:
        """Hide one more cell for each table that has an exposed one."""
        done: set[tuple[frozenset[int], str]] = set()
        for cell in exposed:
            if (cell.scope, cell.by) in done:
                continue
            done.add((cell.scope, cell.by))
            chosen = next(self._ways_to_cover(cell), None)
            if chosen:
                self._hide(chosen, self._reason_for(cell))
            elif cell in self.memory.known or cell in self.given_up:
                self.lost.add(cell)
            else:
                self.given_up.add(cell)

    def _ways_to_cover(self, cell: Cell) -> Iterator[Cell]:
        """Give cells to hide for one that is exposed, the least loss first."""
        may_hide = self._may_hide(cell)
        about = self._scopes_about(cell)
        same_row = [Cell(scope, *cell[1:]) for scope in about if scope != cell.scope]
        own_row = [c for c in self._table(cell.scope, cell.indicator, cell.by) if c in self.hidden]
        is_stuck = cell.scope in self.scopes and self._is_narrow(own_row or [cell])
        if not is_stuck:
            yield from sorted(filter(may_hide, same_row), key=self.counts.of)
        yield from self._partners(cell)
        hidden_keys = {c.key for c in self.hidden if c.by == cell.by and c.scope & cell.scope}
        linked = [
            Cell(scope, indicator, cell.by, key)
            for scope in about
            for indicator in self.counts.indicators
            for key in self.counts.keys.get(cell.by, ())
            if key in hidden_keys
        ]
        if not is_stuck:
            yield from sorted(filter(may_hide, linked), key=self._cost)
        yield from filter(may_hide, same_row)
        yield from self._whole_indicators(cell)

    def _whole_indicators(self, cell: Cell) -> Iterator[Cell]:
        """Give every cell of the indicator, its total last, and then those of the other indicators."""
        others = [indicator for indicator in self.counts.indicators if indicator != cell.indicator]
        may_hide = self._may_hide(cell)
        for indicator in (cell.indicator, *others):
            for scope in self._scopes_about(cell):
                tables = [c for by in self.counts.keys for c in self._table(scope, indicator, by)]
                yield from filter(may_hide, [total_of(scope, indicator), *tables])

    def _reason_for(self, cell: Cell) -> Reason:
        is_earlier = self.hidden.get(cell) is Reason.EARLIER or cell in self.memory.guarded
        return Reason.EARLIER if is_earlier else Reason.DERIVABLE

    def _reason_in(self, scope: frozenset[int], indicator: str, by: str) -> Reason:
        row = {self.hidden.get(cell) for cell in self._table(scope, indicator, by)}
        return Reason.DERIVABLE if Reason.SMALL in row else Reason.EARLIER

    def _hide(self, cell: Cell, reason: Reason) -> None:
        self.hidden[cell] = reason

    def _show_again(self) -> None:
        """Show what was hidden for others' sake wherever all stays safe without it, the largest first."""
        spare = [cell for cell in self.hidden if cell not in self.must]
        for cell in sorted(
            spare, key=lambda c: (c.by != NO_DIMENSION, -self.counts.of(c), _order(c))
        ):
            reason = self.hidden.pop(cell)
            if self._exposed():
                self.hidden[cell] = reason


def _order(cell: Cell) -> tuple[list[int], str, str, str]:
    return (sorted(cell.scope), cell.indicator, cell.by, cell.key)
