"""Captions: what is said in class, written line by line in one language, and removed where it must not stand."""

from datetime import datetime

from sabaq.classroom.errors.captions import (
    CaptionInAnotherLanguage,
    CaptionIsEmpty,
    CaptionTooLong,
)
from sabaq.classroom.events.captions import CaptionSaid
from sabaq.classroom.log import append, locked_class, must_be_live
from sabaq.classroom.models import Caption
from sabaq.classroom.models.captions import LONGEST_CAPTION
from sabaq.classroom.queries.captions import caption_languages
from sabaq.classroom.rules import tidy_text
from sabaq.classroom.services.removal import Whereabouts, remove_text
from sabaq.courses.models import Session
from sabaq.people.actors import Actor


def say_caption(session: Session, language: str, text: str, *, by: Actor, at: datetime) -> Caption:
    """Let everybody read one line in this language, while the class is live; line ends in it become spaces.

    This is the port of captions: whatever writes them, a person now or speech recognition later, calls it with an
    actor of its own. Raises one of `errors.captions`, `ClassNotLive` or `ClassHasEnded`.
    """
    line = " ".join(tidy_text(text).split())
    if not line:
        raise CaptionIsEmpty
    if len(line) > LONGEST_CAPTION:
        raise CaptionTooLong(most=LONGEST_CAPTION)
    with locked_class(session) as live:
        must_be_live(live)
        if language not in caption_languages(session, by.account_id):
            raise CaptionInAnotherLanguage
        caption = Caption.objects.create(session=session, language=language, text=line, said_at=at)
        said = CaptionSaid(str(caption.uuid), language)
        live.captioned_seq = append(live, said, by=by, at=at).seq
        live.save(update_fields=["captioned_seq"])
        return caption


def remove_caption(caption: Caption, *, by: Actor, at: datetime) -> Caption:
    """Erase what should not have been written, from pages, log and exports; removing it twice changes nothing."""
    with locked_class(caption.session) as live:
        held = Caption.objects.select_for_update().get(pk=caption.pk)
        where = Whereabouts("caption", {"text": ""}, brought_by=CaptionSaid)
        if remove_text(live, held, where, by=by, at=at):
            live.captioned_seq = live.last_seq
            live.save(update_fields=["captioned_seq"])
        return held
