"""What a class shows: the shared part, rendered once per language, and nothing personal in it."""

from dataclasses import dataclass
from functools import lru_cache

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from sabaq.classroom.models import LiveClass, PollRun
from sabaq.classroom.queries import counts_of, current_poll
from sabaq.courses.models import Session
from sabaq.courses.packs import Deck, Poll, Text, Topic, text_in
from sabaq.courses.packs.render import ShownSlide, shown_slide
from sabaq.courses.queries import pack_of


@dataclass(frozen=True)
class ShownOption:
    key: str
    text: Text
    votes: int = 0
    percent: int = 0


@dataclass(frozen=True)
class ShownPoll:
    """A poll in a reader's language; `options` carry votes only once the trainer shows the results."""

    run: PollRun
    question: Text
    options: tuple[ShownOption, ...]
    is_open: bool
    has_results: bool


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


def poll_of(session: Session, key: str) -> Poll | None:
    """Give a poll prepared in the session's topic."""
    topic = topic_of(session)
    return topic.poll(key) if topic else None


def shown_poll(session: Session, language: str) -> ShownPoll | None:
    """Give the poll that is open, or whose results are shown."""
    run = current_poll(session)
    poll = poll_of(session, run.poll) if run else None
    if run is None or poll is None:
        return None
    has_results = run.results_shown_at is not None
    counts = counts_of(run) if has_results else {}
    total = sum(counts.values())
    options = tuple(
        ShownOption(
            option.key,
            text_in(option.text, language),
            counts.get(option.key, 0),
            round(100 * counts.get(option.key, 0) / total) if total else 0,
        )
        for option in poll.options
    )
    question = text_in(poll.question, language)
    return ShownPoll(run, question, options, run.closed_at is None, has_results)


def stage_html(session: Session, live: LiveClass, language: str) -> SafeString:
    """Give the shared part of the class page: rendered once per session, language and seq, for all."""
    return _stage_html(_Key(session, live, language))


class _Key:
    """The key under which a rendered stage is kept, with what is needed to render it."""

    def __init__(self, session: Session, live: LiveClass, language: str) -> None:
        self.session, self.live, self.language = session, live, language
        self.key = (session.pk, live.last_seq, live.state, language)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Key) and self.key == other.key

    def __hash__(self) -> int:
        return hash(self.key)


@lru_cache(maxsize=128)
def _stage_html(wanted: _Key) -> SafeString:
    session, live, language = wanted.session, wanted.live, wanted.language
    deck = deck_of(session)
    context = {
        "session": session,
        "live": live,
        "slide": slide_in(session, live.slide, language),
        "place": place_in(deck, live.slide) if deck else None,
        "poll": shown_poll(session, language),
    }
    return render_to_string("classroom/room.html#stage", context)
