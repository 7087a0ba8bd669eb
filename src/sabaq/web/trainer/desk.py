"""What the console shows: where the deck stands, what comes next, notes, polls, and how many are here."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import get_language

from sabaq.classroom.models import HelpCall, LiveClass
from sabaq.classroom.queries.attendance import present_by_language, present_now
from sabaq.classroom.queries.helping import open_help_calls
from sabaq.courses.models import Session
from sabaq.courses.packs import Text, text_in
from sabaq.courses.packs.render import ShownSlide, shown_slide
from sabaq.people.enums import Language
from sabaq.web.classroom.stage import Place, deck_of, place_in
from sabaq.web.trainer.desk_polls import DeskPolls, polls_on_desk


@dataclass(frozen=True)
class Desk:
    live: LiveClass
    slide: ShownSlide | None
    following: ShownSlide | None
    place: Place | None
    running_order: tuple[tuple[str, Text], ...]
    polls: DeskPolls
    present: int
    by_language: tuple[tuple[str, int], ...]
    minutes_gone: int | None
    minutes_planned: int
    help_calls: tuple[HelpCall, ...]

    @property
    def here_key(self) -> str:
        """Give how the list of those who are here looks, so that it is redrawn only when it changes."""
        return " ".join(
            [str(self.present), *(f"{name}{heads}" for name, heads in self.by_language)]
        )


def desk_of(session: Session, live: LiveClass, *, at: datetime) -> Desk:
    """Gather the console of one session, in a fixed number of queries, and one for each poll answered by words."""
    language, deck = get_language() or "en", deck_of(session)
    place = place_in(deck, live.slide) if deck else None
    slides = {one.id: one for one in deck.slides} if deck else {}
    of_slide = slides[live.slide].poll if live.slide in slides else ""
    names = dict(Language.choices)
    return Desk(
        live=live,
        slide=shown_slide(slides[live.slide], language) if live.slide in slides else None,
        following=shown_slide(slides[place.following], language)
        if place and place.following
        else None,
        place=place,
        running_order=tuple((one.id, text_in(one.title, language)) for one in slides.values()),
        polls=polls_on_desk(session, language, of_slide=of_slide),
        present=present_now(session, at=at),
        by_language=tuple(
            (names[code], heads) for code, heads in present_by_language(session, at=at).items()
        ),
        minutes_gone=int((at - live.started_at).total_seconds() // 60) if live.started_at else None,
        minutes_planned=int((session.ends_at - session.starts_at).total_seconds() // 60),
        help_calls=tuple(open_help_calls(session)),
    )
