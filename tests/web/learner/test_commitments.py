"""The commitment as a participant writes it and the office reads it."""

from datetime import timedelta

import pytest

from sabaq.feedback.models import Commitment
from sabaq.kernel import clock
from sabaq.people.enums import Role
from tests.factories import NOW, EditionFactory, EnrolmentFactory, SessionFactory
from tests.sample_pack import sample_version
from tests.visitors import participant_browser, staff_browser

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("still_clock")]
PAGE = "/commitment/"
SHEET = {"deed": "Ask for a woman officer first.", "by_when": "2027-03-01", "support": "My head"}


@pytest.fixture
def edition():
    return EditionFactory(version=sample_version())


@pytest.fixture
def browser(edition):
    return participant_browser(EnrolmentFactory(edition=edition))


def last_session(edition, *, starts_in):
    start = NOW + timedelta(minutes=starts_in)
    SessionFactory(edition=edition, starts_at=start, ends_at=start + timedelta(minutes=20))


def test_the_page_says_who_reads_it_before_anything_is_written(browser):
    html = browser.get(PAGE).text

    assert html.index("You, the organiser and the monitoring and evaluation officer") < html.index(
        "One thing that I will do"
    )


def test_what_she_writes_is_shown_and_may_be_changed(browser):
    first = browser.post(PAGE, SHEET, follow=True).text
    browser.post(PAGE, {**SHEET, "deed": "Ask twice."})

    assert "Your commitment is saved." in first
    assert "1 March 2027" in first
    assert 'value="2027-03-01"' in first
    assert [one.deed for one in Commitment.objects.all()] == ["Ask twice."]


def test_what_is_wrong_is_said_at_its_question_and_the_rest_is_kept_as_typed(browser):
    response = browser.post(PAGE, {**SHEET, "deed": "  "})

    assert response.status_code == 422
    assert "Write one thing that you will do." in response.text
    assert 'value="My head"' in response.text
    assert not Commitment.objects.exists()


def test_before_the_last_session_there_is_nothing_to_write(browser, edition):
    last_session(edition, starts_in=1)

    assert "You write it in the last session" in browser.get(PAGE).text
    assert browser.post(PAGE, SHEET).status_code == 409
    assert not Commitment.objects.exists()


def test_today_leads_to_it_from_the_last_session_on(browser, edition):
    last_session(edition, starts_in=0)

    assert 'href="/commitment/"' in browser.get("/today/").text


def test_after_two_weeks_it_is_read_only(browser, edition):
    browser.post(PAGE, SHEET)

    with clock.frozen(NOW + timedelta(days=16)):
        html = browser.get(PAGE).text

    assert "Ask for a woman officer first." in html
    assert "<textarea" not in html


@pytest.mark.parametrize("role", [Role.ORGANISER, Role.EVALUATOR])
def test_organiser_and_evaluator_read_it_by_name(browser, edition, role):
    browser.post(PAGE, SHEET)

    html = staff_browser(edition, role).get(f"/office/{edition.slug}/commitments/").text

    assert "Ask for a woman officer first." in html
    assert "My head" in html
