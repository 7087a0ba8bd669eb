"""The facts of a class, frozen and named in the past tense.

A payload holds ids only, never a name or a text. `audience` says who may learn of it: a vote and a
presence are staff's alone, everyone else learns of counts.
"""

from dataclasses import asdict, dataclass, field
from typing import Any, ClassVar

from sabaq.classroom.enums import Audience


@dataclass(frozen=True)
class Event:
    audience: ClassVar[Audience] = Audience.ALL

    @property
    def kind(self) -> str:
        return type(self).__name__

    def payload(self) -> dict[str, Any]:
        """Give what is stored; `read_event` gives the event back from it."""
        return asdict(self)


@dataclass(frozen=True)
class ClassBegan(Event):
    slide: str


@dataclass(frozen=True)
class SlideShown(Event):
    """`block_hash` names the very text that was shown, whatever becomes of the slide later."""

    slide: str
    block_hash: str


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


@dataclass(frozen=True)
class ClassEnded(Event):
    pass


KINDS: dict[str, type[Event]] = {
    kind.__name__: kind
    for kind in (
        ClassBegan,
        SlideShown,
        PollOpened,
        VoteCast,
        PollCounted,
        PollClosed,
        ResultsShown,
        ClassEnded,
    )
}


def read_event(kind: str, payload: dict[str, Any]) -> Event:
    """Give the event that was stored as `kind` and `payload`."""
    return KINDS[kind](**payload)
