"""A reader with a solver: what she can tell of hidden counts from published tables, worked out apart from the product.

She knows the tables' form (rows add up to the total), how the indicators lie within each other, that nobody is
counted less than once, and nothing of how cells were chosen. Solved by `scipy.optimize.linprog`, integers.
"""

from dataclasses import dataclass, field

import numpy as np
from scipy.optimize import linprog
from scipy.sparse import csr_array

WITHIN = [
    ("confirmed", "nominated"),
    ("registered", "confirmed"),
    ("attended", "registered"),
    ("attended-day-1", "attended"),
    ("attended-day-2", "attended"),
    ("completed", "attended-day-1"),
    ("completed", "attended-day-2"),
    ("certified", "attended"),
]


@dataclass
class Reader:
    """`tables` map (version, indicator, dimension) to its values, None where hidden; `totals` likewise."""

    tables: dict[tuple[int, str, str], dict[str, int | None]]
    totals: dict[tuple[int, str], int | None]
    names: dict[tuple, int] = field(default_factory=dict)
    rows: list[tuple[dict[int, float], float, float]] = field(default_factory=list)

    def __post_init__(self) -> None:
        for (version, indicator, by), values in self.tables.items():
            line = {self.at((version, indicator, by, key)): 1.0 for key in values}
            line[self.at((version, indicator))] = -1.0
            self.rows.append((line, 0, 0))
            for key, count in values.items():
                if count is not None:
                    self.rows.append(({self.at((version, indicator, by, key)): 1.0}, count, count))
        for about, total in self.totals.items():
            if total is not None:
                self.rows.append(({self.at(about): 1.0}, total, total))
        self._within()

    def at(self, name: tuple) -> int:
        return self.names.setdefault(name, len(self.names))

    def _within(self) -> None:
        places = {(v, by, key) for (v, _, by), values in self.tables.items() for key in values}
        for narrow, wide in WITHIN:
            for version, *place in sorted(places):
                if all((version, name, place[0]) in self.tables for name in (narrow, wide)):
                    inner, outer = ((version, name, *place) for name in (narrow, wide))
                    # A value without a row of its own is nil.
                    known = [name for name in (inner, outer) if name in self.names]
                    if known == [inner, outer]:
                        self.rows.append(({self.at(outer): 1.0, self.at(inner): -1.0}, 0, np.inf))
                    elif known == [inner]:
                        self.rows.append(({self.at(inner): 1.0}, 0, 0))

    def know(self, terms: dict[tuple, float], low: float, high: float) -> None:
        """Let her know something else: that a sum lies between two numbers."""
        self.rows.append(({self.at(name): weight for name, weight in terms.items()}, low, high))

    def bounds(self, name: tuple) -> tuple[int, int]:
        """Give the least and the most that a count can be."""
        above, most = self._matrix()
        found = []
        for sign in (1, -1):
            wish = np.zeros(len(self.names))
            wish[self.at(name)] = sign
            # Presolving integers, HiGHS 1.12 at times finds no solution where there is one, or not the best.
            solved = linprog(
                wish,
                A_ub=above,
                b_ub=most,
                bounds=(0, 10_000),
                integrality=1,
                method="highs",
                options={"presolve": False},
            )
            assert solved.status == 0, solved.message
            found.append(round(sign * solved.fun))
        return found[0], found[1]

    def _matrix(self) -> tuple[csr_array, list[float]]:
        sides = [
            (sign, line, sign * limit)
            for line, low, high in self.rows
            for sign, limit in ((1, high), (-1, low))
            if np.isfinite(limit)
        ]
        places = [
            (number, place, sign * weight)
            for number, (sign, line, _) in enumerate(sides)
            for place, weight in line.items()
        ]
        across, down, weights = zip(*places, strict=True)
        shape = (len(sides), len(self.names))
        return csr_array((weights, (across, down)), shape=shape), [limit for *_, limit in sides]
