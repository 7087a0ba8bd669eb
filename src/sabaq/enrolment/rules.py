"""Pure rules of the way in."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Step(StrEnum):
    """One screen of the first opening."""

    PROFILE = "profile"
    NOTICE = "notice"
    CONSENTS = "consents"


@dataclass(frozen=True)
class Opening:
    """How far somebody has come on first opening; `None` means not answered yet."""

    profile_confirmed_at: datetime | None
    notice_read: int | None
    notice_now: int
    consents: Collection[bool | None]


def steps_owed(opening: Opening) -> list[Step]:
    """Give the screens still owed, in order. A newer notice is shown again, and only that."""
    owed = []
    if opening.profile_confirmed_at is None:
        owed.append(Step.PROFILE)
    if opening.notice_read is None or opening.notice_read < opening.notice_now:
        owed.append(Step.NOTICE)
    if None in opening.consents:
        owed.append(Step.CONSENTS)
    return owed
