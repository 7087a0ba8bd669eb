"""What happened in a class, for reading afterwards: the minutes, and the log with the texts it leads to.

Texts are joined from their tables when they are read, so what was removed is in neither.
"""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from sabaq.classroom.models import (
    Announcement,
    Caption,
    ClassEvent,
    LiveClass,
    PollRun,
    PollWord,
    Question,
    SpotPoll,
)
from sabaq.classroom.queries.captions import captions_of
from sabaq.classroom.queries.polls import as_poll
from sabaq.classroom.queries.questions import questions_of
from sabaq.courses.models import Session
from sabaq.courses.packs import Poll, PollKind, Slide
from sabaq.courses.queries import pack_of
from sabaq.kernel.i18n import values_of

# Who stands behind an event leaves the house with no export.
_PERSONAL = ("enrolment", "enrolments")
_AT_A_TIME = 500


@dataclass(frozen=True)
class PollInMinutes:
    """A poll as it was asked, and the words given to an open one.

    `votes` are its answers with the votes each had: number (of a scale, else ""), text by language, votes.
    """

    run: PollRun
    poll: Poll | None
    votes: tuple[tuple[str, dict[str, str], int], ...]
    words: tuple[tuple[str, int], ...]
    removed_words: int


class ClassTexts:
    """The texts that a class's events lead to, each kind read once and only when asked for."""

    def __init__(self, session: Session) -> None:
        self.session = session

    @cached_property
    def slides(self) -> dict[str, Slide]:
        """Give the slides of the session's deck by id."""
        topic = self._topic
        return {one.id: one for one in topic.deck.slides} if topic and topic.deck else {}

    @cached_property
    def questions(self) -> dict[str, Question]:
        """Give the questions that stand, by uuid."""
        return {str(one.uuid): one for one in questions_of(self.session)}

    @cached_property
    def announcements(self) -> dict[str, Announcement]:
        """Give the announcements that stand, by uuid."""
        standing = Announcement.objects.filter(session=self.session, removed_at__isnull=True)
        return {str(one.uuid): one for one in standing.order_by("posted_at", "id")}

    @cached_property
    def captions(self) -> dict[str, Caption]:
        """Give the captions that stand, by uuid, in the order in which they were said."""
        return {str(one.uuid): one for one in captions_of(self.session)}

    @cached_property
    def polls(self) -> dict[str, PollInMinutes]:
        """Give each asking of a poll that stands, by the uuid of its run."""
        words: dict[int, list[PollWord]] = {}
        for word in PollWord.objects.filter(run__session=self.session).order_by("-votes", "id"):
            words.setdefault(word.run_id, []).append(word)
        spots = list(SpotPoll.objects.filter(session=self.session))
        known = {str(spot.uuid): as_poll(spot) for spot in spots if spot.removed_at is None}
        removed = {str(spot.uuid) for spot in spots if spot.removed_at is not None}
        if self._topic:
            known |= {poll.key: poll for poll in self._topic.polls}
        runs = PollRun.objects.filter(session=self.session).order_by("opened_at", "id")
        runs = runs.exclude(poll__in=removed)
        return {
            str(run.uuid): _poll_in_minutes(run, known.get(run.poll), words.get(run.pk, ()))
            for run in runs
        }

    @cached_property
    def _topic(self) -> Any:
        pack = pack_of(self.session.edition.version) if self.session.topic else None
        return pack.topic(self.session.topic) if pack else None


@dataclass(frozen=True)
class Minutes:
    """A class afterwards. `slides` are shown slides with the moment of each; `removed` are removed texts."""

    live: LiveClass | None
    slides: tuple[tuple[datetime, str, dict[str, str]], ...]
    texts: ClassTexts
    removed: tuple[tuple[datetime, str], ...]

    @property
    def is_empty(self) -> bool:
        """Tell whether there is nothing to read yet."""
        has_texts = self.texts.questions or self.texts.announcements
        return not (
            self.slides or self.removed or has_texts or (self.live and self.live.started_at)
        )


