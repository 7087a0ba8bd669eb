"""What counts as an answered survey, and what its numbers are. Pure: nothing here knows who answered."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from statistics import median

from sabaq.courses.packs import Question, Survey
from sabaq.courses.packs.parts import QuestionKind
from sabaq.feedback.errors import (
    AnswerMissing,
    CommentTooLong,
    NothingAnswered,
    UnknownChoice,
)
from sabaq.feedback.rules.texts import one_kind_of_line_end
from sabaq.kernel.errors import DomainError

# Scores and feedback of fewer respondents are not shown (see docs/invariants/survey.md).
SHOWN_FROM = 10
COMMENT_LIMIT = 1000
_TOP_TWO = ("4", "5")


def tidy_answers(survey: Survey, given: Mapping[str, str]) -> dict[str, str]:
    """Give what was answered, by question, without blanks and without what is no question."""
    texts = {q.key: one_kind_of_line_end(given.get(q.key, "")) for q in survey.questions}
    return {key: text for key, text in texts.items() if text}


def problems_with(survey: Survey, answers: Mapping[str, str]) -> dict[str, DomainError]:
    """Give what keeps `answers` from being taken, by question (`""`: the sheet as a whole)."""
    if not answers:
        return {"": NothingAnswered()}
    found = {q.key: _problem(q, answers.get(q.key)) for q in survey.questions}
    return {key: problem for key, problem in found.items() if problem is not None}


def _problem(question: Question, answer: str | None) -> DomainError | None:
    if answer is None:
        return AnswerMissing() if question.is_required else None
    if question.kind is QuestionKind.OPEN:
        is_long = len(answer) > COMMENT_LIMIT
        return CommentTooLong(length=len(answer), limit=COMMENT_LIMIT) if is_long else None
    known = {option.key for option in question.options}
    return None if answer in known else UnknownChoice()


@dataclass(frozen=True)
class Result:
    """The whole distribution of one question; None stands for what is not shown.

    `counts` follows the order of the options. `median` and `top_two` (percent who chose 4 or 5, halves
    rounded up) belong to likert questions alone. `answered` is given even where the rest is not shown.
    """

    question: Question
    answered: int
    counts: tuple[int, ...] | None = None
    median: float | None = None
    top_two: int | None = None

    @property
    def is_shown(self) -> bool:
        return self.counts is not None


def result_of(question: Question, counts: Mapping[str, int]) -> Result:
    """Sum up a question from the count of each chosen option; under `SHOWN_FROM` answers only how many."""
    answered = sum(counts.values())
    if answered < SHOWN_FROM or question.kind is QuestionKind.OPEN:
        return Result(question, answered)
    row = tuple(counts.get(option.key, 0) for option in question.options)
    if question.kind is not QuestionKind.LIKERT:
        return Result(question, answered, row)
    values = [int(key) for key, times in counts.items() for _ in range(times)]
    top = sum(counts.get(key, 0) for key in _TOP_TWO)
    return Result(question, answered, row, float(median(values)), percent(top, answered))


def percent(part: int, whole: int) -> int:
    """Give a share in whole percent, halves rounded up; of nothing it is 0."""
    return math.floor(part * 100 / whole + 0.5) if whole else 0
