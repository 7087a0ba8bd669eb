import gzip

import pytest

from sabaq.kernel.audit import trail_of
from sabaq.web.content import FRAME_BYTES, kilobytes
from tests.factories import EditionFactory, EnrolmentFactory
from tests.sample_pack import sample_version
from tests.visitors import participant_browser

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("still_clock")]
LESSON, SLIDES = "/lesson/first-contact/", "/slides/first-contact/"


@pytest.fixture
def enrolment():
    return EnrolmentFactory(edition=EditionFactory(version=sample_version()))


@pytest.fixture
def browser(enrolment):
    return participant_browser(enrolment)


def in_russian(browser):
    browser.cookies["lang"] = "ru"
    return browser


def test_a_lesson_shows_its_blocks_aims_and_law(browser):
    html = browser.get(LESSON).text

    assert "Safety comes before the case." in html
    assert "Ask about danger first." in html
    assert "Women are searched by women." in html


def test_a_legal_card_says_whose_law_where_from_when_and_how_sure(browser):
    html = browser.get(LESSON).text

    assert "International" in html
    assert "Sample source" in html
    assert "15 January 2025" in html
    assert "verify before use" in html  # of medium confidence, and two years old


def test_a_block_without_translation_is_shown_in_its_language_and_says_so(browser):
    html = in_russian(browser).get(LESSON).text

    assert "Безопасность важнее дела." in html
    assert '<p id="only-english" lang="en">This paragraph waits for its translation.</p>' in html


def test_the_slides_are_linked_with_what_they_cost(browser):
    html = browser.get(LESSON).text

    assert 'href="/slides/first-contact/"' in html
    assert "Slides of this topic (4 KB)" in html


def test_what_a_page_is_said_to_cost_is_what_it_weighs_compressed(browser):
    response = browser.get(SLIDES)

    assert (
        abs(kilobytes(response.text) * 1000 - FRAME_BYTES - len(gzip.compress(response.content)))
        < 1000
    )


def test_a_lesson_is_marked_as_read_once(browser, enrolment):
    first = browser.post(LESSON, follow=True)
    browser.post(LESSON)

    enrolment.refresh_from_db()
    assert first.redirect_chain == [("/today/", 302)]
    assert enrolment.lessons_read == ["first-contact"]
    assert [line.verb for line in trail_of(enrolment)] == ["lesson read"]
    html = browser.get(LESSON).text
    assert "I have read this lesson" not in html


def test_reading_goes_on_where_it_stopped(browser, enrolment, monkeypatch):
    monkeypatch.setattr("sabaq.web.learner.lessons.pages_of", lambda *_: (("purpose",), ("law",)))

    first = browser.get(LESSON).text
    browser.post(f"{LESSON}1/")
    again = browser.get(LESSON).text

    assert "Page 1 of 2" in first
    assert "Safety comes before the case." in first
    assert "Page 2 of 2" in again
    assert "Safety comes before the case." not in again
    enrolment.refresh_from_db()
    assert (enrolment.lesson_pages, enrolment.lessons_read) == ({"first-contact": 1}, [])


def test_the_last_page_marks_the_lesson_as_read_and_forgets_the_bookmark(
    browser, enrolment, monkeypatch
):
    monkeypatch.setattr("sabaq.web.learner.lessons.pages_of", lambda *_: (("purpose",), ("law",)))
    browser.post(f"{LESSON}1/")

    response = browser.post(f"{LESSON}2/")

    assert response.url == "/today/"
    enrolment.refresh_from_db()
    assert (enrolment.lesson_pages, enrolment.lessons_read) == ({}, ["first-contact"])


def test_a_page_beyond_the_last_is_not_found(browser):
    assert browser.get(f"{LESSON}2/").status_code == 404
    assert browser.get(f"{LESSON}0/").status_code == 200


def test_the_whole_lesson_is_there_to_print(browser):
    html = browser.get(f"{LESSON}whole/").text

    assert "Safety comes before the case." in html
    assert "Women are searched by women." in html


def test_a_topic_in_outline_shows_its_aims_and_cannot_be_marked_as_read(browser, enrolment):
    html = browser.get("/lesson/legal-framework/").text

    assert "This lesson is being prepared." in html
    assert "Name the articles." in html
    assert "I have read" not in html
    assert browser.post("/lesson/legal-framework/").status_code == 404
    enrolment.refresh_from_db()
    assert enrolment.lessons_read == []


def test_a_topic_that_the_course_does_not_have_is_not_found(browser):
    for path in ("/lesson/elsewhere/", "/slides/elsewhere/"):
        assert browser.get(path).status_code == 404


def test_the_handout_shows_every_slide_in_order_without_the_notes(browser):
    html = browser.get(SLIDES).text

    assert html.index("Before the first question") < html.index("After it")
    assert "Only the trainer reads this." not in html


def test_a_topic_without_slides_says_so(browser):
    assert "There are no slides yet" in browser.get("/slides/legal-framework/").text


@pytest.mark.parametrize("path", [LESSON, SLIDES, "/lesson/legal-framework/"])
def test_a_page_of_content_takes_one_query(browser, django_assert_num_queries, path):
    browser.get(path)

    with django_assert_num_queries(1):
        browser.get(path)
