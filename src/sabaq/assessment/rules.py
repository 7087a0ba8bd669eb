"""Order and score of a test, when it is open, and who sits which form. Pure.

The same person always sees the same order, and neighbours see another.
"""

import hashlib
import uuid
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol, TypeVar

from sabaq.assessment.enums import Form, Phase
from sabaq.courses.enums import ATTENDED_KINDS, SessionKind


class Keyed(Protocol):
    @property
    def key(self) -> str: ...


K = TypeVar("K", bound=Keyed)

_LARGEST_SEED = 2**31 - 1  # what the column holds

# An answer given in time may still be under way: on a bad network that takes minutes.
GRACE = timedelta(minutes=5)
AFTER_STAYS_OPEN = timedelta(days=7)
_LESSONS = (SessionKind.TEACHING, SessionKind.PRACTICE)


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


@dataclass(frozen=True)
class Window:
    """From when to when a test is open; `None` is no limit on that side."""

    opens_at: datetime | None = None
    closes_at: datetime | None = None

    def is_early(self, at: datetime) -> bool:
        return self.opens_at is not None and at < self.opens_at

    def is_open(self, at: datetime) -> bool:
        """Tell whether the test may be begun."""
        return not self.is_early(at) and (self.closes_at is None or at < self.closes_at)

    def is_over(self, at: datetime) -> bool:
        """Tell whether no answer is taken any more, those under way included."""
        return self.closes_at is not None and at >= self.closes_at + GRACE


@dataclass(frozen=True)
class Taught:
    """One session of the timetable, as far as it says when tests are open."""

    kind: SessionKind
    starts_at: datetime
    ends_at: datetime


def planned_window(phase: Phase, timetable: Iterable[Taught]) -> Window:
    """Give when a test is open by the timetable alone; a course without sessions sets no limit.

    Before the course: until the first lesson or practice begins, without any until the first session ends.
    After it: from the beginning of the last session until seven days after its end.
    """
    taught = sorted(
        (one for one in timetable if one.kind in ATTENDED_KINDS), key=lambda one: one.starts_at
    )
    if not taught:
        return Window()
    if phase is Phase.AFTER:
        end = max(one.ends_at for one in taught)
        return Window(taught[-1].starts_at, end + AFTER_STAYS_OPEN)
    lessons = [one.starts_at for one in taught if one.kind in _LESSONS]
    return Window(None, lessons[0] if lessons else taught[0].ends_at)


def balanced_form(mine: tuple[str, str], others: Iterable[tuple[tuple[str, str], Form]]) -> Form:
    """Give the form that a participant sits first, so that both stay even among those who are like her.

    `mine` are her country and sex; `others` those of everybody who has begun, each with the form sat first.
    Whoever comes joins the smaller side: of her country and sex, else of her country, else of her sex, else
    of all. Where all are even it is A, so the allocation follows from who began in which order and from nothing else.
    """
    sides = [(country == mine[0], sex == mine[1], form) for (country, sex), form in others]
    for by_country, by_sex in ((True, True), (True, False), (False, True), (False, False)):
        count = Counter(
            form
            for same_country, same_sex, form in sides
            if same_country >= by_country and same_sex >= by_sex
        )
        if count[Form.A] != count[Form.B]:
            return Form.A if count[Form.A] < count[Form.B] else Form.B
    return Form.A


# Trainers see figures of whole tens of people, in steps of five per cent, and never quite all or quite none:
# what everybody, or nobody, answered is what each of them answered.
GROUP_STEP = 10
_PERCENT_STEP, _LEAST, _MOST = 5, 5, 95


@dataclass(frozen=True)
class Share:
    """A share in per cent, rounded; `percent` of 95 may be more, and of 5 less."""

    percent: int

    @property
    def is_at_least(self) -> bool:
        return self.percent == _MOST

    @property
    def is_at_most(self) -> bool:
        return self.percent == _LEAST


def share_of(right: int, asked: int) -> Share | None:
    """Give the share of right answers as a trainer may see it, or None where fewer than ten were given."""
    if asked < GROUP_STEP:
        return None
    rounded = _PERCENT_STEP * round(100 * right / asked / _PERCENT_STEP)
    return Share(min(max(rounded, _LEAST), _MOST))
