from dataclasses import dataclass

from sabaq.classroom.events.base import Event


@dataclass(frozen=True)
class SessionMoved(Event):
    """The class begins at another time, or lasts otherwise. Moments are ISO 8601, in UTC."""

    starts_at: str
    ends_at: str
