from dataclasses import dataclass

from sabaq.classroom.events.base import Event


@dataclass(frozen=True)
class AnnouncementPosted(Event):
    announcement: str


@dataclass(frozen=True)
class AnnouncementTranslated(Event):
    announcement: str
    language: str


@dataclass(frozen=True)
class AnnouncementWithdrawn(Event):
    announcement: str
