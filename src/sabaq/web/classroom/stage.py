"""What a class shows: the shared part, rendered once per language, and nothing personal in it."""

from dataclasses import dataclass, field
from functools import lru_cache

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from sabaq.classroom.models import LiveClass, PollRun
from sabaq.classroom.queries.polls import counts_of
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

    @property
    def is_open(self) -> bool:
        return self.run.closed_at is None

    @property
    def has_results(self) -> bool:
        return self.run.results_shown_at is not None


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


def shown_poll(session: Session, run: PollRun | None, language: str) -> ShownPoll | None:
    """Give the poll of `run` as everybody sees it."""
    poll = poll_of(session, run.poll) if run else None
    if run is None or poll is None:
        return None
    counts = counts_of(run) if run.results_shown_at else {}
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
    return ShownPoll(run, text_in(poll.question, language), options)


@dataclass(frozen=True)
class Stage:
    """What everybody in a class shares at one moment, in one language; with what renders it.

    Two stages are equal when they look alike: events for staff alone, as votes are, change nothing here.
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
        parts: list[object] = [session.uuid.hex, live.state, live.slide]
        if run is not None:
            shown = run.results_shown_at is not None
            parts += [run.uuid.hex, run.counted, run.closed_at is None, shown]
        key = ".".join(str(part) for part in parts)
        return cls(key, language, is_voter, session, live, run)


@lru_cache(maxsize=128)
def stage_html(stage: Stage) -> dict[str, SafeString]:
    """Give the shared parts of the class page: rendered once per moment, language and role, for all."""
    session, live, language = stage.session, stage.live, stage.language
    deck = deck_of(session)
    context = {
        "key": stage.key[len(session.uuid.hex) :],
        "is_voter": stage.is_voter,
        "session": session,
        "live": live,
        "slide": slide_in(session, live.slide, language),
        "place": place_in(deck, live.slide) if deck else None,
        "poll": shown_poll(session, stage.run, language),
    }
    return {
        part: render_to_string(f"classroom/parts/{part}.html", context)
        for part in ("stage", "poll")
    }
