"""The facts of a class, a module a topic. Importing the package makes every kind known to `read_event`."""

from sabaq.classroom.events import (
    announcements,
    booths,
    captions,
    floor,
    hands,
    helping,
    moving,
    polls,
    questions,
    removal,
    running,
    timekeeping,
)
from sabaq.classroom.events.base import KINDS, Event, read_event

__all__ = [
    "KINDS",
    "Event",
    "announcements",
    "booths",
    "captions",
    "floor",
    "hands",
    "helping",
    "moving",
    "polls",
    "questions",
    "read_event",
    "removal",
    "running",
    "timekeeping",
]
