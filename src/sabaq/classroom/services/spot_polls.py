"""Making a poll on the spot: written by one of the staff in one language, translated by whoever can, removed."""

from collections.abc import Sequence
from datetime import datetime

from django.db.models import F

from sabaq.classroom.errors.polls import (
    OptionTooLong,
    OptionTwice,
    PollWasAsked,
    QuestionMissing,
    QuestionTooLong,
    ScaleNeedsItsEnds,
    TranslationIncomplete,
    UnknownLanguage,
    UnknownPoll,
    WordNeedsNoOptions,
    WrongNumberOfOptions,
)
from sabaq.classroom.events.polls import PollTranslated, PollWritten
from sabaq.classroom.log import append, locked_class, must_not_have_ended
from sabaq.classroom.models import PollRun, PollWord, SpotPoll
from sabaq.classroom.queries.polls import spot_poll
from sabaq.classroom.rules.polls import tidy_lines
from sabaq.classroom.services.polls import close_poll
from sabaq.classroom.services.removal import Whereabouts, remove_text
from sabaq.courses.models import Session
from sabaq.courses.packs import PollKind
from sabaq.courses.packs.parts import LIKERT
from sabaq.people.actors import Actor

QUESTION_LENGTH = 300
OPTION_LENGTH = 120
FEWEST_OPTIONS, MOST_OPTIONS = 2, 10


def write_poll(
    session: Session,
    *,
    kind: PollKind,
    language: str,
    question: str,
    lines: str,
    by: Actor,
    at: datetime,
) -> SpotPoll:
    """Keep a poll as a draft; `lines` are its options, one a line (of a scale: what 1 and 5 mean)."""
    if language not in session.edition.languages:
        raise UnknownLanguage
    asked, texts = _sound_question(question), _sound_texts(kind, lines)
    with locked_class(session) as live:
        must_not_have_ended(live)
        spot = SpotPoll.objects.create(
            session=session,
            kind=kind,
            language=language,
            question={language: asked},
            options=[
                {"key": key, "text": {language: text} if text else {}}
                for key, text in _keyed(kind, texts)
            ],
            written_by=by.key,
            written_at=at,
        )
        append(live, PollWritten(str(spot.uuid)), by=by, at=at)
        return spot


def translate_poll(
    session: Session,
    key: str,
    *,
    language: str,
    question: str,
    texts: Sequence[str],
    by: Actor,
    at: datetime,
) -> SpotPoll:
    """Give a poll made on the spot in one more language, also while it is open; or give it better there.

    `texts` are its options that carry a text, in order. The language it was written in stays as it is.
    """
    asked, said = _sound_question(question), [" ".join(tidy_lines(text)) for text in texts]
    with locked_class(session) as live:
        spot = _locked(session, key)
        if language not in session.edition.languages or language == spot.language:
            raise UnknownLanguage
        worded = [option for option in spot.options if option["text"]]
        if len(said) != len(worded) or not all(said):
            raise TranslationIncomplete
        for option, text in zip(worded, said, strict=True):
            _refuse_long(text)
            option["text"][language] = text
        spot.question[language] = asked
        spot.revision += 1
        spot.save(update_fields=["question", "options", "revision"])
        run = (
            PollRun.objects.filter(session=session, poll=key).order_by("-opened_at", "-id").first()
        )
        if run is None:
            append(live, PollWritten(key), by=by, at=at)
        else:
            run.revision += 1
            run.save(update_fields=["revision"])
            append(live, PollTranslated(str(run.uuid), language), by=by, at=at)
        return spot


def discard_poll(session: Session, key: str, *, by: Actor, at: datetime) -> None:
    """Throw away a poll made on the spot that nobody was asked yet."""
    with locked_class(session) as live:
        spot = _locked(session, key)
        if PollRun.objects.filter(session=session, poll=key).exists():
            raise PollWasAsked
        spot.delete()
        append(live, PollWritten(key), by=by, at=at)


def remove_poll(session: Session, spot: SpotPoll, *, by: Actor, at: datetime) -> SpotPoll:
    """Erase question, options and translations for everybody, and the words it was answered by; its row stays.

    An open one is closed first. Removing twice changes nothing. Raises `UnknownPoll`.
    """
    with locked_class(session) as live:
        held = SpotPoll.objects.select_for_update().filter(session=session, pk=spot.pk).first()
        if held is None:
            raise UnknownPoll
        runs = PollRun.objects.filter(session=session, poll=str(held.uuid))
        for run in runs.filter(closed_at__isnull=True):
            close_poll(run, by=by, at=at)
        if held.removed_at is None:
            runs.update(revision=F("revision") + 1)
        where = Whereabouts(
            "poll",
            {"question": {}, "options": []},
            along=(PollWord.objects.filter(run__in=runs),),
            brought_by=PollWritten,
        )
        # The lock of the class is held anew: closing has counted on.
        live.refresh_from_db()
        remove_text(live, held, where, by=by, at=at)
        return held


def _locked(session: Session, key: str) -> SpotPoll:
    # Under the lock of the class: nobody else writes it meanwhile.
    spot = spot_poll(session, key)
    if spot is None:
        raise UnknownPoll
    return spot


def _sound_question(text: str) -> str:
    question = " ".join(tidy_lines(text))
    if not question:
        raise QuestionMissing
    if len(question) > QUESTION_LENGTH:
        raise QuestionTooLong(most=QUESTION_LENGTH)
    return question


def _sound_texts(kind: PollKind, lines: str) -> list[str]:
    texts = tidy_lines(lines)
    for number, text in enumerate(texts):
        _refuse_long(text)
        if text in texts[:number]:
            raise OptionTwice(option=text)
    if kind is PollKind.WORD and texts:
        raise WordNeedsNoOptions
    if kind is PollKind.SCALE and len(texts) != 2:
        raise ScaleNeedsItsEnds
    is_list = kind in {PollKind.SINGLE, PollKind.MULTIPLE}
    if is_list and not FEWEST_OPTIONS <= len(texts) <= MOST_OPTIONS:
        raise WrongNumberOfOptions(least=FEWEST_OPTIONS, most=MOST_OPTIONS)
    return texts


def _refuse_long(text: str) -> None:
    if len(text) > OPTION_LENGTH:
        raise OptionTooLong(option=text[:OPTION_LENGTH], most=OPTION_LENGTH)


def _keyed(kind: PollKind, texts: list[str]) -> list[tuple[str, str]]:
    if kind is PollKind.SCALE:
        ends = {LIKERT[0]: texts[0], LIKERT[-1]: texts[1]}
        return [(number, ends.get(number, "")) for number in LIKERT]
    return list(zip("abcdefghij", texts, strict=False))
