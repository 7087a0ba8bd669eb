"""The parts of a pack, frozen. `Texts` holds a text per language; `text_in` picks one for a reader."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import Enum, StrEnum

Texts = Mapping[str, str]

LIKERT = ("1", "2", "3", "4", "5")
CARD_IS_OLD_AFTER_MONTHS = 12


class TopicStatus(Enum):
    COMPLETE = "complete"
    OUTLINE = "outline"  # title and objectives only, announced in the programme


class BlockKind(Enum):
    HEADING = "heading"
    TEXT = "text"
    AIMS = "aims"  # the topic's objectives, so that they are written once
    CARD = "card"
    CONTACTS = "contacts"  # where to find help, named by the edition: job aids alone have it


class Level(Enum):
    """What an item asks of the officer (after Bloom; the upper levels need practice, not a test)."""

    REMEMBER = "remember"
    UNDERSTAND = "understand"
    APPLY = "apply"


class QuestionKind(Enum):
    LIKERT = "likert"
    CHOICE = "choice"
    OPEN = "open"


class PollKind(StrEnum):
    """How a poll is answered: by one option, by several, from 1 to 5, or by a word or two."""

    SINGLE = "single"
    MULTIPLE = "multiple"
    SCALE = "scale"
    WORD = "word"


class Asked(Enum):
    """When a survey is open: around the beginning of the course, or at its end."""

    BEFORE = "before"
    AFTER = "after"


class Confidence(Enum):
    """How sure the statement of a legal card is. Only `FOUND` was read in a source."""

    FOUND = "found"
    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


@dataclass(frozen=True)
class Objective:
    """What a participant can do after the topic."""

    key: str
    text: Texts


@dataclass(frozen=True)
class Block:
    """One paragraph, heading, list, quotation or table of a lesson, in Markdown.

    `hash` is that of the normalised source text; `stale` names the languages whose text was made from an
    earlier one. `card` is the key of the legal card that a block of that kind shows.
    """

    id: str
    kind: BlockKind
    text: Texts
    hash: str
    stale: frozenset[str] = frozenset()
    card: str = ""


@dataclass(frozen=True)
class Lesson:
    blocks: tuple[Block, ...]

    def block(self, block_id: str) -> Block | None:
        return next((block for block in self.blocks if block.id == block_id), None)

    def for_participants(self) -> "Lesson":
        """Give it without the blocks whose name begins with "trainer": what to listen for, and how to close."""
        return Lesson(tuple(one for one in self.blocks if not one.id.startswith("trainer")))


@dataclass(frozen=True)
class Slide:
    """One slide; body and notes are Markdown. `poll` is the key of the poll prepared for it, or "".

    `minutes` is what the author plans for it; None leaves that to the length of the session.
    """

    id: str
    title: Texts
    body: Texts
    notes: Texts
    interpreter: Texts
    hash: str
    stale: frozenset[str] = frozenset()
    poll: str = ""
    minutes: int | None = None


@dataclass(frozen=True)
class Term:
    """One entry of the glossary, `topics` being the keys of those that use it."""

    key: str
    term: Texts
    definition: Texts
    topics: tuple[str, ...] = ()


@dataclass(frozen=True)
class JobAid:
    """A page to keep at work: what to do, why, and on which standard."""

    key: str
    title: Texts
    summary: Texts
    topic: str
    sheet: Lesson


@dataclass(frozen=True)
class Deck:
    slides: tuple[Slide, ...]

    def slide(self, slide_id: str) -> Slide | None:
        return next((slide for slide in self.slides if slide.id == slide_id), None)


@dataclass(frozen=True)
class Option:
    """One answer on offer; only the options of a test item carry an explanation."""

    key: str
    text: Texts
    explanation: Texts = field(default_factory=dict)


@dataclass(frozen=True)
class Poll:
    """A question asked in class, shown as totals.

    A scale has the options 1 to 5, of which the first and the last carry a text; a word poll has none.
    """

    key: str
    kind: PollKind
    question: Texts
    options: tuple[Option, ...]


@dataclass(frozen=True)
class Topic:
    key: str
    status: TopicStatus
    title: Texts
    objectives: tuple[Objective, ...]
    lesson: Lesson | None = None
    deck: Deck | None = None
    polls: tuple[Poll, ...] = ()
    exercise: Lesson | None = None

    @property
    def is_outline(self) -> bool:
        return self.status is TopicStatus.OUTLINE

    def poll(self, key: str) -> Poll | None:
        return next((poll for poll in self.polls if poll.key == key), None)


@dataclass(frozen=True)
class Item:
    """One question of a test, with one best answer: the option whose key is `correct`."""

    key: str
    topic: str
    objective: str
    level: Level
    stem: Texts
    options: tuple[Option, ...]
    correct: str
    hash: str

    def option(self, key: str) -> Option | None:
        return next((option for option in self.options if option.key == key), None)


@dataclass(frozen=True)
class Test:
    """What a test asks: `items`, the same before and after the course, or one of two `forms` ("A", "B")."""

    key: str
    title: Texts
    intro: Texts
    items: tuple[Item, ...]
    forms: Mapping[str, tuple[Item, ...]] = field(default_factory=dict)

    __test__ = False  # not a test of ours, whatever pytest makes of the name

    def sheet(self, form: str = "") -> tuple[Item, ...]:
        """Give the items of a form, or those that everybody is asked."""
        return self.forms[form] if form else self.items

    def item(self, key: str, form: str = "") -> Item | None:
        return next((item for item in self.sheet(form) if item.key == key), None)


@dataclass(frozen=True)
class Question:
    """One question of a survey. A likert question has the options 1 to 5, an open one has none."""

    key: str
    kind: QuestionKind
    text: Texts
    options: tuple[Option, ...] = ()
    is_required: bool = False


@dataclass(frozen=True)
class Survey:
    key: str
    title: Texts
    intro: Texts
    questions: tuple[Question, ...]
    asked: Asked = Asked.AFTER

    def question(self, key: str) -> Question | None:
        return next((question for question in self.questions if question.key == key), None)


@dataclass(frozen=True)
class Picture:
    """A file of `media/` that pages show, by the digest of its bytes; measures in pixels, `size` in bytes."""

    path: str
    digest: str
    width: int
    height: int
    size: int

    @property
    def address(self) -> str:
        """Give where it is served; the same bytes have the same address for ever."""
        return f"/media/{self.digest}.{self.path.rpartition('.')[2]}"


@dataclass(frozen=True)
class Promise:
    """The sheet on which a participant writes at the end what she will do: its words and its three questions."""

    title: Texts
    intro: Texts
    deed: Texts
    by_when: Texts
    support: Texts


@dataclass(frozen=True)
class LegalCard:
    """One legal anchor, with whose law it is, where it was read, when, and how sure that is."""

    key: str
    jurisdiction: str
    title: Texts
    text: Texts
    source: Texts
    url: str
    verified_on: date
    confidence: Confidence

    @property
    def must_be_verified(self) -> bool:
        return self.confidence is not Confidence.FOUND

    def is_old(self, today: date) -> bool:
        """Tell whether twelve months have passed since the card was verified."""
        months = (today.year - self.verified_on.year) * 12 + today.month - self.verified_on.month
        return (months, today.day) >= (CARD_IS_OLD_AFTER_MONTHS, self.verified_on.day)


@dataclass(frozen=True, eq=False)
class Pack:
    """A whole course. Two packs are the same when their `digest` is.

    `items` is the whole bank, by key; a test asks some of it.
    """

    slug: str
    version: str
    title: Texts
    subtitle: Texts
    source_language: str
    languages: tuple[str, ...]
    licence: str
    topics: tuple[Topic, ...]
    tests: Mapping[str, Test]
    surveys: Mapping[str, Survey]
    cards: Mapping[str, LegalCard]
    digest: str
    items: Mapping[str, Item] = field(default_factory=dict)
    aids: Mapping[str, JobAid] = field(default_factory=dict)
    glossary: Mapping[str, Term] = field(default_factory=dict)
    promise: Promise | None = None
    pictures: Mapping[str, Picture] = field(default_factory=dict)
    # By language: how many translations in TOML are of an earlier text. Blocks and slides say so themselves.
    stale: Mapping[str, int] = field(default_factory=dict)

    def topic(self, key: str) -> Topic | None:
        return next((topic for topic in self.topics if topic.key == key), None)

    def poll(self, key: str) -> Poll | None:
        """Give the poll of whichever topic prepared it; poll keys are unique in a pack."""
        return next(
            (poll for topic in self.topics for poll in topic.polls if poll.key == key), None
        )
