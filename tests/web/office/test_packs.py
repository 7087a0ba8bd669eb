"""Looking through a pack without an edition: who sees what, in which language."""

import pytest
from django.test import Client

from sabaq.people.enums import Role
from tests.factories import AccountFactory, EditionFactory
from tests.sample_pack import sample_version
from tests.visitors import staff_browser

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("still_clock")]


@pytest.fixture
def version():
    return sample_version()


@pytest.fixture
def home(version):
    return f"/office/packs/{version.uuid}/"


def somebody(role):
    return staff_browser(EditionFactory(version=sample_version()), role)


def test_the_courses_are_listed_and_lead_to_their_pages(home):
    html = somebody(Role.INTERPRETER).get("/office/packs/").text

    assert f'href="{home}"' in html
    assert "Sample course" in html


def test_an_account_without_a_part_in_any_edition_finds_no_course(home):
    browser = Client()
    browser.force_login(AccountFactory())

    assert "Sample course" not in browser.get("/office/packs/").text
    assert browser.get(home).status_code == 404


def test_the_overview_says_what_there_is_and_what_the_check_finds(home):
    html = somebody(Role.TRAINER).get(home).text

    assert "Ask about danger first." in html
    assert f'href="{home}lesson/first-contact/"' in html
    assert "The check finds 7 things to look at" in html
    assert "The block “only-english” (line 9 of the source) is not translated." in html
    assert "in outline" in html


def test_the_slides_carry_the_notes_that_participants_never_see(home):
    assert "Only the trainer reads this." in (
        somebody(Role.INTERPRETER).get(f"{home}slides/first-contact/").text
    )


def test_an_exercise_says_to_staff_what_to_listen_for(home):
    html = somebody(Role.INTERPRETER).get(f"{home}exercise/first-contact/").text

    assert "Listen for blame." in html


@pytest.mark.parametrize("role", [Role.ORGANISER, Role.TRAINER])
def test_organiser_and_trainer_see_which_answer_is_right_and_why(home, role):
    html = somebody(role).get(f"{home}items/first-contact/").text

    assert "SECRET of b" in html
    assert html.count("best answer") == 3


def test_nobody_else_sees_the_right_answers_nor_a_way_to_them(home):
    browser = somebody(Role.INTERPRETER)

    assert browser.get(f"{home}items/first-contact/").status_code == 404
    assert "/items/" not in browser.get(home).text


def test_the_glossary_has_a_column_for_each_language(home):
    html = somebody(Role.INTERPRETER).get(f"{home}glossary/").text

    assert '<td class="full" lang="en"><b>consent</b>' in html
    assert '<td class="full" lang="ru"><b>согласие</b>' in html


def test_the_content_is_shown_in_the_language_asked_for_and_the_page_in_the_readers(home):
    html = somebody(Role.INTERPRETER).get(f"{home}lesson/first-contact/?in=ru").text

    assert '<html lang="en">' in html
    assert '<div lang="ru">' in html
    assert "Безопасность важнее дела." in html
    assert f'href="{home}slides/first-contact/?in=ru"' in html


def test_a_language_that_the_course_does_not_have_is_not_taken(home):
    html = somebody(Role.INTERPRETER).get(f"{home}lesson/first-contact/?in=xx").text

    assert "Safety comes before the case." in html


@pytest.mark.parametrize(
    "path",
    ["lesson/legal-framework/", "slides/legal-framework/", "exercise/legal-framework/", "aids/no/"],
)
def test_what_the_pack_does_not_have_is_not_found(home, path):
    assert somebody(Role.ORGANISER).get(home + path).status_code == 404


def test_a_job_aid_says_that_the_contacts_come_from_the_edition(home):
    html = somebody(Role.HOST).get(f"{home}aids/first-line/").text

    assert "as the edition names them" in html


@pytest.mark.parametrize("path", ["surveys/", "cards/", "exercise/first-contact/"])
def test_every_other_page_opens(home, path):
    assert somebody(Role.ORGANISER).get(home + path).status_code == 200
