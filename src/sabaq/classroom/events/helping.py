"""A call for help is for whoever called, and for staff; its words are in an erasable row."""

from dataclasses import dataclass
from typing import ClassVar

from sabaq.classroom.enums import Audience
from sabaq.classroom.events.base import Event


@dataclass(frozen=True)
class HelpCalled(Event):
    audience: ClassVar[Audience] = Audience.ONE
    call: str
    enrolment: int


@dataclass(frozen=True)
class HelpAnswered(Event):
    audience: ClassVar[Audience] = Audience.ONE
    call: str
    enrolment: int
