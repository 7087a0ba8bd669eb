"""What the newsroom asks of others: figures fit to be published, and a document to send round."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from sabaq.courses.models import Edition


@dataclass(frozen=True)
class Attendance:
    """How many took part. A number is None where it may not be published."""

    total: int | None
    women: int | None
    countries: tuple[str, ...]


@dataclass(frozen=True)
class Opinion:
    """How a question of the closing survey was answered: `agreed` of `answered` chose 4 or 5 of 5.

    `statement` is what they agreed with, in one language.
    """

    statement: str
    agreed: int
    answered: int


class Figures(Protocol):
    """Gives what has passed the rules of suppression; nothing else may stand in an article."""

    def attendance_of(self, edition: Edition) -> Attendance: ...

    def opinion_of(self, edition: Edition, language: str) -> Opinion | None:
        """Give what participants thought of the course, or None where too few have answered."""
        ...


@dataclass(frozen=True)
class QuoteBlock:
    """Words of a person, and whether she has approved them."""

    name: str
    function: str
    text: str
    is_approved: bool


@dataclass(frozen=True)
class ProseBlock:
    """Markdown as the office wrote it."""

    markdown: str


Block = ProseBlock | QuoteBlock


@dataclass(frozen=True)
class PhotoOfDocument:
    data: bytes
    kind: str
    alt: str
    credit: str


@dataclass(frozen=True)
class SignedStep:
    """One line of the table of approvals; without a name it is still to come."""

    step: str
    name: str = ""
    day: date | None = None


@dataclass(frozen=True)
class ArticleDocument:
    """An article in one language, in every word as it is to be read.

    `others` maps the words for each other language to the article's address in it.
    """

    language: str
    title: str
    blocks: tuple[Block, ...]
    others: Mapping[str, str]
    approvals: tuple[SignedStep, ...]
    made_at: datetime
    photo: PhotoOfDocument | None = None


class ArticleWriter(Protocol):
    def article(self, document: ArticleDocument) -> bytes:
        """Give the document as DOCX, for the office to send round and to edit."""
        ...
