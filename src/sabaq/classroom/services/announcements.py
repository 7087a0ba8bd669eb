"""Telling the whole class something in writing, in one language or several."""

from collections.abc import Mapping
from datetime import datetime

from i18nfield.strings import LazyI18nString

from sabaq.classroom.enums import ClassState
from sabaq.classroom.errors.announcements import (
    AnnouncementChanged,
    AnnouncementIsEmpty,
    AnnouncementIsGone,
    AnnouncementTooLong,
    UnknownLanguage,
)
from sabaq.classroom.errors.running import ClassHasEnded
from sabaq.classroom.events.announcements import (
    AnnouncementPosted,
    AnnouncementTranslated,
    AnnouncementWithdrawn,
)
from sabaq.classroom.events.base import Event
from sabaq.classroom.log import append, locked_class
from sabaq.classroom.models import Announcement, LiveClass
from sabaq.classroom.rules import tidy_text
from sabaq.classroom.services.removal import Whereabouts, remove_text
from sabaq.courses.models import Session
from sabaq.kernel.i18n import values_of
from sabaq.people.actors import Actor
from sabaq.people.enums import Language

LONGEST = 500


def announce(
    session: Session, texts: Mapping[str, str], *, by: Actor, at: datetime
) -> Announcement:
    """Show `texts` (by language) to everybody in the class, before it begins or while it is live."""
    written = _written(texts)
    if not written:
        raise AnnouncementIsEmpty
    with locked_class(session) as live:
        _must_be_open(live)
        announcement = Announcement.objects.create(
            session=session, text=LazyI18nString(written), posted_at=at, changed_at=at
        )
        _tell(live, AnnouncementPosted(str(announcement.uuid)), by=by, at=at)
        return announcement


def translate_announcement(
    announcement: Announcement, language: str, text: str, *, seen: str, by: Actor, at: datetime
) -> Announcement:
    """Put the announcement into one more language, or better what stands there in it.

    `seen` is what stood there for whoever writes, "" for nothing. When somebody else was quicker:
    `AnnouncementChanged`. The same text again changes nothing.
    """
    written = _written({language: text})
    if not written:
        raise AnnouncementIsEmpty
    with locked_class(announcement.session) as live:
        _must_be_open(live)
        announcement = Announcement.objects.select_for_update().get(pk=announcement.pk)
        if announcement.withdrawn_at or announcement.removed_at:
            raise AnnouncementIsGone
        texts = values_of(announcement.text)
        stands = texts.get(language, "")
        if stands == written[language]:
            return announcement
        if stands != tidy_text(seen):
            raise AnnouncementChanged
        announcement.text, announcement.changed_at = LazyI18nString(texts | written), at
        announcement.save(update_fields=["text", "changed_at"])
        _tell(live, AnnouncementTranslated(str(announcement.uuid), language), by=by, at=at)
        return announcement


def withdraw_announcement(announcement: Announcement, *, by: Actor, at: datetime) -> Announcement:
    """Show the announcement no more; withdrawing it twice changes nothing. Its text stays in the minutes."""
    with locked_class(announcement.session) as live:
        announcement = Announcement.objects.select_for_update().get(pk=announcement.pk)
        if announcement.withdrawn_at is None:
            announcement.withdrawn_at = announcement.changed_at = at
            announcement.save(update_fields=["withdrawn_at", "changed_at"])
            _tell(live, AnnouncementWithdrawn(str(announcement.uuid)), by=by, at=at)
        return announcement


def remove_announcement(announcement: Announcement, *, by: Actor, at: datetime) -> Announcement:
    """Erase what should not have been written, from pages, log and exports; removing it twice changes nothing."""
    with locked_class(announcement.session) as live:
        announcement = Announcement.objects.select_for_update().get(pk=announcement.pk)
        where = Whereabouts("announcement", {"text": ""}, brought_by=AnnouncementPosted)
        if remove_text(live, announcement, where, by=by, at=at):
            live.announced_seq = live.last_seq
            live.save(update_fields=["announced_seq"])
        return announcement


def _written(texts: Mapping[str, str]) -> dict[str, str]:
    written = {language: tidy_text(text) for language, text in texts.items() if tidy_text(text)}
    if written.keys() - set(Language.values):
        raise UnknownLanguage
    if any(len(text) > LONGEST for text in written.values()):
        raise AnnouncementTooLong(most=LONGEST)
    return written


def _must_be_open(live: LiveClass) -> None:
    if live.state == ClassState.ENDED:
        raise ClassHasEnded


def _tell(live: LiveClass, event: Event, *, by: Actor, at: datetime) -> None:
    live.announced_seq = append(live, event, by=by, at=at).seq
    live.save(update_fields=["announced_seq"])
