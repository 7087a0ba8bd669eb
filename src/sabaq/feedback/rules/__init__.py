"""Pure rules of surveys, comments and commitments, a module a topic."""

from sabaq.feedback.rules.commitments import (
    COMMITMENT_STAYS_OPEN,
    DEED_LIMIT,
    SUPPORT_LIMIT,
    Promised,
    problems_with_promise,
)
from sabaq.feedback.rules.pool import BATCH, SURVEY_STAYS_OPEN
from sabaq.feedback.rules.surveys import (
    COMMENT_LIMIT,
    SHOWN_FROM,
    Result,
    percent,
    problems_with,
    result_of,
    tidy_answers,
)

__all__ = [
    "BATCH",
    "COMMENT_LIMIT",
    "COMMITMENT_STAYS_OPEN",
    "DEED_LIMIT",
    "SHOWN_FROM",
    "SUPPORT_LIMIT",
    "SURVEY_STAYS_OPEN",
    "Promised",
    "Result",
    "percent",
    "problems_with",
    "problems_with_promise",
    "result_of",
    "tidy_answers",
]
