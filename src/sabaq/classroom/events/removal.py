"""What is left in the log of a text that was erased."""

from dataclasses import dataclass

from sabaq.classroom.events.base import Event


@dataclass(frozen=True)
class Removed(Event):
    """The tombstone: it stands where the event stood that brought the text in, under the same number.

    `what` says what kind of thing it was ("question", "announcement", "poll", "caption"), and nothing else.
    """

    what: str


@dataclass(frozen=True)
class TextRemoved(Event):
    """Tells every page to draw itself anew, now that a text is gone."""

    what: str
    uuid: str
