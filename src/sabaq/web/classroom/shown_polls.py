"""A poll in a reader's language: for everybody, for the one who votes, and for the console."""

from collections.abc import Mapping
from dataclasses import dataclass

from sabaq.classroom.models import PollRun, PollWord, SpotPoll
from sabaq.classroom.queries.polls import poll_of, words_in
from sabaq.classroom.rules.polls import WORD_LENGTH, median_of, percent
from sabaq.courses.models import Session
from sabaq.courses.packs import Poll, PollKind, Text, text_in
from sabaq.people.enums import Language


@dataclass(frozen=True)
class ShownOption:
    """`percent` is of those who have answered: where several may be chosen they come to more than 100."""

    key: str
    text: Text
    votes: int = 0
    percent: int = 0


@dataclass(frozen=True)
class ShownPoll:
    """A poll as it is read; who may see its totals is for the template to heed."""

    key: str
    kind: PollKind
    question: Text
    options: tuple[ShownOption, ...]
    answered: int = 0
    median: float | None = None
    run: PollRun | None = None

    @property
    def is_open(self) -> bool:
        return self.run is not None and self.run.closed_at is None

    @property
    def has_results(self) -> bool:
        return self.run is not None and self.run.results_shown_at is not None

    @property
    def is_several(self) -> bool:
        return self.kind == PollKind.MULTIPLE

    @property
    def is_scale(self) -> bool:
        return self.kind == PollKind.SCALE

    @property
    def is_word(self) -> bool:
        return self.kind == PollKind.WORD

    @property
    def other_language(self) -> str:
        """Give the language in which some of it stands because the reader's is missing, or ""."""
        texts = (self.question, *(option.text for option in self.options))
        return next((text.language for text in texts if text.is_fallback), "")

    @property
    def word_length(self) -> int:
        return WORD_LENGTH

    def words(self) -> list[PollWord]:
        """Give the words that were answered, once it has closed."""
        return list(words_in(self.run)) if self.run and self.is_word else []


def shown(poll: Poll, run: PollRun | None, language: str, *, with_totals: bool = True) -> ShownPoll:
    """Give the poll, with the totals that staff may see of this asking by now."""
    counted = run if with_totals else None
    totals: Mapping[str, int] = counted.totals if counted else {}
    answered = counted.totalled if counted else 0
    options = tuple(
        ShownOption(
            option.key,
            text_in(option.text, language),
            totals.get(option.key, 0),
            percent(totals.get(option.key, 0), answered),
        )
        for option in poll.options
    )
    median = median_of(totals) if poll.kind == PollKind.SCALE else None
    question = text_in(poll.question, language)
    return ShownPoll(poll.key, poll.kind, question, options, answered, median, run)


def shown_poll(session: Session, run: PollRun | None, language: str) -> ShownPoll | None:
    """Give the poll of `run` as everybody sees it: without totals until the trainer shows them."""
    poll = poll_of(session, run.poll) if run else None
    if run is None or poll is None:
        return None
    return shown(poll, run, language, with_totals=run.results_shown_at is not None)


@dataclass(frozen=True)
class ToTranslate:
    """A poll made on the spot, and one more language it can be given in."""

    poll: str
    revision: int
    language: str
    name: str
    question: str
    said: str
    pairs: tuple[tuple[str, str], ...]
    source: str

    @property
    def is_missing(self) -> bool:
        return not self.said


def to_translate(session: Session, spots: list[SpotPoll]) -> tuple[ToTranslate, ...]:
    """Give what may be translated of these polls; what is missing first."""
    names = dict(Language.choices)
    rows = [
        ToTranslate(
            poll=str(spot.uuid),
            revision=spot.revision,
            language=language,
            name=names[Language(language)],
            question=spot.question[spot.language],
            said=spot.question.get(language, ""),
            pairs=tuple(
                (option["text"][spot.language], option["text"].get(language, ""))
                for option in spot.options
                if option["text"]
            ),
            source=spot.language,
        )
        for spot in spots
        for language in session.edition.languages
        if language != spot.language
    ]
    return tuple(sorted(rows, key=lambda row: not row.is_missing))
