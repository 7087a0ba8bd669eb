import pytest

from sabaq.courses.packs import Option, Question, Survey
from sabaq.courses.packs.parts import LIKERT, QuestionKind
from sabaq.feedback.errors import AnswerMissing, CommentTooLong, NothingAnswered, UnknownChoice
from sabaq.feedback.rules import percent, problems_with, result_of, tidy_answers

SCALE = Question("relevant", QuestionKind.LIKERT, {}, tuple(Option(key, {}) for key in LIKERT))
TOPIC = Question("useful", QuestionKind.CHOICE, {}, (Option("law", {}), Option("talk", {})))
COMMENT = Question("comment", QuestionKind.OPEN, {})
SHEET = Survey("closing", {}, {}, (SCALE, TOPIC, COMMENT))


def kinds(problems):
    return {key: type(problem) for key, problem in problems.items()}


def test_blanks_and_strangers_are_no_answers():
    given = {"relevant": "5", "useful": "", "comment": " \r\n ", "csrf": "x"}

    assert tidy_answers(SHEET, given) == {"relevant": "5"}


def test_a_sheet_may_have_gaps_but_not_be_empty():
    assert kinds(problems_with(SHEET, {"useful": "law"})) == {}
    assert kinds(problems_with(SHEET, {})) == {"": NothingAnswered}


def test_a_required_question_must_be_answered():
    required = Question("useful", QuestionKind.CHOICE, {}, TOPIC.options, is_required=True)
    sheet = Survey("closing", {}, {}, (SCALE, required))

    assert kinds(problems_with(sheet, {"relevant": "5"})) == {"useful": AnswerMissing}


@pytest.mark.parametrize("answer", ["0", "6", "five", "5 "])
def test_an_answer_off_the_scale_is_refused(answer):
    assert kinds(problems_with(SHEET, {"relevant": answer})) == {"relevant": UnknownChoice}


def test_a_comment_has_a_limit_and_says_how_long_it_is():
    assert problems_with(SHEET, {"comment": "я" * 1000}) == {}

    problem = problems_with(SHEET, {"comment": "я" * 1001})["comment"]
    assert isinstance(problem, CommentTooLong)
    assert "1001 characters; at most 1000" in str(problem)


def test_nine_answers_show_nothing_and_ten_show_everything():
    hidden = result_of(SCALE, {"5": 9})
    shown = result_of(SCALE, {"1": 1, "3": 2, "4": 4, "5": 3})

    assert (hidden.is_shown, hidden.counts, hidden.median, hidden.top_two) == (
        False,
        None,
        None,
        None,
    )
    assert (shown.counts, shown.median, shown.top_two) == ((1, 0, 2, 4, 3), 4.0, 70)


def test_a_median_may_lie_between_two_answers():
    assert result_of(SCALE, {"3": 5, "4": 5}).median == 3.5


def test_a_choice_has_neither_median_nor_top_two():
    result = result_of(TOPIC, {"talk": 10})

    assert (result.counts, result.median, result.top_two) == ((0, 10), None, None)


def test_comments_are_counted_and_never_shown():
    result = result_of(COMMENT, {"": 30})

    assert (result.answered, result.is_shown) == (30, False)


@pytest.mark.parametrize(
    ("part", "whole", "expected"), [(0, 0, 0), (1, 8, 13), (5, 8, 63), (2, 3, 67)]
)
def test_a_share_is_rounded_half_up(part, whole, expected):
    assert percent(part, whole) == expected


def test_a_nul_in_a_comment_is_left_out_since_no_database_can_keep_it():
    assert tidy_answers(SHEET, {"comment": "Good\0 talk"}) == {"comment": "Good talk"}
