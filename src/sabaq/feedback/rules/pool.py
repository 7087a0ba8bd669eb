"""How a sheet waits, and when sheets leave their pool. Pure: nothing here knows who answered."""

import json
from collections.abc import Mapping
from datetime import date, timedelta

from sabaq.courses.packs import Survey
from sabaq.courses.packs.parts import Asked, QuestionKind
from sabaq.feedback.rules.surveys import COMMENT_LIMIT

# Nobody's answers leave with fewer than these many sheets, and as many stay behind to mix with those that come.
BATCH = 5
# After the last lesson the closing survey may be answered for two weeks.
SURVEY_STAYS_OPEN = timedelta(days=14)
# What JSON makes at most of one character of a comment ("\u001f"), and of one question beside its answer.
_BYTES_OF_A_CHARACTER, _BYTES_OF_A_QUESTION = 6, 200


def how_many_leave(waiting: int, *, is_closed: bool) -> int:
    """Give how many of the waiting sheets may leave now: all but `BATCH`, or in the end all.

    Which of them leave is drawn by lot, so a batch says little of when its sheets came: to whoever looks before
    and after, each is one of ten at least (at closing of five, or of all where fewer than ten answered).
    """
    if is_closed:
        return waiting
    return waiting - BATCH if waiting >= 2 * BATCH else 0


def packed(survey: Survey, answers: Mapping[str, str]) -> bytes:
    """Give answers as bytes, for every sheet of a survey the same number: a length would tell long comments."""
    said = json.dumps(answers, ensure_ascii=False).encode("utf-8", "replace")
    room = sum(_BYTES_OF_A_QUESTION + _room_for(question.kind) for question in survey.questions)
    return said.ljust(room)


def _room_for(kind: QuestionKind) -> int:
    return _BYTES_OF_A_CHARACTER * COMMENT_LIMIT if kind is QuestionKind.OPEN else 0


def unpacked(sheet: bytes) -> dict[str, str]:
    """Give back what was `packed`."""
    answers: dict[str, str] = json.loads(sheet)
    return answers


def survey_closes_on(asked: Asked, first_day: date, last_day: date) -> date:
    """Give the first day on which a survey is closed for good, of a course with these days."""
    if asked is Asked.BEFORE:
        return first_day + timedelta(days=1)
    return last_day + SURVEY_STAYS_OPEN + timedelta(days=1)