def minutes_of_class(session: Session) -> Minutes:
    """Give the minutes of one class, in a fixed number of queries."""
    texts = ClassTexts(session)
    wanted = ("ClassBegan", "SlideShown", "Removed")
    rows = ClassEvent.objects.filter(session=session, kind__in=wanted).order_by("seq")
    slides, removed = [], []
    for row in rows:
        if row.kind == "Removed":
            removed.append((row.at, str(row.payload["what"])))
        elif row.payload.get("slide"):
            slide = texts.slides.get(row.payload["slide"])
            title = dict(slide.title) if slide else {}
            slides.append((row.at, str(row.payload["slide"]), title))
    live = LiveClass.objects.filter(session=session).first()
    return Minutes(live, tuple(slides), texts, tuple(removed))


def log_lines(session: Session) -> Iterator[str]:
    """Give the log of a class as JSON Lines, in a fixed number of queries however long it is.

    Each line: `seq`, `at`, `kind`, `audience`, `payload`, and in `text` what the event leads to. No line
    says who voted, supported, was there or raised a hand; who asked, only of a question with a name.
    """
    texts = ClassTexts(session)
    rows = ClassEvent.objects.filter(session=session).order_by("seq")
    for row in rows.iterator(chunk_size=_AT_A_TIME):
        line = {
            "seq": row.seq,
            "at": row.at.isoformat(),
            "kind": row.kind,
            "audience": row.audience,
            "payload": {key: one for key, one in row.payload.items() if key not in _PERSONAL},
        }
        text = _text_of(row, texts)
        if text:
            line["text"] = text
        yield json.dumps(line, ensure_ascii=False) + "\n"


def _text_of(row: ClassEvent, texts: ClassTexts) -> dict[str, Any]:
    payload = row.payload
    if row.kind in {"ClassBegan", "SlideShown"}:
        slide = texts.slides.get(payload.get("slide", ""))
        return {"title": dict(slide.title)} if slide else {}
    if row.kind == "QuestionAsked":
        return _question_text(texts.questions.get(payload["question"]))
    if row.kind == "AnnouncementPosted":
        announcement = texts.announcements.get(payload["announcement"])
        return {"announcement": values_of(announcement.text)} if announcement else {}
    if row.kind == "CaptionSaid":
        caption = texts.captions.get(payload["caption"])
        return {"language": caption.language, "caption": caption.text} if caption else {}
    if row.kind in {"PollOpened", "PollClosed"}:
        return _poll_text(texts.polls.get(payload["run"]), is_closed=row.kind == "PollClosed")
    return {}


def _question_text(question: Question | None) -> dict[str, Any]:
    if question is None:
        return {}
    found: dict[str, Any] = {"language": question.language, "question": question.text}
    translations = {one.language: one.text for one in question.translations.all()}
    if translations:
        found["translations"] = translations
    if question.asker is not None:
        found["asked_by"] = str(question.asker.person)
    return found


def _poll_text(found: PollInMinutes | None, *, is_closed: bool) -> dict[str, Any]:
    if found is None or found.poll is None:
        return {}
    if not is_closed:
        options = {one.key: dict(one.text) for one in found.poll.options}
        return {"question": dict(found.poll.question), "options": options}
    words = [{"word": word, "votes": votes} for word, votes in found.words]
    return {"totals": found.run.totals, **({"words": words} if words else {})}


def _poll_in_minutes(run: PollRun, poll: Poll | None, words: Iterable[PollWord]) -> PollInMinutes:
    words = list(words)
    is_scale = poll is not None and poll.kind == PollKind.SCALE
    votes = tuple(
        (
            option.key if is_scale else "",
            dict(option.text),
            int(run.totals.get(option.key, 0)),
        )
        for option in (poll.options if poll else ())
    )
    kept = tuple((word.word, word.votes) for word in words if word.removed_at is None)
    return PollInMinutes(run, poll, votes, kept, len(words) - len(kept))
