"""A commitment: one for each participant, hers to change until two weeks after the course."""

from datetime import date, timedelta

import pytest

from sabaq.enrolment.enums import EnrolmentState
from sabaq.feedback.errors import AnswersRefused, CommitmentsClosed, NoCommitmentAsked
from sabaq.feedback.queries import commitment_of, commitments_of, done_by
from sabaq.feedback.rules import Promised
from sabaq.feedback.services import answer_survey, commit
from sabaq.kernel.audit import trail_of
from sabaq.people.actors import acting
from tests.factories import NOW, EditionFactory, EnrolmentFactory
from tests.sample_pack import sample_files, sample_version

pytestmark = pytest.mark.django_db
BY = acting("Aigul U.")
DEED = Promised("Ask for a woman officer first.", date(2027, 3, 1), "My head of shift")


@pytest.fixture
def enrolment():
    return EnrolmentFactory(edition=EditionFactory(version=sample_version()))


def test_a_commitment_is_kept_under_her_name(enrolment):
    commit(enrolment, DEED, by=BY, at=NOW)

    kept = commitment_of(enrolment)
    assert (kept.deed, kept.by_when, kept.support) == (DEED.deed, DEED.by_when, DEED.support)
    assert [line.verb for line in trail_of(kept)] == ["made"]


def test_it_is_put_better_and_the_trail_names_the_columns_never_the_words(enrolment):
    commit(enrolment, DEED, by=BY, at=NOW)
    kept = commit(enrolment, Promised("Ask twice.", DEED.by_when, ""), by=BY, at=NOW)
    commit(enrolment, Promised("Ask twice.", DEED.by_when, ""), by=BY, at=NOW)

    lines = [(line.verb, line.changed) for line in trail_of(kept)]
    assert lines == [("made", []), ("changed", ["deed", "support"])]


@pytest.mark.parametrize(
    ("promised", "refused"),
    [
        (Promised(""), ["deed"]),
        (Promised("x" * 501), ["deed"]),
        (Promised("Ask.", support="x" * 201), ["support"]),
        (Promised("Ask.", NOW.date() - timedelta(days=1)), ["by_when"]),
    ],
)
def test_what_cannot_be_kept_is_refused_by_field_and_nothing_is_saved(enrolment, promised, refused):
    with pytest.raises(AnswersRefused) as found:
        commit(enrolment, promised, by=BY, at=NOW)

    assert list(found.value.problems) == refused
    assert commitment_of(enrolment) is None


def test_a_day_that_has_passed_meanwhile_does_not_keep_her_from_changing_the_rest(enrolment):
    commit(enrolment, Promised("Ask.", NOW.date()), by=BY, at=NOW)

    commit(enrolment, Promised("Ask twice.", NOW.date()), by=BY, at=NOW + timedelta(days=3))

    assert commitment_of(enrolment).deed == "Ask twice."


def test_two_weeks_after_the_course_it_can_only_be_read(enrolment):
    last = NOW.replace(day=1, month=3) - timedelta(days=28) + timedelta(days=4 + 14)
    assert last.date() == enrolment.edition.ends_on + timedelta(days=14)
    commit(enrolment, Promised("Ask."), by=BY, at=last)

    with pytest.raises(CommitmentsClosed):
        commit(enrolment, Promised("Ask twice."), by=BY, at=last + timedelta(days=1))

    assert commitment_of(enrolment).deed == "Ask."


def test_a_course_without_the_sheet_asks_for_none():
    from sabaq.courses.services.packs import import_pack

    files = {**sample_files(items=("one",))}
    del files["commitment.toml"]
    edition = EditionFactory(version=import_pack(files, by=None, at=NOW))

    with pytest.raises(NoCommitmentAsked):
        commit(EnrolmentFactory(edition=edition), DEED, by=BY, at=NOW)


def test_what_is_done_is_told_in_one_query(enrolment, django_assert_num_queries):
    assert done_by(enrolment).has_committed is False
    commit(enrolment, DEED, by=BY, at=NOW)
    answer_survey(enrolment, "closing", {"relevant": "5"}, by=BY)

    with django_assert_num_queries(1):
        done = done_by(enrolment)

    assert (done.surveys, done.has_committed) == ({"closing"}, True)


def test_the_office_sees_those_who_take_part_in_the_order_of_their_names(enrolment):
    other = EnrolmentFactory(edition=enrolment.edition)
    gone = EnrolmentFactory(edition=enrolment.edition, state=EnrolmentState.WITHDRAWN)
    for one in (other, enrolment, gone):
        commit(one, DEED, by=BY, at=NOW)

    named = [one.enrolment.person.native_name for one in commitments_of(enrolment.edition)]
    assert named == sorted([enrolment.person.native_name, other.person.native_name])
