"""Who counts in the results of a test, and when they are given."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from sabaq.assessment.enums import Phase
from sabaq.assessment.errors import UnknownTest
from sabaq.assessment.queries.results import test_results as results_of_test
from sabaq.assessment.statistics.results import TestResults
from sabaq.courses.services.packs import import_pack
from sabaq.enrolment.enums import EnrolmentState
from tests.assessment.sittings import CLOSED, CLOSES, edition_with_a_test, sit, sit_both
from tests.factories import NOW, EnrolmentFactory
from tests.sample_pack import sample_files

pytestmark = pytest.mark.django_db
ANSWERS = [
    ("baa", "bbb"), ("bba", "bba"), ("aaa", "bba"), ("caa", "bba"), ("bbb", "bbb"), ("aab", "bab"),
    ("ba-", "bba"), ("aca", "aba"), ("bba", "bba"), ("aba", "bbb"), ("cab", "bab"),
]  # fmt: skip


@pytest.fixture
def edition():
    return edition_with_a_test()


def eleven(edition):
    return [sit_both(edition, before, after) for before, after in ANSWERS]


def test_only_those_with_both_tests_handed_in_are_compared(edition):
    eleven(edition)
    sit(EnrolmentFactory(edition=edition), Phase.BEFORE, "bbb")
    sit(EnrolmentFactory(edition=edition), Phase.AFTER, "bbb")
    half = EnrolmentFactory(edition=edition)
    sit(half, Phase.BEFORE, "bbb")
    sit(half, Phase.AFTER, "bb-", handed_in=False)
    EnrolmentFactory(edition=edition)
    sit_both(edition_with_a_test(slug="another"), "bbb", "bbb")

    found = results_of_test(edition, "knowledge", at=CLOSED)

    assert (found.matched, found.registered) == (11, 15)
    # Right before: 1 2 0 0 3 1 1 0 2 1 1 = 12 of 33; after: 3 2 2 2 3 2 2 1 2 3 2 = 24 of 33.
    assert found.change.before == pytest.approx(100 * 12 / 33)
    assert found.change.after == pytest.approx(100 * 24 / 33)
    first = found.forms[0].items[0]
    assert first.item.key == "one"
    assert (first.before.right, first.after.right) == (5, 10)
    assert dict(first.before.chosen) == {"a": 4, "b": 5, "c": 2, "d": 0}
    assert found.forms[0].items[2].before.left_open == 1


@pytest.mark.parametrize("state", [EnrolmentState.WITHDRAWN, EnrolmentState.PROVISIONAL])
def test_whoever_has_no_seat_counts_nowhere(edition, state):
    eleven(edition)
    gone = sit_both(edition, "bbb", "bbb")
    gone.state = state
    gone.save(update_fields=["state"])

    found = results_of_test(edition, "knowledge", at=CLOSED)

    assert (found.matched, found.registered) == (11, 11)


def test_whoever_never_came_in_is_not_registered(edition):
    EnrolmentFactory(edition=edition, fresh=True)

    assert results_of_test(edition, "knowledge", at=CLOSED) == TestResults(0, 0)


def test_as_long_as_the_test_is_open_only_counts_are_given(edition):
    eleven(edition)

    found = results_of_test(edition, "knowledge", at=CLOSES - timedelta(minutes=1))

    assert found == TestResults(registered=11, matched=11, is_running=True)


def test_more_time_for_one_keeps_the_results_back_from_all(edition):
    slow, *_ = eleven(edition)
    until = CLOSED + timedelta(days=1)
    slow.tests_extended = {"knowledge": {"after": until.isoformat()}}
    slow.save(update_fields=["tests_extended"])

    assert results_of_test(edition, "knowledge", at=CLOSED).is_running
    assert results_of_test(edition, "knowledge", at=until + timedelta(hours=1)).is_shown


def test_an_answer_is_marked_by_the_version_it_was_given_in(edition):
    eleven(edition)
    other_key = {**sample_files(items=("one", "two", "three", "four"))}
    edition.version = import_pack(other_key, by=None, at=NOW)
    edition.save(update_fields=["version"])

    items = results_of_test(edition, "knowledge", at=CLOSED).forms[0].items

    # The new version asks one item more; nobody was asked it.
    assert [one.item.key for one in items] == ["one", "two", "three"]
    assert (items[0].before.right, items[0].after.right) == (5, 10)


def test_an_unknown_test_is_refused(edition):
    with pytest.raises(UnknownTest):
        results_of_test(edition, "nothing", at=CLOSED)


def test_queries_do_not_grow_with_participants(edition):
    eleven(edition)
    results_of_test(edition, "knowledge", at=CLOSED)
    with CaptureQueriesContext(connection) as few:
        results_of_test(edition, "knowledge", at=CLOSED)
    eleven(edition)
    eleven(edition)

    with CaptureQueriesContext(connection) as many:
        found = results_of_test(edition, "knowledge", at=CLOSED)

    assert found.matched == 33
    assert len(many) == len(few) <= 5
