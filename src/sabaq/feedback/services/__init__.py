"""What is done to surveys, comments and commitments, one verb a function; a module a topic."""

from sabaq.feedback.services.answering import answer_survey
from sabaq.feedback.services.comments import release_comment, take_back_comment, word_comment
from sabaq.feedback.services.commitments import commit
from sabaq.feedback.services.pools import close_survey, settle_pool

__all__ = [
    "answer_survey",
    "close_survey",
    "commit",
    "release_comment",
    "settle_pool",
    "take_back_comment",
    "word_comment",
]
