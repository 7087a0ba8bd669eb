from dataclasses import dataclass

from sabaq.classroom.events.base import Event


@dataclass(frozen=True)
class CaptionSaid(Event):
    """One more line can be read in this language."""

    caption: str
    language: str
