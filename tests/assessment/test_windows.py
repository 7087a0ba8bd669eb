"""When a test is open, what comes too late, and more time for all or for one."""

from datetime import UTC, datetime, timedelta

import pytest

from sabaq.assessment.enums import Phase
from sabaq.assessment.errors import (
    AttemptHandedIn,
    NothingToExtend,
    NotLater,
    NotYetOpen,
    ReasonMissing,
    TimeIsOver,
)
from sabaq.assessment.queries import answers_of
from sabaq.assessment.queries.sittings import Sittings, extensions_of, sittings_of
from sabaq.assessment.queries.windows import are_keys_open, window_of
from sabaq.assessment.rules import GRACE, Window
from sabaq.assessment.services import begin_attempt, hand_in, save_answer
from sabaq.assessment.services.windows import (
    extend_for_all,
    extend_for_one,
    hand_in_what_lapsed,
)
from sabaq.courses.enums import SessionKind
from sabaq.kernel.audit import trail_of
from sabaq.people.actors import acting
from tests.factories import NOW, EditionFactory, EnrolmentFactory, SessionFactory
from tests.sample_pack import sample_version

pytestmark = pytest.mark.django_db
BY, OFFICE = acting("Aigul U."), acting("Anora T.")
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
BEFORE, AFTER = Phase.BEFORE, Phase.AFTER


@pytest.fixture
def edition():
    """Give a course with an opening at NOW, a lesson an hour later and a closing the day after."""
    edition = EditionFactory(version=sample_version())
    for kind, start in (
        (SessionKind.OPENING, NOW),
        (SessionKind.TEACHING, NOW + HOUR),
        (SessionKind.CLOSING, NOW + DAY),
    ):
        SessionFactory(edition=edition, kind=kind, starts_at=start, ends_at=start + HOUR)
    return edition


@pytest.fixture
def enrolment(edition):
    return EnrolmentFactory(edition=edition)


def begun(enrolment, phase=BEFORE, at=NOW):
    return begin_attempt(enrolment, "knowledge", phase=phase, by=BY, at=at)


def more(about, until, *, phase=BEFORE, reason="No network", at=NOW):
    extend = extend_for_one if hasattr(about, "person_id") else extend_for_all
    return extend(about, "knowledge", phase, until=until, reason=reason, by=OFFICE, at=at)


def test_by_the_timetable_a_test_is_open_until_the_first_lesson_and_from_the_last_session(
    enrolment,
):
    assert window_of(enrolment, "knowledge", BEFORE) == Window(None, NOW + HOUR)
    assert window_of(enrolment, "knowledge", AFTER) == Window(NOW + DAY, NOW + 8 * DAY + HOUR)


def test_what_the_file_states_goes_before_the_timetable(edition, enrolment):
    closes = datetime(2027, 2, 4, 16, tzinfo=UTC)
    edition.tests = [
        {"key": "knowledge", "forms": False, "before": {"closes_at": closes.isoformat()}}
    ]
    edition.save()

    assert window_of(enrolment, "knowledge", BEFORE) == Window(None, closes)


def test_a_test_that_is_not_open_yet_says_when_it_opens(enrolment):
    with pytest.raises(NotYetOpen, match="opens on 5 February 2027, 13:20"):
        begun(enrolment, AFTER)


def test_an_answer_under_way_when_the_test_closes_is_taken_and_a_later_one_told_so(enrolment):
    attempt = begun(enrolment)
    closes = NOW + HOUR
    save_answer(attempt, "one", "b", by=BY, at=closes + GRACE - timedelta(seconds=1))

    with pytest.raises(TimeIsOver, match="closed on 4 February 2027, 14:20"):
        save_answer(attempt, "two", "b", by=BY, at=closes + GRACE)

    assert answers_of(attempt) == {"one": "b"}


def test_what_nobody_handed_in_is_handed_in_as_it_stands_once_the_time_is_over(enrolment):
    attempt = begun(enrolment)
    save_answer(attempt, "one", "b", by=BY, at=NOW)

    assert hand_in_what_lapsed(at=NOW + HOUR) == 0
    assert hand_in_what_lapsed(at=NOW + HOUR + GRACE) == 1
    assert hand_in_what_lapsed(at=NOW + HOUR + GRACE) == 0

    attempt.refresh_from_db()
    assert (attempt.handed_in_at, attempt.lapsed, attempt.correct) == (
        NOW + HOUR + GRACE,
        True,
        1,
    )
    last = trail_of(attempt).last()
    assert (last.verb, last.actor_label) == ("handed in as it stood", "")


