"""The one next thing to do, from the timetable, what is done, and the moment."""

from datetime import datetime, timedelta

import pytest

from sabaq.assessment.enums import Phase
from sabaq.assessment.rules import Window
from sabaq.courses.enums import SessionKind
from sabaq.courses.packs import Asked
from sabaq.web.learner.next_step import Course, Kind, NextStep, Part, Slot, SlotState, next_step
from tests.factories import NOW

HOUR = timedelta(hours=1)


def slot(name: str, start: datetime, *, kind: SessionKind = SessionKind.TEACHING, **more) -> Slot:
    return Slot(uuid=name, kind=kind, title=name, starts_at=start, ends_at=start + HOUR, **more)


FIRST = slot("first", NOW, topic="law")
PAUSE = slot("pause", NOW + HOUR, kind=SessionKind.BREAK)
SECOND = slot("second", NOW + 2 * HOUR, topic="searches")
TEST = Part("knowledge", "Test", window=Window(None, NOW))
DONE_TEST = Part("knowledge", "Test", done=True)
TEST_AFTER = Part(
    "knowledge", "Test", phase=Phase.AFTER, window=Window(NOW + 2 * HOUR, NOW + timedelta(days=7))
)
LAW, SEARCHES = Part("law", "Law"), Part("searches", "Searches")
SURVEY = Part("closing", "Survey")
COURSE = Course(
    slots=(FIRST, PAUSE, SECOND), tests=(TEST,), lessons=(SEARCHES, LAW), surveys=(SURVEY,)
)
DONE = Course(
    slots=COURSE.slots,
    tests=(DONE_TEST,),
    lessons=(Part("law", "Law", done=True),),
    surveys=(Part("closing", "Survey", done=True),),
)
AFTER = NOW + 3 * HOUR


def test_before_the_course_the_test_comes_first():
    assert next_step(COURSE, at=NOW - 2 * HOUR) == NextStep(Kind.TEST, part=TEST)


def test_with_the_test_done_the_lesson_that_is_taught_first_is_read_first():
    course = Course(slots=COURSE.slots, tests=(DONE_TEST,), lessons=(SEARCHES, LAW))

    assert next_step(course, at=NOW - 2 * HOUR) == NextStep(Kind.LESSON, part=LAW)
    assert next_step(course, at=NOW + HOUR + HOUR / 2) == NextStep(Kind.LESSON, part=SEARCHES)


@pytest.mark.parametrize(
    ("minutes", "step"),
    [
        (-16, NextStep(Kind.TEST, part=TEST)),
        (-15, NextStep(Kind.CLASS_SOON, slot=FIRST)),
        (59, NextStep(Kind.CLASS_SOON, slot=FIRST)),
        (60, NextStep(Kind.LESSON, part=SEARCHES)),
    ],
)
def test_a_class_may_be_entered_a_quarter_of_an_hour_before_and_while_it_lasts(minutes, step):
    assert next_step(COURSE, at=NOW + timedelta(minutes=minutes)) == step


def test_a_live_class_comes_before_everything_even_when_it_runs_over():
    live = slot("first", NOW, live=True)
    course = Course(slots=(live, SECOND), tests=(TEST,), surveys=(SURVEY,), has_certificate=True)

    for at in (NOW - HOUR, NOW, NOW + HOUR, NOW + 2 * HOUR):
        assert next_step(course, at=at) == NextStep(Kind.CLASS_LIVE, slot=live)


def test_a_class_that_nobody_ended_is_not_live_for_days():
    forgotten = slot("only", NOW, live=True)

    assert next_step(Course(slots=(forgotten,)), at=NOW + 4 * HOUR).kind == Kind.OVER


def test_a_class_that_was_ended_early_is_over():
    ended = slot("only", NOW, ended=True)

    assert ended.state(NOW + HOUR / 2) is SlotState.WAS
    assert next_step(Course(slots=(ended,)), at=NOW + HOUR / 2).kind == Kind.OVER


def test_of_two_sessions_in_a_row_the_one_in_its_time_is_entered():
    second = slot("second", NOW + HOUR)

    step = next_step(Course(slots=(FIRST, second)), at=NOW + timedelta(minutes=50))

    assert step == NextStep(Kind.CLASS_SOON, slot=FIRST)


def test_a_break_is_not_a_class_to_enter():
    assert next_step(DONE, at=NOW + HOUR + HOUR / 3) == NextStep(Kind.WAIT, slot=SECOND)


