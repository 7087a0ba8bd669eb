"""The linear system a reader can set up from what is published, cut into parts that know nothing of each other.

Unknown are the counts of every *atom*: a set of editions that no published scope divides. Known are the
published cells, that every table of an indicator has the same total, and the relations between
indicators. Each reader also knows a head: her own. She takes it out, and so do we, for all readers at
once: a count that is not nil is at least 1, and a difference that one head can make is at least that.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from sabaq.reporting.suppression.cells import NO_DIMENSION, TOTAL, Cell, Counts
from sabaq.reporting.suppression.relations import Relation, holding, relations_among

Unknown = tuple[int, str, str, str]
Terms = dict[Unknown, int]


@dataclass(frozen=True)
class Row:
    """A sum of unknowns that lies between two bounds."""

    terms: Terms
    low: float
    high: float


@dataclass(frozen=True)
class Aim:
    """A hidden cell as a sum of unknowns, beside a part that the reader knows."""

    cell: Cell
    terms: Terms
    known: int
    truth: int


@dataclass(frozen=True)
class Part:
    """Unknowns that rows tie together, and the hidden cells made of them."""

    unknowns: tuple[Unknown, ...]
    low: dict[Unknown, int]
    rows: tuple[Row, ...]
    aims: tuple[Aim, ...]


def atoms_of(scopes: Iterable[frozenset[int]]) -> list[frozenset[int]]:
    """Divide editions into the largest sets that no scope divides."""
    scopes = list(dict.fromkeys(scopes))
    signatures: dict[tuple[bool, ...], set[int]] = {}
    for edition in sorted(frozenset().union(*scopes)):
        signatures.setdefault(tuple(edition in scope for scope in scopes), set()).add(edition)
    return [frozenset(atom) for atom in signatures.values()]


class System:
    """All that can be known of `counts` when tables over `scopes` are read together."""

    def __init__(self, counts: Counts, scopes: Sequence[frozenset[int]]) -> None:
        self.atoms = atoms_of(scopes)
        self.truth: dict[Unknown, int] = {
            (index, cell.indicator, cell.by, cell.key): counts.of(cell)
            for index, atom in enumerate(self.atoms)
            for cell in counts.cells([atom])
        }
        self._equations = self._sums(counts)
        self._bounds = self._relations(counts)

    def _sums(self, counts: Counts) -> list[Terms]:
        sums: list[Terms] = [
            {
                **{(index, indicator, by, key): 1 for key in keys},
                (index, indicator, NO_DIMENSION, TOTAL): -1,
            }
            for index in range(len(self.atoms))
            for indicator in counts.indicators
            for by, keys in counts.keys.items()
        ]
        # An indicator need not be counted along every dimension.
        return [terms for terms in sums if self._value(terms) == 0]

    def _relations(self, counts: Counts) -> list[Row]:
        places = [(by, key) for by, keys in counts.keys.items() for key in keys]
        where = [
            (index, *place)
            for index in range(len(self.atoms))
            for place in [(NO_DIMENSION, TOTAL), *places]
        ]

        def terms(relation: Relation, at: tuple[int, str, str]) -> Terms:
            return {(at[0], indicator, at[1], at[2]): w for indicator, w in relation.weights}

        def measured(relation: Relation) -> list[int]:
            return [self._value(terms(relation, at)) for at in where]

        return [
            Row(found, min(relation.step, self._value(found)), float("inf"))
            for relation in holding(relations_among(counts.indicators), measured)
            for found in (terms(relation, at) for at in where)
        ]

    def _value(self, terms: Terms) -> int:
        return sum(weight * self.truth[unknown] for unknown, weight in terms.items())

    def terms_of(self, cell: Cell) -> Terms:
        return {
            (index, cell.indicator, cell.by, cell.key): 1
            for index, atom in enumerate(self.atoms)
            if atom <= cell.scope
        }

    def parts(
        self, known: Collection[Cell], aims: Collection[Cell]
    ) -> tuple[list[Part], list[Cell]]:
        """Give the parts that hold aims, and the aims that follow from `known` by plain subtraction."""
        equations = [*self._equations, *(self.terms_of(cell) for cell in known)]
        fixed = _follow(equations)
        open_rows = [
            row
            for terms in equations
            if (row := self._left(Row(terms, value := self._value(terms), value), fixed))
        ]
        open_rows += [row for bound in self._bounds if (row := self._left(bound, fixed))]
        open_aims, plain = [], []
        for cell in aims:
            terms = self.terms_of(cell)
            free = {unknown: weight for unknown, weight in terms.items() if unknown not in fixed}
            if free:
                truth = self._value(terms)
                open_aims.append(Aim(cell, free, truth - self._value(free), truth))
            else:
                plain.append(cell)
        return self._cut(open_rows, open_aims), plain

    def _left(self, row: Row, fixed: set[Unknown]) -> Row | None:
        """Give what is left of a row when the reader puts in what she knows; None when nothing is."""
        free = {unknown: weight for unknown, weight in row.terms.items() if unknown not in fixed}
        if not free:
            return None
        if len(free) == len(row.terms):
            return row
        gone = self._value(row.terms) - self._value(free)
        return Row(free, row.low - gone, row.high - gone)

    def _cut(self, rows: list[Row], aims: list[Aim]) -> list[Part]:
        leader: dict[Unknown, Unknown] = {}

        def find(unknown: Unknown) -> Unknown:
            while leader.setdefault(unknown, unknown) != unknown:
                leader[unknown] = unknown = leader[leader[unknown]]
            return unknown

        for terms in [*(row.terms for row in rows), *(aim.terms for aim in aims)]:
            first, *others = terms
            for other in others:
                leader[find(other)] = find(first)
        members: dict[Unknown, list[Unknown]] = {}
        for unknown in list(leader):
            members.setdefault(find(unknown), []).append(unknown)
        rows_of: dict[Unknown, list[Row]] = {}
        for row in rows:
            rows_of.setdefault(find(next(iter(row.terms))), []).append(row)
        aims_of: dict[Unknown, list[Aim]] = {}
        for aim in aims:
            aims_of.setdefault(find(next(iter(aim.terms))), []).append(aim)
        return [
            Part(
                unknowns=tuple(members[lead]),
                low={unknown: min(1, self.truth[unknown]) for unknown in members[lead]},
                rows=tuple(rows_of.get(lead, ())),
                aims=tuple(found),
            )
            for lead, found in aims_of.items()
        ]


def _follow(equations: Sequence[Terms]) -> set[Unknown]:
    """Give every unknown that follows when all others of some equation are known."""
    fixed: set[Unknown] = set()
    left = [set(terms) for terms in equations]
    holding_it: dict[Unknown, list[int]] = {}
    for number, unknowns in enumerate(left):
        for unknown in unknowns:
            holding_it.setdefault(unknown, []).append(number)
    ready = [number for number, unknowns in enumerate(left) if len(unknowns) == 1]
    while ready:
        unknowns = left[ready.pop()]
        if not unknowns:
            continue
        unknown = next(iter(unknowns))
        fixed.add(unknown)
        for number in holding_it[unknown]:
            left[number].discard(unknown)
            if len(left[number]) == 1:
                ready.append(number)
    return fixed
