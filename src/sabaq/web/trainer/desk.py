"""What the console shows: where the deck stands, what comes next, notes, polls, and how many are here."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import get_language

from sabaq.classroom.enums import ClassState
from sabaq.classroom.models import HelpCall, LiveClass
from sabaq.classroom.ports import MediaEngine
from sabaq.classroom.queries.helping import open_help_calls
from sabaq.courses.models import Session
from sabaq.courses.packs.render import ShownSlide, shown_slide
from sabaq.kernel.ports import is_provided
from sabaq.web.classroom.announced import Announcements, announcements_on_desk
from sabaq.web.classroom.stage import Place, deck_of, place_in
from sabaq.web.trainer.desk_people import (
    HandUp,
    Here,
    OnFloor,
    floor_on_desk,
    hands_on_desk,
    here_on_desk,
)
from sabaq.web.trainer.desk_polls import DeskPolls, polls_on_desk
from sabaq.web.trainer.desk_time import DeskTime, time_on_desk


@dataclass(frozen=True)
class Desk:
    live: LiveClass
    slide: ShownSlide | None
    following: ShownSlide | None
    place: Place | None
    polls: DeskPolls
    time: DeskTime
    here: Here
    hands: tuple[HandUp, ...]
    on_floor: tuple[OnFloor, ...]
    announcements: Announcements
    help_calls: tuple[HelpCall, ...]


def desk_of(session: Session, live: LiveClass, *, key: str, at: datetime) -> Desk:
    """Gather the console of one session for the member of staff whose actor's key is `key`.

    The number of queries is fixed, and one for each poll answered by words.
    """
    language, deck = get_language() or "en", deck_of(session)
    place = place_in(deck, live.slide) if deck else None
    slides = {one.id: one for one in deck.slides} if deck else {}
    of_slide = slides[live.slide].poll if live.slide in slides else ""
    coming = place.following if place else ""
    if live.state == ClassState.WAITING and deck and deck.slides:
        coming = deck.slides[0].id
    return Desk(
        live=live,
        slide=shown_slide(slides[live.slide], language) if live.slide in slides else None,
        following=shown_slide(slides[coming], language) if coming else None,
        place=place,
        polls=polls_on_desk(session, language, of_slide=of_slide),
        time=time_on_desk(session, live, deck, language, key, at=at),
        here=here_on_desk(session, language, at=at),
        hands=hands_on_desk(session, language, at=at),
        on_floor=floor_on_desk(session, language) if is_provided(MediaEngine) else (),
        announcements=announcements_on_desk(session, language),
        help_calls=tuple(open_help_calls(session)),
    )