def test_a_trial_run_may_be_entered_and_does_not_begin_the_course():
    trial = slot("trial", NOW - 24 * HOUR, kind=SessionKind.TRIAL)
    course = Course(slots=(trial, FIRST), tests=(TEST,))

    assert next_step(course, at=NOW - 24 * HOUR) == NextStep(Kind.CLASS_SOON, slot=trial)
    assert next_step(course, at=NOW - 22 * HOUR) == NextStep(Kind.TEST, part=TEST)


def test_the_survey_is_due_once_all_is_taught_and_not_before():
    course = Course(slots=COURSE.slots, surveys=(SURVEY,), lessons=(LAW,), has_certificate=True)

    assert next_step(course, at=NOW + HOUR + HOUR / 2) == NextStep(Kind.LESSON, part=LAW)
    assert next_step(course, at=AFTER) == NextStep(Kind.SURVEY, part=SURVEY)


def test_after_the_course_the_certificate_does_not_wait_for_unread_lessons():
    course = Course(slots=COURSE.slots, tests=(TEST,), lessons=(LAW,), has_certificate=True)

    assert next_step(course, at=AFTER) == NextStep(Kind.CERTIFICATE)


def test_the_test_after_the_course_comes_before_the_survey_while_it_is_open():
    course = Course(slots=COURSE.slots, tests=(DONE_TEST, TEST_AFTER), surveys=(SURVEY,))

    assert next_step(course, at=AFTER) == NextStep(Kind.TEST_AFTER, part=TEST_AFTER)
    assert next_step(course, at=NOW + timedelta(days=7)) == NextStep(Kind.SURVEY, part=SURVEY)


def test_a_test_that_is_open_longer_is_asked_for_between_classes():
    longer = Part("knowledge", "Test", window=Window(None, NOW + 2 * HOUR))
    course = Course(slots=COURSE.slots, tests=(longer,), lessons=(LAW,))

    assert next_step(course, at=NOW + HOUR + HOUR / 2) == NextStep(Kind.TEST, part=longer)


def test_with_all_done_the_next_session_is_named_and_in_the_end_nothing_is_left():
    assert next_step(DONE, at=NOW - 2 * HOUR) == NextStep(Kind.WAIT, slot=FIRST)
    assert next_step(DONE, at=AFTER) == NextStep(Kind.OVER)


def test_a_course_without_a_timetable_asks_for_the_test_and_the_lessons():
    assert next_step(Course(tests=(Part("knowledge", "Test"),)), at=NOW).kind == Kind.TEST
    assert next_step(Course(lessons=(LAW,)), at=NOW).kind == Kind.LESSON
    assert next_step(Course(surveys=(SURVEY,)), at=NOW).kind == Kind.OVER


@pytest.mark.parametrize(
    ("minutes", "state"), [(-1, SlotState.LATER), (0, SlotState.NOW), (60, SlotState.WAS)]
)
def test_a_session_was_is_now_or_is_later(minutes, state):
    assert FIRST.state(NOW + timedelta(minutes=minutes)) is state


BEFORE = Part("opening", "Opening survey", asked=Asked.BEFORE)
COMMITMENT = Part("commitment", "Commitment")


def test_the_opening_survey_comes_before_the_lessons_and_only_until_the_course_begins():
    course = Course(slots=COURSE.slots, tests=(DONE_TEST,), lessons=(LAW,), surveys=(BEFORE,))

    assert next_step(course, at=NOW - HOUR) == NextStep(Kind.OPENING_SURVEY, part=BEFORE)
    assert next_step(course, at=NOW + HOUR + HOUR / 2) == NextStep(Kind.LESSON, part=LAW)


@pytest.mark.parametrize(
    ("hours", "open_parts"),
    [
        (-24, ["opening"]),
        (2.9, ["opening"]),
        (3, []),
        (23.9, []),
        (24, ["closing"]),
        (99, ["closing"]),
    ],
)
def test_a_survey_is_open_around_its_end_of_the_course(hours, open_parts):
    third = slot("third", NOW + 24 * HOUR)
    course = Course(slots=(FIRST, PAUSE, SECOND, third), surveys=(BEFORE, SURVEY))

    asked = [one.key for one in course.surveys if course.is_asked(one, NOW + hours * HOUR)]

    assert asked == open_parts


@pytest.mark.parametrize(
    ("days", "kind"), [(0, Kind.COMMITMENT), (13, Kind.COMMITMENT), (15, Kind.OVER)]
)
def test_the_commitment_is_asked_for_after_the_course_and_not_for_ever(days, kind):
    course = Course(slots=COURSE.slots, commitment=COMMITMENT)

    assert next_step(course, at=AFTER + timedelta(days=days)).kind == kind
