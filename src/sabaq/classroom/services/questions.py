"""Asking, supporting, releasing, answering, merging, translating and removing questions.

Nothing that is written here says who supported a question, nor who asked one without her name.
"""

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sabaq.classroom.enums import Audience, ClassState
from sabaq.classroom.errors import questions as errors
from sabaq.classroom.errors.running import ClassHasEnded
from sabaq.classroom.events import Event
from sabaq.classroom.events import questions as events
from sabaq.classroom.log import append, locked_class
from sabaq.classroom.models import LiveClass, Question, QuestionTranslation, Support
from sabaq.classroom.models.questions import LONGEST_QUESTION, mark_of
from sabaq.classroom.queries.questions import own_questions
from sabaq.classroom.rules import tidy_text
from sabaq.classroom.services.removal import Whereabouts, remove_text
from sabaq.courses.models import Session
from sabaq.people.actors import NOBODY, Actor
from sabaq.people.enums import Language

OPEN_AT_MOST = 10
ASKED_BEFORE_BEGIN = timedelta(hours=1)
COUNTS_AT_MOST_EVERY = timedelta(seconds=5)


@dataclass(frozen=True)
class Asker:
    """Who asks: her enrolment, whether with her name, and what her device knows to have asked without.

    Without her name the enrolment is looked at for the limit on open questions, and never stored.
    """

    enrolment_id: int
    is_named: bool = False
    on_this_device: Collection[UUID] = ()


def ask_question(
    session: Session, text: str, *, language: str, asker: Asker, by: Actor, at: datetime
) -> Question:
    """Ask a question, while the class is live or in the hour before.

    In an edition that is not named it is released at once. Raises one of `errors.questions` or `ClassHasEnded`.
    """
    text = _written(text, language)
    with locked_class(session) as live:
        _must_take_questions(live, session, at)
        own = own_questions(session, asker.enrolment_id, asker.on_this_device)
        if own.filter(answered_at__isnull=True).count() >= OPEN_AT_MOST:
            raise errors.TooManyOpenQuestions(most=OPEN_AT_MOST)
        enrolment_id = asker.enrolment_id if asker.is_named else None
        question = Question.objects.create(
            session=session, asker_id=enrolment_id, text=text, language=language, asked_at=at
        )
        by = by if asker.is_named else NOBODY
        asked = events.QuestionAsked(str(question.uuid), enrolment_id)
        append(live, asked, by=by, at=at, enrolment_id=enrolment_id)
        if not session.edition.is_named:
            _release(live, question, by=NOBODY, at=at)
        return question


def release_question(question: Question, *, by: Actor, at: datetime) -> Question:
    """Let the whole class see it; releasing twice changes nothing."""
    with _locked(question) as (live, held):
        if held.released_at is None:
            _release(live, held, by=by, at=at)
        return held


def support_question(
    question: Question, *, enrolment_id: int, is_wanted: bool, at: datetime
) -> Question:
    """Say "me too", or take it back; saying the same twice changes nothing. Nobody learns who said it."""
    with _locked(question) as (live, held):
        if live.state == ClassState.ENDED:
            raise ClassHasEnded
        if held.released_at is None:
            raise errors.QuestionNotReleased
        if held.asker_id == enrolment_id:
            raise errors.OwnQuestion
        mark = mark_of(held.session, enrolment_id)
        if is_wanted:
            Support.objects.get_or_create(question=held, mark=mark)
        else:
            Support.objects.filter(question=held, mark=mark).delete()
        _count(held)
        _tell_count(live, held, at=at)
        return held


def count_supporters(question: Question, *, at: datetime) -> None:
    """Tell the class how many say "me too" by now, unless it was told in the last five seconds."""
    with locked_class(question.session) as live:
        held = Question.objects.get(pk=question.pk)
        if held.removed_at is None:
            _tell_count(live, held, at=at)


