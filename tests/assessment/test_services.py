import uuid
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection

from sabaq.assessment.enums import Phase
from sabaq.assessment.errors import AttemptHandedIn, UnknownItem, UnknownOption, UnknownTest
from sabaq.assessment.models import Answer, Attempt
from sabaq.assessment.queries import answers_of, attempts_of
from sabaq.assessment.services import begin_attempt, hand_in, save_answer, save_answers
from sabaq.kernel.audit import trail_of
from sabaq.kernel.models import WriteReceipt
from sabaq.kernel.writes import once
from sabaq.people.actors import acting
from tests.factories import NOW, EditionFactory, EnrolmentFactory
from tests.sample_pack import sample_version

pytestmark = pytest.mark.django_db
BY = acting("Aigul U.")


def enrolled():
    return EnrolmentFactory(edition=EditionFactory(version=sample_version()))


def begun(enrolment=None):
    return begin_attempt(enrolment or enrolled(), "knowledge", by=BY, at=NOW)


def test_beginning_twice_gives_the_one_attempt():
    enrolment = enrolled()
    first = begun(enrolment)
    second = begin_attempt(enrolment, "knowledge", by=BY, at=NOW + timedelta(hours=1))

    assert second == first
    assert second.begun_at == NOW
    assert attempts_of(enrolment) == {("knowledge", Phase.BEFORE): first}
    assert [line.verb for line in trail_of(first)] == ["begun"]


def test_a_test_that_the_course_does_not_have_cannot_be_begun():
    with pytest.raises(UnknownTest, match="no such test"):
        begin_attempt(enrolled(), "entrance", by=BY, at=NOW)


def test_an_attempt_keeps_the_version_it_began_with():
    enrolment = enrolled()
    attempt = begun(enrolment)
    enrolment.edition.version = sample_version(items=("one", "four"))
    enrolment.edition.save()

    save_answer(begun(enrolment), "three", "b", by=BY, at=NOW)
    with pytest.raises(UnknownItem):
        save_answer(begun(enrolment), "four", "b", by=BY, at=NOW)

    handed_in = hand_in(attempt, by=BY, at=NOW)
    assert (handed_in.correct, handed_in.total) == (1, 3)


def test_every_answer_is_saved_as_given_and_a_changed_one_takes_its_place():
    attempt = begun()
    save_answer(attempt, "one", "a", by=BY, at=NOW)
    save_answer(attempt, "two", "d", by=BY, at=NOW)
    later = save_answer(attempt, "one", "b", by=BY, at=NOW + timedelta(minutes=1))

    assert answers_of(attempt) == {"one": "b", "two": "d"}
    assert later.answers["one"].answered_at == NOW + timedelta(minutes=1)


def test_an_answer_that_says_nothing_new_keeps_its_time():
    attempt = begun()
    save_answer(attempt, "one", "a", by=BY, at=NOW)

    again = save_answer(attempt, "one", "a", by=BY, at=NOW + timedelta(minutes=1))

    assert again.answers["one"].answered_at == NOW


@pytest.mark.parametrize(
    ("item", "option", "error"),
    [
        ("stranger", "a", UnknownItem),
        ("", "", UnknownItem),
        ("one", "e", UnknownOption),
        ("one", "", UnknownOption),
        ("one", "x" * 500, UnknownOption),
    ],
)
def test_a_foreign_item_or_option_is_refused_and_nothing_of_the_sheet_is_saved(item, option, error):
    attempt = begun()

    with pytest.raises(error):
        save_answers(attempt, {"two": "a", item: option}, by=BY, at=NOW)

    assert answers_of(attempt) == {}


def test_handing_in_counts_what_is_correct_and_allows_gaps():
    attempt = begun()
    save_answers(attempt, {"one": "b", "two": "c"}, by=BY, at=NOW)

    done = hand_in(attempt, by=BY, at=NOW)

    assert (done.correct, done.total, done.handed_in_at) == (1, 3, NOW)
    last = trail_of(done).last()
    assert (last.verb, last.changed) == (
        "handed in",
        ["handed_in_at", "lapsed", "correct", "total"],
    )


def test_handing_in_twice_changes_nothing():
    attempt = begun()
    hand_in(attempt, by=BY, at=NOW)

    again = hand_in(attempt, by=BY, at=NOW + timedelta(hours=1))

    assert again.handed_in_at == NOW
    assert [line.verb for line in trail_of(attempt)] == ["begun", "handed in"]


def test_no_answer_is_taken_after_handing_in():
    attempt = begun()
    hand_in(attempt, by=BY, at=NOW)

    with pytest.raises(AttemptHandedIn, match="handed in already"):
        save_answer(attempt, "one", "b", by=BY, at=NOW)

    assert answers_of(attempt) == {}


@pytest.mark.django_db(transaction=True)
def test_the_same_answer_sent_by_many_threads_at_once_is_saved_once():
    enrolment = enrolled()
    write_id = uuid.uuid4()

    def send(_):
        def act():
            save_answer(begun(enrolment), "one", "c", by=BY, at=NOW)
            return {}

        try:
            return once("enrolment:1", write_id, {"option": "c"}, act, at=NOW)[1]
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        replayed = list(pool.map(send, range(8)))

    assert sorted(replayed) == [False] + [True] * 7
    assert list(Answer.objects.values_list("item", "option")) == [("one", "c")]
    assert (Attempt.objects.count(), WriteReceipt.objects.count()) == (1, 1)


@pytest.mark.django_db(transaction=True)
def test_answers_and_hand_in_at_once_leave_a_score_that_fits_the_answers():
    attempt = begun()

    def act(step):
        try:
            if step == 4:
                hand_in(attempt, by=BY, at=NOW)
            else:
                save_answer(attempt, ("one", "two", "three")[step % 3], "b", by=BY, at=NOW)
        except AttemptHandedIn:
            pass
        finally:
            connection.close()

    with ThreadPoolExecutor(9) as pool:
        list(pool.map(act, range(9)))

    attempt.refresh_from_db()
    assert attempt.correct == Answer.objects.filter(attempt=attempt).count()
