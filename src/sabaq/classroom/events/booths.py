"""Booths. Their events are for staff; interpreters learn of them by their voice lines, listeners hear them."""

from dataclasses import dataclass
from typing import ClassVar

from sabaq.classroom.enums import Audience
from sabaq.classroom.events.base import Event


@dataclass(frozen=True)
class BoothEntered(Event):
    """An interpreter sits down between two languages, or between two others."""

    audience: ClassVar[Audience] = Audience.STAFF
    seat: str
    first: str
    second: str


@dataclass(frozen=True)
class InterpreterOnAir(Event):
    """Whoever chose this language hears her from now on. At a handover her partner's `InterpreterOffAir` stands before it."""

    audience: ClassVar[Audience] = Audience.STAFF
    seat: str
    into: str


@dataclass(frozen=True)
class InterpreterOffAir(Event):
    audience: ClassVar[Audience] = Audience.STAFF
    seat: str
    into: str


@dataclass(frozen=True)
class HandoverAsked(Event):
    """She asks to take over or, on air herself, to be relieved."""

    audience: ClassVar[Audience] = Audience.STAFF
    seat: str


@dataclass(frozen=True)
class HandoverTakenBack(Event):
    """She asks no longer."""

    audience: ClassVar[Audience] = Audience.STAFF
    seat: str


@dataclass(frozen=True)
class BoothTurned(Event):
    """She speaks into the other language of her booth from now on."""

    audience: ClassVar[Audience] = Audience.STAFF
    seat: str
    into: str


@dataclass(frozen=True)
class SlowDownAsked(Event):
    """An interpreter asks whoever speaks on the floor to speak more slowly."""

    audience: ClassVar[Audience] = Audience.STAFF
    seat: str
