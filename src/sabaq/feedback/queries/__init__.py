"""Who has answered, and what was answered by all together: two questions with no path between them."""

from sabaq.feedback.queries.comments import (
    ReleasedComment,
    comments_visible_to,
    editions_evaluated_by,
    names_in,
    released_comments,
)
from sabaq.feedback.queries.results import (
    Response,
    SurveyResults,
    results_of,
    survey_response,
    survey_results,
    surveys_shown,
)
from sabaq.feedback.queries.taking_part import (
    Done,
    closing_day_of,
    commitment_of,
    commitments_close_on,
    commitments_of,
    done_by,
    promise_of,
    survey_of,
    surveys_answered_by,
)

__all__ = [
    "Done",
    "ReleasedComment",
    "Response",
    "SurveyResults",
    "closing_day_of",
    "comments_visible_to",
    "commitment_of",
    "commitments_close_on",
    "commitments_of",
    "done_by",
    "editions_evaluated_by",
    "names_in",
    "promise_of",
    "released_comments",
    "results_of",
    "survey_of",
    "survey_response",
    "survey_results",
    "surveys_answered_by",
    "surveys_shown",
]
