from dataclasses import dataclass
from typing import ClassVar

from sabaq.classroom.enums import Audience
from sabaq.classroom.events.base import Event


@dataclass(frozen=True)
class FiveMinutesSent(Event):
    """A colleague tells those who teach that five minutes are left; nobody else learns of it."""

    audience: ClassVar[Audience] = Audience.STAFF


@dataclass(frozen=True)
class FiveMinutesSeen(Event):
    audience: ClassVar[Audience] = Audience.STAFF
