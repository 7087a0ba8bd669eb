from dataclasses import dataclass, field
from typing import ClassVar

from sabaq.classroom.enums import Audience
from sabaq.classroom.events.base import Event


@dataclass(frozen=True)
class PollOpened(Event):
    run: str
    poll: str


@dataclass(frozen=True)
class VoteCast(Event):
    """Staff's alone: whose vote it was never leaves the console's stream."""

    audience: ClassVar[Audience] = Audience.STAFF
    run: str
    enrolment: int
    option: str


@dataclass(frozen=True)
class PollCounted(Event):
    """How many have voted so far; at most every few seconds."""

    run: str
    votes: int


@dataclass(frozen=True)
class PollClosed(Event):
    run: str
    votes: int


@dataclass(frozen=True)
class ResultsShown(Event):
    run: str
    counts: dict[str, int] = field(default_factory=dict)
