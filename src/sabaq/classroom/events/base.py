"""The facts of a class, frozen and named in the past tense.

A payload holds ids only, never a name or a text. `audience` says who may learn of it: a vote and a
presence are staff's alone, everyone else learns of counts.
"""

from dataclasses import asdict, dataclass
from typing import Any, ClassVar

from sabaq.classroom.enums import Audience

KINDS: dict[str, type["Event"]] = {}


@dataclass(frozen=True)
class Event:
    audience: ClassVar[Audience] = Audience.ALL

    def __init_subclass__(cls) -> None:
        KINDS[cls.__name__] = cls

    @property
    def kind(self) -> str:
        return type(self).__name__

    def payload(self) -> dict[str, Any]:
        """Give what is stored; `read_event` gives the event back from it."""
        return asdict(self)


def read_event(kind: str, payload: dict[str, Any]) -> Event:
    """Give the event that was stored as `kind` and `payload`."""
    return KINDS[kind](**payload)
