"""The floor. Who was given it is for her and for staff; in which language it speaks, for everybody."""

from dataclasses import dataclass
from typing import ClassVar

from sabaq.classroom.enums import Audience
from sabaq.classroom.events.base import Event


@dataclass(frozen=True)
class FloorGranted(Event):
    """She may speak to all now."""

    audience: ClassVar[Audience] = Audience.ONE
    grant: str
    enrolment: int


@dataclass(frozen=True)
class FloorTaken(Event):
    """The floor was taken back, or she gave it back herself."""

    audience: ClassVar[Audience] = Audience.ONE
    grant: str
    enrolment: int


@dataclass(frozen=True)
class FloorLanguageSet(Event):
    """From now on the floor is spoken in this language."""

    language: str
