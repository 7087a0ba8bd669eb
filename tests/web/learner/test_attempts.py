import gzip
import re
import uuid
from datetime import timedelta

import pytest
from django.test import Client

from sabaq.assessment.enums import Phase
from sabaq.assessment.models import Answer, Attempt
from sabaq.assessment.queries import answers_of, attempts_of
from sabaq.courses.services.packs import import_pack
from sabaq.kernel.models import WriteReceipt
from tests.factories import NOW, CertificateDesignFactory, EditionFactory, EnrolmentFactory
from tests.sample_pack import sample_files, sample_version
from tests.visitors import participant_browser

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("still_clock")]
PAGE, ANSWER, HAND_IN = "/test/knowledge/", "/test/knowledge/answer/", "/test/knowledge/hand-in/"


@pytest.fixture
def enrolment():
    return EnrolmentFactory(edition=EditionFactory(version=sample_version()))


@pytest.fixture
def browser(enrolment):
    return participant_browser(enrolment)


def saved(enrolment):
    return answers_of(attempts_of(enrolment)["knowledge", Phase.BEFORE])


def order(html):
    return re.findall(r'name="(a-\w+)" value="(\w+)"', html)


def write(item="one", option="b", write_id=None):
    return {"write_id": write_id or uuid.uuid4().hex, "item": item, "option": option}


def test_looking_at_a_test_does_not_begin_it(browser):
    response = browser.get(PAGE)

    assert (response.status_code, Attempt.objects.count()) == (200, 0)


def test_a_person_sees_the_same_order_before_and_after_her_first_answer(browser):
    before = order(browser.get(PAGE).text)
    browser.post(ANSWER, write())

    assert order(browser.get(PAGE).text) == before
    assert len(before) == 12


def test_neither_key_nor_explanation_reaches_the_browser_before_or_after_handing_in(browser):
    before = browser.get(PAGE).text
    browser.post(HAND_IN, {"a-one": "b", "confirmed": "1"})
    after = browser.get(PAGE).text

    assert "SECRET" not in before + after
    assert "correct" not in before.replace("correct answers", "")
    assert "Handed in. 1 of 3 correct." in after
    assert "Answer b to one" not in after


def test_an_answer_is_saved_at_once_and_answered_without_a_body(browser, enrolment):
    response = browser.post(ANSWER, write("one", "c"))

    assert (response.status_code, response.content) == (204, b"")
    assert saved(enrolment) == {"one": "c"}


def test_a_replayed_answer_is_answered_as_before_and_overrides_nothing(browser, enrolment):
    first = write("one", "c")
    browser.post(ANSWER, first)
    browser.post(ANSWER, write("one", "d"))

    response = browser.post(ANSWER, first)

    assert (response.status_code, response.content) == (204, b"")
    assert saved(enrolment) == {"one": "d"}
    assert WriteReceipt.objects.count() == 2


def test_an_altered_answer_under_the_same_id_is_refused(browser, enrolment):
    write_id = uuid.uuid4().hex
    browser.post(ANSWER, write("one", "c", write_id))

    response = browser.post(ANSWER, write("one", "d", write_id))

    assert response.status_code == 409
    assert "already sent with other content" in response.text
    assert saved(enrolment) == {"one": "c"}


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        (write("stranger", "a"), 422),
        (write("one", "z"), 422),
        ({"write_id": uuid.uuid4().hex}, 422),
        (write(write_id="not-an-id"), 400),
        ({"item": "one", "option": "b"}, 400),
    ],
)
def test_a_bad_answer_is_refused_and_leaves_nothing(browser, sent, status):
    assert browser.post(ANSWER, sent).status_code == status
    assert (Answer.objects.count(), WriteReceipt.objects.count()) == (0, 0)


def test_an_answer_after_handing_in_is_refused(browser, enrolment):
    browser.post(HAND_IN, {"a-one": "b", "confirmed": "1"})

    response = browser.post(ANSWER, write("two", "b"))

    assert response.status_code == 409
    assert "handed in already" in response.text
    assert saved(enrolment) == {"one": "b"}


