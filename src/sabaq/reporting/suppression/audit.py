"""The proof: how far a reader can narrow a hidden cell down, by linear programming over her system.

A hidden cell is *safe* when figures that agree with all she knows give it another count, at least one away
from the true one, and, where the true count is small, at least `SAFE_COUNT`. As her solutions form a
convex set, every count in between agrees too.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from sabaq.reporting.rules import THRESHOLD
from sabaq.reporting.suppression.cells import Cell
from sabaq.reporting.suppression.system import Aim, Part, System, Unknown

# One above the threshold: whoever is counted in the cell herself takes one away, and must still see no less.
SAFE_COUNT = THRESHOLD + 1
_LARGEST = 100_000
_ERROR = 1e-6
# By how much HiGHS may miss a row: its own tolerance is 1e-7 before it scales back.
_ROUNDING = 1e-4


def is_small(count: int) -> bool:
    return 0 < count < THRESHOLD


class Auditor:
    """Tells which hidden cells of one system are not safe. What it has proved once it remembers."""

    def __init__(self, system: System) -> None:
        self.system = system
        self._found: dict[tuple[frozenset[Unknown], frozenset[Cell]], list[Cell]] = {}

    def exposed(self, known: Iterable[Cell], hidden: Iterable[Cell]) -> list[Cell]:
        """Give the cells among `hidden` that are not safe from a reader who knows `known`."""
        parts, exposed = self.system.parts(list(known), list(hidden))
        for part in parts:
            about = (frozenset(part.unknowns), frozenset(aim.cell for aim in part.aims))
            if about not in self._found:
                self._found[about] = _exposed_in(part)
            exposed += self._found[about]
        return exposed


def _exposed_in(part: Part) -> list[Cell]:
    reader = _Reader(part)
    small = [aim for aim in part.aims if is_small(aim.truth)]
    waiting = set(range(len(part.aims)))

    def note(solution: Any) -> None:
        for number in list(waiting):
            if _is_safe(part.aims[number], reader.value(part.aims[number], solution)):
                waiting.discard(number)

    if small:
        note(reader.raise_together(small))
    for number, aim in enumerate(part.aims):
        for direction in (1,) if is_small(aim.truth) else (1, -1):
            if number in waiting:
                note(reader.push(aim, direction))
    return [part.aims[number].cell for number in sorted(waiting)]


def _is_safe(aim: Aim, value: float) -> bool:
    if is_small(aim.truth):
        return value >= SAFE_COUNT - _ERROR
    return abs(value - aim.truth) >= 1 - _ERROR


class _Reader:
    """One part of a system as HiGHS takes it."""

    def __init__(self, part: Part) -> None:
        self._place = {unknown: place for place, unknown in enumerate(part.unknowns)}
        self._low = [float(part.low[unknown]) for unknown in part.unknowns]
        self._rows = [(row.terms, row.low, row.high) for row in part.rows]

    def value(self, aim: Aim, solution: Any) -> float:
        return aim.known + float(
            sum(weight * solution[self._place[unknown]] for unknown, weight in aim.terms.items())
        )

    def push(self, aim: Aim, direction: int) -> Any:
        """Give the solution in which the aim is largest (direction 1) or smallest (-1)."""
        wish = [0.0] * len(self._place)
        for unknown, weight in aim.terms.items():
            wish[self._place[unknown]] = -float(weight * direction)
        return self._solve(wish, self._low, [_LARGEST] * len(wish), [])

    def raise_together(self, aims: Sequence[Aim]) -> Any:
        """Give a solution in which the aims reach their safe count as far as they can all together."""
        width = len(self._place)
        wish = [0.0] * width + [-1.0] * len(aims)
        # Each aim carries a helper that is no more than it, and no more than the safe count.
        high = [float(_LARGEST)] * width + [float(SAFE_COUNT)] * len(aims)
        extra = [
            (
                {
                    **{self._place[unknown]: weight for unknown, weight in aim.terms.items()},
                    width + number: -1,
                },
                -float(aim.known),
                float("inf"),
            )
            for number, aim in enumerate(aims)
        ]
        return self._solve(wish, self._low + [0.0] * len(aims), high, extra)

    def _solve(
        self,
        wish: list[float],
        low: list[float],
        high: Sequence[float],
        extra: list[tuple[dict[int, int], float, float]],
    ) -> Any:
        # SciPy takes half a second to import: only those whose figures need hiding wait for it.
        from scipy.optimize import Bounds, LinearConstraint, milp  # noqa: PLC0415
        from scipy.sparse import csr_array  # noqa: PLC0415

        lines = [
            *(
                ({self._place[unknown]: weight for unknown, weight in terms.items()}, a, b)
                for terms, a, b in self._rows
            ),
            *extra,
        ]
        places = [
            (line, place, weight)
            for line, (terms, _, _) in enumerate(lines)
            for place, weight in terms.items()
        ]
        if not places:
            return [
                _LARGEST if wished < 0 else least for wished, least in zip(wish, low, strict=True)
            ]
        across, down, weights = zip(*places, strict=True)
        matrix = csr_array((weights, (across, down)), shape=(len(lines), len(wish)), dtype=float)
        limits = LinearConstraint(matrix, [line[1] for line in lines], [line[2] for line in lines])
        answer = milp(wish, constraints=limits, bounds=Bounds(low, high))
        # Only figures that do agree with all she knows prove anything, whatever the solver says of them.
        if answer.x is None or min(map(min, limits.residual(answer.x))) < -_ROUNDING:
            raise ArithmeticError(f"no solution to what is published: {answer.message}")
        return answer.x