def answer_question(question: Question, *, by: Actor, at: datetime) -> Question:
    """Mark it answered; marking twice changes nothing."""
    with _locked(question) as (live, held):
        if held.answered_at is None:
            held.answered_at = at
            held.save(update_fields=["answered_at"])
            _tell(live, events.QuestionAnswered(str(held.uuid)), held, by=by, at=at)
        return held


def reopen_question(question: Question, *, by: Actor, at: datetime) -> Question:
    """Take the mark "answered" away again; reopening an open question changes nothing."""
    with _locked(question) as (live, held):
        if held.answered_at is not None:
            held.answered_at = None
            held.save(update_fields=["answered_at"])
            _tell(live, events.QuestionReopened(str(held.uuid)), held, by=by, at=at)
        return held


def merge_questions(question: Question, into: Question, *, by: Actor, at: datetime) -> Question:
    """Let `question` go with `into`, and give the latter: whoever supports both counts once.

    What was merged into `question` before goes along. Raises `CannotMerge`, `ReleaseFirst`, `ClassHasEnded`.
    """
    with _locked(question) as (live, held):
        if live.state == ClassState.ENDED:
            raise ClassHasEnded
        if held.merged_into_id == into.pk:
            return Question.objects.get(pk=into.pk)
        target = Question.objects.filter(session_id=held.session_id, pk=into.pk).first()
        if target is None or target.pk == held.pk or not (_is_open(held) and _is_open(target)):
            raise errors.CannotMerge
        if held.released_at is not None and target.released_at is None:
            raise errors.ReleaseFirst
        held.merged_into = target
        held.save(update_fields=["merged_into"])
        held.merged.update(merged_into=target)
        _join_supporters(held, target)
        event = events.QuestionsMerged(str(held.uuid), str(target.uuid))
        _tell(live, event, target, by=by, at=at)
        _tell_count(live, target, at=at)
        return target


def translate_question(
    question: Question, language: str, text: str, *, seen: str, by: Actor, at: datetime
) -> QuestionTranslation:
    """Put the question into one more language, or better what stands there in it.

    `seen` is what stood there for whoever writes, "" for nothing; somebody quicker makes it
    `TranslationChanged`. The same text again changes nothing.
    """
    text = _written(text, language)
    with _locked(question) as (live, held):
        if language == held.language:
            raise errors.UnknownLanguage
        stands = held.translations.filter(language=language).first()
        if stands is not None and stands.text == text:
            return stands
        if (stands.text if stands else "") != tidy_text(seen):
            raise errors.TranslationChanged
        written, _ = QuestionTranslation.objects.update_or_create(
            question=held, language=language, defaults={"text": text}
        )
        event = events.QuestionTranslated(str(held.uuid), language)
        _tell(live, event, held, by=by, at=at)
        return written


def remove_question(question: Question, *, by: Actor, at: datetime) -> Question:
    """Erase the question everywhere; removing twice changes nothing. See `services.removal`."""
    with locked_class(question.session) as live:
        held = Question.objects.select_for_update().get(pk=question.pk)
        _remove(live, held, by=by, at=at)
        return held


def take_back_question(
    question: Question, *, enrolment_id: int, on_this_device: Collection[UUID], at: datetime
) -> Question:
    """Erase one's own question while it is unanswered. Raises `NotYourQuestion`, `AlreadyAnswered`.

    Whose it is, the row says for a question with a name, and her device for one without. Nothing is kept of
    who took it back.
    """
    with locked_class(question.session) as live:
        held = Question.objects.select_for_update().get(pk=question.pk)
        if held.removed_at is not None:
            return held
        if held.asker_id != enrolment_id and held.uuid not in on_this_device:
            raise errors.NotYourQuestion
        if held.answered_at is not None:
            raise errors.AlreadyAnswered
        _remove(live, held, by=NOBODY, at=at)
        return held