def test_handing_in_too_late_hands_in_what_was_saved_in_time(enrolment):
    attempt = hand_in(begun(enrolment), by=BY, at=NOW + DAY)

    assert (attempt.handed_in_at, attempt.lapsed, attempt.correct) == (NOW + DAY, True, 0)


def test_more_time_for_one_opens_again_what_the_clock_had_handed_in_and_nobody_elses(
    edition, enrolment
):
    other = EnrolmentFactory(edition=edition)
    attempts = [begun(enrolment), begun(other)]
    late = NOW + 2 * HOUR
    hand_in_what_lapsed(at=late)

    longer = more(enrolment, NOW + 4 * HOUR, at=late)
    save_answer(attempts[0], "one", "b", by=BY, at=late)

    assert window_of(longer, "knowledge", BEFORE).closes_at == NOW + 4 * HOUR
    with pytest.raises(TimeIsOver):
        save_answer(attempts[1], "one", "b", by=BY, at=late)
    line = trail_of(enrolment).last()
    assert (line.verb, line.reason, line.actor_label) == (
        "test extended, before",
        "No network",
        "Anora T.",
    )
    [told] = extensions_of(edition)
    assert (told.enrolment, told.phase, told.reason) == (longer, BEFORE, "No network")


def test_more_time_for_everybody_reaches_everybody(edition, enrolment):
    more(edition, NOW + 4 * HOUR)
    enrolment.refresh_from_db()

    assert window_of(enrolment, "knowledge", BEFORE).closes_at == NOW + 4 * HOUR
    assert [told.enrolment for told in extensions_of(edition)] == [None]


def test_more_time_opens_nothing_that_was_handed_in_by_hand(edition, enrolment):
    attempt = begun(enrolment)
    hand_in(attempt, by=BY, at=NOW)
    more(edition, NOW + 4 * HOUR)

    with pytest.raises(AttemptHandedIn):
        save_answer(attempt, "one", "b", by=BY, at=NOW)


@pytest.mark.parametrize(
    ("until", "reason", "error"),
    [
        (NOW + 4 * HOUR, " ", ReasonMissing),
        (NOW + HOUR, "No network", NotLater),
        (NOW - HOUR, "No network", NotLater),
    ],
)
def test_more_time_needs_a_reason_and_a_later_moment(enrolment, until, reason, error):
    with pytest.raises(error):
        more(enrolment, until, reason=reason)

    enrolment.refresh_from_db()
    assert enrolment.tests_extended == {}


def test_a_test_without_an_end_has_nothing_to_extend():
    with pytest.raises(NothingToExtend):
        more(EditionFactory(version=sample_version()), NOW + DAY)


def test_keys_open_once_nobody_can_sit_the_test_any_more(edition, enrolment):
    closes = NOW + 8 * DAY + HOUR
    assert not are_keys_open(edition, "knowledge", at=closes)
    assert are_keys_open(edition, "knowledge", at=closes + GRACE)

    more(enrolment, closes + DAY, phase=AFTER)

    assert not are_keys_open(edition, "knowledge", at=closes + GRACE)
    assert are_keys_open(edition, "knowledge", at=closes + DAY + GRACE)


def test_more_time_for_the_test_before_keeps_the_keys_shut_as_well(edition, enrolment):
    closes = NOW + 8 * DAY + HOUR

    more(enrolment, closes + DAY, phase=BEFORE)

    assert not are_keys_open(edition, "knowledge", at=closes + GRACE)
    assert are_keys_open(edition, "knowledge", at=closes + DAY + GRACE)


def test_the_office_counts_who_has_begun_and_handed_in(edition, enrolment):
    begun(enrolment)
    hand_in(begun(EnrolmentFactory(edition=edition)), by=BY, at=NOW)

    assert sittings_of(edition) == {("knowledge", BEFORE): Sittings(begun=2, handed_in=1)}