def test_somebody_signed_out_is_sent_to_the_code_page_and_nothing_is_taken(db):
    response = Client().post(ANSWER, write())

    assert (response.status_code, response.headers["Location"]) == (302, "/code/")


def test_without_javascript_a_form_saves_all_and_shows_it_on_another_device(browser, enrolment):
    response = browser.post(PAGE, {"a-one": "c", "a-two": "d"}, follow=True)

    assert "Your answers are saved." in response.text
    assert saved(enrolment) == {"one": "c", "two": "d"}
    elsewhere = participant_browser(enrolment).get(PAGE).text
    assert re.findall(r'name="a-(\w+)" value="(\w)" checked', elsewhere) == [
        pair
        for pair in [(n[2:], v) for n, v in order(elsewhere)]
        if pair in {("one", "c"), ("two", "d")}
    ]


def test_handing_in_with_gaps_names_them_first_and_keeps_the_answers(browser, enrolment):
    response = browser.post(HAND_IN, {"a-one": "b"})

    assert "2 questions have no answer yet" in response.text
    assert saved(enrolment) == {"one": "b"}
    assert attempts_of(enrolment)["knowledge", Phase.BEFORE].handed_in_at is None


def test_a_full_sheet_is_handed_in_at_once(browser, enrolment):
    response = browser.post(HAND_IN, {"a-one": "b", "a-two": "b", "a-three": "c"}, follow=True)

    assert "Handed in. 2 of 3 correct." in response.text
    assert 'href="/today/"' in response.text


def test_handing_in_again_says_that_later_answers_do_not_count(browser, enrolment):
    browser.post(HAND_IN, {"a-one": "b", "confirmed": "1"})

    same = browser.post(HAND_IN, {"a-one": "b"}, follow=True).text
    other = browser.post(HAND_IN, {"a-one": "c"}, follow=True).text

    assert "had been handed in before" not in same
    assert "had been handed in before" in other
    assert saved(enrolment) == {"one": "b"}


def test_a_test_that_the_course_does_not_have_is_not_found(browser):
    assert browser.get("/test/entrance/").status_code == 404
    assert browser.post("/test/entrance/hand-in/").status_code == 404
    assert browser.post("/test/entrance/answer/", write()).status_code == 404


def test_the_page_takes_few_queries_and_bytes_however_much_is_answered(
    browser, django_assert_max_num_queries
):
    browser.post(PAGE, {"a-one": "b", "a-two": "b", "a-three": "c"})

    with django_assert_max_num_queries(4):
        response = browser.get(PAGE)
    assert len(gzip.compress(response.content)) < 4000


def test_saving_an_answer_takes_few_queries(browser, django_assert_max_num_queries):
    browser.post(ANSWER, write("two", "a"))

    with django_assert_max_num_queries(14):
        browser.post(ANSWER, write("one", "a"))


AFTER = "/test/knowledge/after/"


def test_before_and_after_are_two_attempts_in_two_orders(browser, enrolment):
    browser.post(PAGE, {"a-one": "b"})
    browser.post(AFTER, {"a-one": "c"})

    sat = attempts_of(enrolment)
    assert answers_of(sat["knowledge", Phase.BEFORE]) == {"one": "b"}
    assert answers_of(sat["knowledge", Phase.AFTER]) == {"one": "c"}
    assert order(browser.get(PAGE).text) != order(browser.get(AFTER).text)


def test_an_answer_that_replaces_one_of_another_device_says_so(browser, enrolment):
    browser.post(ANSWER, write("one", "a") | {"was": ""})
    other = participant_browser(enrolment)
    other.post(ANSWER, write("one", "c") | {"was": "a"})

    last = write("one", "d") | {"was": "a"}
    response = browser.post(ANSWER, last)

    assert response.status_code == 200
    assert response.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert response.text == (
        "Saved. On another device you had chosen “Answer c to one”; this later answer counts."
    )
    assert browser.post(ANSWER, last).text == response.text
    assert saved(enrolment) == {"one": "d"}


