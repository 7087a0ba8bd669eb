"""Questions. Until one is released its events are for staff, and for whoever asked it with her name.

Whoever asks without her name stands in no event.
"""

from dataclasses import dataclass
from typing import ClassVar

from sabaq.classroom.enums import Audience
from sabaq.classroom.events.base import Event


@dataclass(frozen=True)
class QuestionAsked(Event):
    """`enrolment` is None for a question without a name."""

    audience: ClassVar[Audience] = Audience.STAFF
    question: str
    enrolment: int | None = None


@dataclass(frozen=True)
class QuestionReleased(Event):
    """From now on the whole class sees it."""

    question: str


@dataclass(frozen=True)
class SupportersCounted(Event):
    """How many say "me too"; at most every few seconds, and never who."""

    question: str
    supporters: int


@dataclass(frozen=True)
class QuestionAnswered(Event):
    audience: ClassVar[Audience] = Audience.STAFF
    question: str


@dataclass(frozen=True)
class QuestionReopened(Event):
    audience: ClassVar[Audience] = Audience.STAFF
    question: str


@dataclass(frozen=True)
class QuestionsMerged(Event):
    """`question` now goes with `into`."""

    audience: ClassVar[Audience] = Audience.STAFF
    question: str
    into: str


@dataclass(frozen=True)
class QuestionTranslated(Event):
    audience: ClassVar[Audience] = Audience.STAFF
    question: str
    language: str
