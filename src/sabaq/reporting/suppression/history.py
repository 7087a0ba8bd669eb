"""What a reader still holds from earlier exports, and what it tells her about the cells of today.

Two versions of a cell are *near* when they differ by less than the threshold: the few heads between them
may be people she knows, so she is taken to know the difference. What one version shows she then knows of the
other. Further apart, one version says nothing exact about the other.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from sabaq.reporting.rules import THRESHOLD
from sabaq.reporting.suppression.cells import (
    NO_DIMENSION,
    Cell,
    Counts,
    Marginals,
    Published,
)
from sabaq.reporting.suppression.system import atoms_of

# More sets of editions than this are not solved together; see `Memory.of`.
MOST_ATOMS = 12


@dataclass
class Memory:
    """Cells of today's figures, as earlier exports bear on them.

    `kept`: hidden before and near, so hidden still. `held`: shown before, and now a few heads apart, so
    that both figures side by side would say something of those few. `known`: shown before and near.
    `guarded`: hidden before in tables over other editions than today's, and near.
    """

    counts: Counts
    scopes: tuple[frozenset[int], ...]
    kept: set[Cell] = field(default_factory=set)
    held: set[Cell] = field(default_factory=set)
    known: set[Cell] = field(default_factory=set)
    guarded: set[Cell] = field(default_factory=set)

    @classmethod
    def of(
        cls,
        tables: Sequence[Marginals],
        scopes: Sequence[frozenset[int]],
        earlier: Sequence[Published],
    ) -> "Memory":
        """Compare the exports, oldest first, with the figures to be published now.

        Where exports over very many different sets of editions meet, they are not solved together: what
        any of them hides is then hidden in all that share an edition with it, which adds nothing to them.
        """
        told = _telling(scopes, earlier)
        memory = cls(_today(tables, told), tuple(dict.fromkeys(scopes)))
        others = [scope for export in told for scope in export.scopes]
        is_wide = len(atoms_of([*scopes, *others])) > max(MOST_ATOMS, len(atoms_of(scopes)))
        if not is_wide:
            memory.scopes = tuple(dict.fromkeys([*scopes, *others]))
        for export in told:
            memory._compare(export, frozenset(scopes), is_wide=is_wide)
        return memory

    def _compare(
        self, export: Published, today: frozenset[frozenset[int]], *, is_wide: bool
    ) -> None:
        then = Counts(export.tables)
        published = [*then.indicators]
        for cell in self.counts.cells(export.scopes):
            if cell.indicator not in published or not _is_told(then, cell):
                continue
            before, now = then.of(cell), self.counts.of(cell)
            if abs(before - now) >= THRESHOLD:
                continue
            was_hidden = cell in export.hidden
            if cell.scope in today:
                self._same_scope(cell, then, was_hidden=was_hidden, is_changed=before != now)
            elif is_wide and was_hidden:
                self.kept |= {Cell(scope, *cell[1:]) for scope in today if scope & cell.scope}
            elif not is_wide:
                (self.guarded if was_hidden else self.known).add(cell)

    def _same_scope(self, cell: Cell, then: Counts, *, was_hidden: bool, is_changed: bool) -> None:
        if was_hidden:
            self.kept.add(cell)
            return
        self.known.add(cell)
        # A cell that counts everybody tells no more than its total, which is held itself.
        is_total = cell.by == NO_DIMENSION
        is_telling = is_total or not (then.is_unanimous(cell) and self.counts.is_unanimous(cell))
        if is_changed and is_telling:
            self.held.add(cell)


def _is_told(then: Counts, cell: Cell) -> bool:
    return cell.by == NO_DIMENSION or cell.by in then.keys


def _telling(scopes: Sequence[frozenset[int]], earlier: Sequence[Published]) -> list[Published]:
    """Leave out exports that no chain of shared editions ties to today's."""
    reach = set(frozenset().union(*scopes))
    told: set[int] = set()
    while True:
        near = {
            number
            for number, export in enumerate(earlier)
            if number not in told and any(reach & scope for scope in export.scopes)
        }
        if not near:
            return [earlier[number] for number in sorted(told)]
        told |= near
        reach = reach.union(*(scope for number in near for scope in earlier[number].scopes))


def _today(tables: Sequence[Marginals], told: Sequence[Published]) -> Counts:
    """Give today's counts, and of editions that are not counted today the last ones published."""
    latest = {table.edition: export.tables for export in told for table in export.tables}
    counted = {table.edition for table in tables}
    others = [
        table
        for edition, found in latest.items()
        if edition not in counted
        for table in found
        if table.edition == edition
    ]
    # A value that somebody was counted under once, and nobody is now, is a nil that can tell something.
    once: dict[str, dict[str, int]] = {}
    for export in told:
        for table in export.tables:
            once.setdefault(table.by, {}).update(dict.fromkeys(table.counts, 0))
    whole = [replace(table, counts={**once.get(table.by, {}), **table.counts}) for table in tables]
    return Counts([*whole, *others])