def test_an_answer_to_what_this_device_knew_has_nothing_to_tell(browser):
    browser.post(ANSWER, write("one", "a") | {"was": ""})

    response = browser.post(ANSWER, write("one", "b") | {"was": "a"})

    assert (response.status_code, response.content) == (204, b"")


def test_a_sheet_that_was_open_before_undoes_no_answer_of_another_device(browser, enrolment):
    browser.post(PAGE, {"a-one": "a", "a-two": "a"})
    stale = browser.get(PAGE)
    assert 'name="seen" value="one:a two:a"' in stale.text
    participant_browser(enrolment).post(ANSWER, write("one", "c") | {"was": "a"})
    participant_browser(enrolment).post(ANSWER, write("two", "c") | {"was": "a"})

    sent = {"seen": "one:a two:a", "a-one": "a", "a-two": "d"}
    response = browser.post(PAGE, sent, follow=True)

    assert saved(enrolment) == {"one": "c", "two": "d"}
    assert "was answered on another device after this page was opened" in response.text
    assert "the answer you sent last counts" in response.text


def closed_at(enrolment, moment):
    enrolment.edition.tests = [
        {"key": "knowledge", "before": {"closes_at": moment.isoformat()}}
        | {"after": {"closes_at": moment.isoformat()}}
    ]
    enrolment.edition.save()


def test_an_answer_after_the_time_is_refused_with_the_time_in_words(browser, enrolment):
    browser.post(ANSWER, write("one", "b"))
    closed_at(enrolment, NOW - timedelta(hours=1))

    response = browser.post(ANSWER, write("two", "b"))
    sheet = browser.post(PAGE, {"a-two": "b"}, follow=True).text

    assert response.status_code == 409
    assert response.text.startswith("This test closed on 4 February 2027, 12:20.")
    assert "What came later does not count" in sheet
    assert "What you had saved counts" in sheet
    assert saved(enrolment) == {"one": "b"}


def test_somebody_who_never_began_finds_a_closed_test_and_whom_to_write_to(browser, enrolment):
    closed_at(enrolment, NOW - timedelta(hours=1))

    html = browser.get(PAGE).text

    assert "The time of this test is over." in html
    assert "course@office.example" in html
    assert order(html) == []


def test_somebody_who_missed_a_test_is_told_what_depends_on_it(browser, enrolment):
    closed_at(enrolment, NOW - timedelta(hours=1))
    free = browser.get(f"{PAGE}after/").text
    CertificateDesignFactory(edition=enrolment.edition, completion_test="knowledge")

    asked, before = browser.get(f"{PAGE}after/").text, browser.get(PAGE).text

    words = "A certificate of completion asks for this test"
    assert (words in free, words in asked, words in before) == (False, True, False)
    assert "Nothing else depends on it" in free
    assert "Nothing else depends on it" not in asked


def test_keys_and_explanations_are_shown_once_the_test_after_the_course_is_closed(
    browser, enrolment
):
    browser.post(HAND_IN, {"a-one": "c", "confirmed": "1"})
    early = browser.get(PAGE).text
    closed_at(enrolment, NOW - timedelta(hours=1))

    late = browser.get(PAGE).text

    assert "SECRET" not in early
    assert "Answer b to one" in late
    assert "SECRET of c" in late


def test_of_two_forms_nothing_is_shown_before_she_begins(enrolment, browser):
    files = sample_files(items=("one", "two"))
    files["tests/knowledge.toml"] += b'\n[forms]\nA = ["one"]\nB = ["two"]\n'
    enrolment.edition.version = import_pack(files, by=None, at=NOW)
    enrolment.edition.tests = [{"key": "knowledge", "forms": True}]
    enrolment.edition.save()

    looked = browser.get(PAGE).text
    browser.post(PAGE)

    assert order(looked) == []
    assert {item for item, _option in order(browser.get(PAGE).text)} == {"a-one"}
