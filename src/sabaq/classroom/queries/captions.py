"""Captions: the lines of a class, the last of them as everybody reads them, and who writes in which language."""

from functools import lru_cache
from uuid import UUID

from django.db.models import QuerySet

from sabaq.classroom.models import Caption, LiveClass
from sabaq.classroom.queries.booths import own_seat
from sabaq.courses.models import Session

# As many as a page that reloads itself every 15 seconds needs to miss none.
LINES_SHOWN = 10


def captions_of(session: Session) -> QuerySet[Caption]:
    """Give the lines that stand, in every language, in the order in which they were said."""
    return Caption.objects.filter(session=session, removed_at__isnull=True)


def captions_shown(session: Session, live: LiveClass, language: str = "") -> tuple[Caption, ...]:
    """Give the last lines in this language ("": in every one), the latest last.

    They are asked for once in a process for each line that is said, however many read them.
    """
    if not live.captioned_seq:
        return ()
    return _as_of(session.uuid, language, live.captioned_seq)


def caption_languages(session: Session, account_id: int | None) -> tuple[str, ...]:
    """Give the languages this account writes captions in: the two of her booth, hers first; else all of the edition."""
    seat = own_seat(session, account_id) if account_id is not None else None
    return (seat.into, seat.other) if seat else tuple(session.edition.languages)


@lru_cache(maxsize=256)
def _as_of(session: UUID, language: str, captioned_seq: int) -> tuple[Caption, ...]:
    standing = Caption.objects.filter(session__uuid=session, removed_at__isnull=True)
    if language:
        standing = standing.filter(language=language)
    return tuple(reversed(standing.order_by("-said_at", "-id")[:LINES_SHOWN]))
