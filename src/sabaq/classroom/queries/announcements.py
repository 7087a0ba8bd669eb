"""What was announced in a class."""

from functools import lru_cache
from uuid import UUID

from django.db.models import Q, QuerySet

from sabaq.classroom.enums import ClassState
from sabaq.classroom.models import Announcement, LiveClass
from sabaq.courses.models import Session

_STANDING = Q(withdrawn_at=None, removed_at=None)


def announcements_of(session: Session) -> QuerySet[Announcement]:
    """Give all that was announced, the latest first; a removed one is there without its text."""
    return Announcement.objects.filter(session=session)


def standing_announcements(session: Session) -> QuerySet[Announcement]:
    """Give what has been neither withdrawn nor removed, the latest first."""
    return announcements_of(session).filter(_STANDING)


def announcements_shown(session: Session, live: LiveClass) -> tuple[Announcement, ...]:
    """Give what everybody in the class is shown now: what stands, until the class has ended.

    It is asked once in a process for each change, however many read it.
    """
    if live.state == ClassState.ENDED or not live.announced_seq:
        return ()
    return _as_of(session.uuid, live.announced_seq)


@lru_cache(maxsize=64)
def _as_of(session: UUID, announced_seq: int) -> tuple[Announcement, ...]:
    return tuple(Announcement.objects.filter(_STANDING, session__uuid=session))
