"""Order and score of a test: the same person always sees the same order, and neighbours see another."""

import hashlib
import uuid
from collections.abc import Iterable, Mapping
from typing import Protocol, TypeVar

from sabaq.assessment.enums import Phase


class Keyed(Protocol):
    @property
    def key(self) -> str: ...


K = TypeVar("K", bound=Keyed)

_LARGEST_SEED = 2**31 - 1  # what the column holds


def seed_of(person: uuid.UUID, test: str, phase: Phase = Phase.BEFORE) -> int:
    """Give the seed of one participant's sitting of one test, the same whenever it is asked for.

    After the course she meets the items in another order than before it.
    """
    head = hashlib.sha256(person.bytes + f"{test}|{phase.value}".encode()).digest()[:4]
    return int.from_bytes(head, "big") & _LARGEST_SEED


def order_of(things: Iterable[K], seed: int, *, within: str = "") -> tuple[K, ...]:
    """Give `things` in the order that belongs to `seed`; `within` names the item whose options they are.

    The order depends on keys alone: neither another process nor a mended text shuffles it, and one more
    item leaves the others in their places.
    """
    return tuple(sorted(things, key=lambda thing: (_place(seed, within, thing.key), thing.key)))


def _place(seed: int, within: str, key: str) -> bytes:
    return hashlib.sha256(f"{seed}|{within}|{key}".encode()).digest()


def score(correct: Mapping[str, str], given: Mapping[str, str]) -> int:
    """Count the items whose given option is the correct one; `correct` and `given` map item to option."""
    return sum(given.get(item) == option for item, option in correct.items())
