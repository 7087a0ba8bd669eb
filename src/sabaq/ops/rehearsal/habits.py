"""How officers keep to the course: some never come, some leave, lines drop, devices are shared."""

from collections.abc import Sequence
from enum import StrEnum
from itertools import cycle, islice
from random import Random

from sabaq.ops.rehearsal.ledger import Officer


class Habit(StrEnum):
    """What somebody is told apart from the others by."""

    STEADY = "there all the time"
    ABSENT = "never opens the link"
    CALLED_OFF = "called away on the morning"
    FIRST_DAY_ONLY = "comes on the first day only"
    LEFT_EARLY = "leaves early on the second day"
    IN_ROOM = "sits in a room on the first day"
    SHORT_GAP = "is away for three minutes of each class"
    LONG_GAP = "is away for most of the second day"
    LATE = "comes two minutes late to each class"
    TWO_DEVICES = "follows on two devices"
    LOSES_LINE = "loses the line and comes back"
    RELOADS = "reloads the page"


# The first of them make a small rehearsal, all of them a quarter of a large one; those of one line go together.
IN_TURN = (
    *(Habit.ABSENT, Habit.LEFT_EARLY, Habit.FIRST_DAY_ONLY),
    *(Habit.IN_ROOM, Habit.SHORT_GAP, Habit.TWO_DEVICES, Habit.LOSES_LINE, Habit.STEADY),
    *(Habit.LONG_GAP, Habit.LATE, Habit.RELOADS, Habit.STEADY),
    *(Habit.SHORT_GAP, Habit.LOSES_LINE, Habit.STEADY, Habit.STEADY),
)
NOT_ON_BOTH_DAYS = {Habit.ABSENT, Habit.FIRST_DAY_ONLY}


def give_habits(chosen: Sequence[Officer], *, called_off: int, rng: Random) -> dict[int, Habit]:
    """Give each of those who were confirmed first a habit, by her number; as many as said are called away."""
    shuffled = list(chosen)
    rng.shuffle(shuffled)
    away, others = shuffled[:called_off], shuffled[called_off:]
    return {
        **{officer.number: Habit.CALLED_OFF for officer in away},
        **{
            officer.number: habit
            for officer, habit in zip(others, islice(cycle(IN_TURN), len(others)), strict=True)
        },
    }
