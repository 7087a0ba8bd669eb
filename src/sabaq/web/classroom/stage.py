"""What a class shows: the shared part, rendered once per language, and nothing personal in it."""

from dataclasses import dataclass, field
from functools import lru_cache

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from sabaq.classroom.models import LiveClass, PollRun
from sabaq.courses.models import Session
from sabaq.courses.packs import Deck, Topic
from sabaq.courses.packs.render import ShownSlide, shown_slide
from sabaq.courses.queries import pack_of
from sabaq.web.classroom.shown_polls import shown_poll


@dataclass(frozen=True)
class Place:
    """Where a slide stands in its deck; `previous` and `following` are slide ids or ""."""

    number: int
    count: int
    previous: str
    following: str


def topic_of(session: Session) -> Topic | None:
    """Give the topic a session teaches, from its edition's course version; no query after the first."""
    return pack_of(session.edition.version).topic(session.topic) if session.topic else None


def deck_of(session: Session) -> Deck | None:
    topic = topic_of(session)
    return topic.deck if topic else None


def place_in(deck: Deck, slide: str) -> Place | None:
    """Give where `slide` stands in the deck."""
    ids = [one.id for one in deck.slides]
    if slide not in ids:
        return None
    index = ids.index(slide)
    return Place(
        number=index + 1,
        count=len(ids),
        previous=ids[index - 1] if index else "",
        following=ids[index + 1] if index + 1 < len(ids) else "",
    )


def slide_in(session: Session, slide: str, language: str) -> ShownSlide | None:
    deck = deck_of(session)
    found = deck.slide(slide) if deck else None
    return shown_slide(found, language) if found else None


@dataclass(frozen=True)
class Stage:
    """What everybody in a class shares at one moment, in one language; with what renders it.

    Two stages are equal when they look alike: events for staff alone change nothing here.
    """

    key: str
    language: str
    is_voter: bool
    session: Session = field(compare=False)
    live: LiveClass = field(compare=False)
    run: PollRun | None = field(compare=False)

    @classmethod
    def of(
        cls,
        session: Session,
        live: LiveClass,
        run: PollRun | None,
        language: str,
        *,
        is_voter: bool,
    ) -> "Stage":
        parts: list[object] = [session.uuid.hex, live.state]
        if run is not None:
            shown = run.results_shown_at is not None
            parts += [run.uuid.hex, run.counted, run.closed_at is None, shown, run.revision]
        key = ".".join(str(part) for part in parts)
        return cls(key, language, is_voter, session, live, run)


@lru_cache(maxsize=128)
def stage_html(stage: Stage) -> dict[str, SafeString]:
    """Give the shared parts beside the slide: rendered once per moment, language and role, for all."""
    session = stage.session
    context = {
        "key": stage.key[len(session.uuid.hex) :],
        "is_voter": stage.is_voter,
        "session": session,
        "live": stage.live,
        "poll": shown_poll(session, stage.run, stage.language),
    }
    return {"poll": render_to_string("classroom/parts/poll.html", context)}
