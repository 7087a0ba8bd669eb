"""Hands are for whoever raised them, and for staff: colleagues never learn of them from the log."""

from dataclasses import dataclass
from typing import ClassVar

from sabaq.classroom.enums import Audience
from sabaq.classroom.events.base import Event


@dataclass(frozen=True)
class HandRaised(Event):
    audience: ClassVar[Audience] = Audience.ONE
    hand: str
    enrolment: int


@dataclass(frozen=True)
class HandCalled(Event):
    """The trainer gives her the word."""

    audience: ClassVar[Audience] = Audience.ONE
    hand: str
    enrolment: int


@dataclass(frozen=True)
class HandLowered(Event):
    audience: ClassVar[Audience] = Audience.ONE
    hand: str
    enrolment: int
