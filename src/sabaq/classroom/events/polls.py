"""Polls. There is no event for a vote: nobody learns of it but by totals."""

from dataclasses import dataclass, field

from sabaq.classroom.events.base import Event


@dataclass(frozen=True)
class PollWritten(Event):
    """A poll was made on the spot, translated before it was asked, or thrown away."""

    poll: str


@dataclass(frozen=True)
class PollOpened(Event):
    run: str
    poll: str


@dataclass(frozen=True)
class PollTranslated(Event):
    """A poll that was asked can be read in one more language, or better in it."""

    run: str
    language: str


@dataclass(frozen=True)
class PollCounted(Event):
    """How many have voted so far; at most every few seconds. Nobody stands behind it."""

    run: str
    votes: int


@dataclass(frozen=True)
class PollClosed(Event):
    run: str
    votes: int


@dataclass(frozen=True)
class ResultsShown(Event):
    """`counts` are votes per option; words are texts, and stay out of the log."""

    run: str
    counts: dict[str, int] = field(default_factory=dict)