def forget_supporters(live: LiveClass, *, at: datetime) -> None:
    """Keep the numbers and forget the marks: for the end of a class that is locked by `locked_class`."""
    for question in Question.objects.filter(session_id=live.session_id, removed_at__isnull=True):
        _tell_count(live, question, at=at, is_last=True)
    Support.objects.filter(question__session_id=live.session_id).delete()


def _written(text: str, language: str) -> str:
    text = tidy_text(text)
    if not text:
        raise errors.QuestionIsEmpty
    if len(text) > LONGEST_QUESTION:
        raise errors.QuestionTooLong(length=len(text), most=LONGEST_QUESTION)
    if language not in Language.values:
        raise errors.UnknownLanguage
    return text


def takes_questions(live: LiveClass, session: Session, at: datetime) -> bool:
    """Tell whether questions can be asked now."""
    is_near = session.starts_at - at <= ASKED_BEFORE_BEGIN
    return live.state == ClassState.LIVE or (live.state == ClassState.WAITING and is_near)


def _must_take_questions(live: LiveClass, session: Session, at: datetime) -> None:
    if live.state == ClassState.ENDED:
        raise ClassHasEnded
    if not takes_questions(live, session, at):
        raise errors.QuestionsNotOpenYet


@contextmanager
def _locked(question: Question) -> Iterator[tuple[LiveClass, Question]]:
    """Hold the class and the question as it stands now, or raise `QuestionIsGone`."""
    with locked_class(question.session) as live:
        held = Question.objects.select_for_update().get(pk=question.pk)
        if held.removed_at is not None:
            raise errors.QuestionIsGone
        yield live, held


def _is_open(question: Question) -> bool:
    is_settled = question.answered_at or question.merged_into_id or question.removed_at
    return not is_settled


def _release(live: LiveClass, question: Question, *, by: Actor, at: datetime) -> None:
    question.released_at = at
    question.save(update_fields=["released_at"])
    append(live, events.QuestionReleased(str(question.uuid)), by=by, at=at)


def _tell(live: LiveClass, event: Event, question: Question, *, by: Actor, at: datetime) -> None:
    """Tell everybody of a question that is released, else staff, and her who asked with her name."""
    if question.released_at is not None:
        append(live, event, by=by, at=at, audience=Audience.ALL)
    else:
        append(live, event, by=by, at=at, enrolment_id=question.asker_id)


def _count(question: Question) -> None:
    question.supporters = Support.objects.filter(question=question).count()
    question.save(update_fields=["supporters"])


def _join_supporters(question: Question, into: Question) -> None:
    marks = Support.objects.filter(question=question).values_list("mark", flat=True)
    own = mark_of(into.session, into.asker_id) if into.asker_id else ""
    Support.objects.bulk_create(
        [Support(question=into, mark=mark) for mark in marks if mark != own], ignore_conflicts=True
    )
    Support.objects.filter(question=question).delete()
    _count(into)


def _tell_count(
    live: LiveClass, question: Question, *, at: datetime, is_last: bool = False
) -> None:
    if question.released_at is None or question.told == question.supporters:
        return
    told_at = question.told_at
    if not is_last and told_at is not None and at - told_at < COUNTS_AT_MOST_EVERY:
        return
    question.told, question.told_at = question.supporters, at
    question.save(update_fields=["told", "told_at"])
    event = events.SupportersCounted(str(question.uuid), question.told)
    append(live, event, by=NOBODY, at=at)


def _remove(live: LiveClass, question: Question, *, by: Actor, at: datetime) -> None:
    if question.removed_at is None:
        # What was merged into it has a text of its own, and stands for itself again.
        question.merged.update(merged_into=None)
        Support.objects.filter(question=question).delete()
    where = Whereabouts(
        "question",
        {"text": "", "asker": None},
        along=(question.translations.all(),),
        brought_by=events.QuestionAsked,
    )
    remove_text(live, question, where, by=by, at=at)
