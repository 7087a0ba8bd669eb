from dataclasses import dataclass

from sabaq.classroom.events.base import Event


@dataclass(frozen=True)
class ClassBegan(Event):
    slide: str


@dataclass(frozen=True)
class SlideShown(Event):
    """`block_hash` names the very text that was shown, whatever becomes of the slide later."""

    slide: str
    block_hash: str


@dataclass(frozen=True)
class ClassEnded(Event):
    pass
