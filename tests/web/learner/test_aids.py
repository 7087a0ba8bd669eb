"""Job aids, exercises and the glossary, as a participant opens them."""

import re

import pytest

from tests.factories import EditionFactory, EnrolmentFactory
from tests.sample_pack import sample_version
from tests.visitors import participant_browser

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("still_clock")]


@pytest.fixture
def enrolment():
    return EnrolmentFactory(edition=EditionFactory(version=sample_version()), person__country="KG")


@pytest.fixture
def browser(enrolment):
    return participant_browser(enrolment)


def test_a_job_aid_cites_its_standard_and_explains_its_words(browser):
    html = browser.get("/aids/first-line/").text

    assert "Women are searched by women." in html
    assert 'href="#term-consent"' in html
    assert '<dt id="term-consent">consent</dt>' in html


def test_a_job_aid_names_whom_to_turn_to_in_the_readers_country(browser, enrolment):
    contacts = enrolment.edition.support_contacts
    contacts.create(country="KG", text={"en": "Help line in Bishkek"})
    contacts.create(country="UZ", text={"en": "Help line in Tashkent"})

    html = browser.get("/aids/first-line/").text

    assert "Help line in Bishkek" in html
    assert "Tashkent" not in html


def test_an_office_that_named_nobody_yet_is_not_hidden(browser):
    assert "has not named anybody in your country yet" in browser.get("/aids/first-line/").text


def test_the_lesson_leads_to_the_job_aids_and_the_exercise_of_its_topic(browser):
    html = browser.get("/lesson/first-contact/").text

    assert 'href="/aids/first-line/"' in html
    assert 'href="/exercise/first-contact/"' in html
    assert "In pairs: one asks, one listens." in browser.get("/exercise/first-contact/").text


def test_an_exercise_keeps_from_participants_what_it_says_to_the_trainer(browser):
    assert "Listen for blame." not in browser.get("/exercise/first-contact/").text


def test_what_is_not_in_the_course_is_not_found(browser):
    for path in ("/aids/nowhere/", "/exercise/legal-framework/", "/exercise/nowhere/"):
        assert browser.get(path).status_code == 404


@pytest.mark.parametrize("asked", ["направл", "НАПРАВЛЕНИЕ", "refer", " Referral "])
def test_a_term_is_found_in_either_language(browser, asked):
    html = browser.get("/glossary/", {"q": asked}).text

    assert "Bringing her together with a service." in html
    assert "A free and informed yes." not in html


def test_the_glossary_lists_every_term_without_a_question(browser):
    html = browser.get("/glossary/").text

    assert html.index("consent") < html.index("referral")
    assert "A free and informed yes." not in html


def test_the_whole_glossary_explains_every_term_and_its_link_says_what_it_weighs(browser):
    link = re.search(r'href="(/glossary/whole/)">[^<]*\((\d+) KB\)', browser.get("/glossary/").text)
    html = browser.get(link[1]).text

    assert int(link[2]) > 0
    assert "A free and informed yes." in html
    assert "Bringing her together with a service." in html


def test_a_word_that_is_not_there_is_said_so(browser):
    assert "does not have this word" in browser.get("/glossary/", {"q": "zzz"}).text
