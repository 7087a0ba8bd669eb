import logging
from datetime import timedelta

import pytest
from django.apps import apps
from prometheus_client import generate_latest

from sabaq.enrolment.models import AccessLink
from sabaq.feedback.models import SurveyMark, SurveyPool, SurveySheet
from sabaq.feedback.services import close_survey
from tests.factories import NOW, EditionFactory, EnrolmentFactory, SessionFactory
from tests.feedback.sheets import waiting
from tests.sample_pack import sample_version
from tests.visitors import participant_browser

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("still_clock")]
PAGE = "/survey/closing/"
SHEET = {"q-relevant": "4", "q-useful": "first-contact", "q-comment": "Longer breaks, please"}


@pytest.fixture
def browser():
    return participant_browser(EnrolmentFactory(edition=EditionFactory(version=sample_version())))


def test_the_page_says_who_sees_what_before_the_first_question(browser):
    html = browser.get(PAGE).text

    notice, form = html.index("Your answers are confidential"), html.index("It is relevant.")
    assert notice < form
    assert "only from 10 answers on" in html
    assert "names" in html
    assert "nonymous" not in html


def test_a_survey_is_taken_and_thanked_for(browser):
    response = browser.post(PAGE, SHEET, follow=True)

    assert "Your answers have arrived. Thank you." in response.text
    assert waiting() == [
        [("comment", "Longer breaks, please"), ("relevant", "4"), ("useful", "first-contact")]
    ]


def test_a_second_sending_is_thanked_and_saves_nothing(browser):
    browser.post(PAGE, SHEET)

    response = browser.post(PAGE, {**SHEET, "q-relevant": "1"})

    assert response.status_code == 200
    assert "You have answered this survey already. Thank you." in response.text
    [sheet] = waiting()
    assert ("relevant", "4") in sheet


def test_a_comment_that_is_too_long_is_named_and_kept_as_typed(browser):
    typed = "Ж" * 1001

    response = browser.post(PAGE, {**SHEET, "q-comment": typed})

    assert response.status_code == 422
    assert "Your comment has 1001 characters; at most 1000 can be kept." in response.text
    assert typed in response.text
    assert 'value="4" id="id_q-relevant_3" checked' in response.text.replace(" aria-", " ")
    assert waiting() == []


def test_an_empty_sheet_is_not_taken_and_may_be_filled_in_afterwards(browser):
    response = browser.post(PAGE, {})

    assert response.status_code == 422
    assert "Answer at least one question" in response.text
    assert browser.post(PAGE, SHEET).status_code == 302


def test_one_answer_is_enough(browser):
    assert browser.post(PAGE, {"q-relevant": "2"}).status_code == 302
    assert waiting() == [[("relevant", "2")]]


def test_an_answer_off_the_list_is_refused(browser):
    response = browser.post(PAGE, {**SHEET, "q-useful": "another-topic"})

    assert response.status_code == 422
    assert "not among those on offer" in response.text
    assert waiting() == []


def test_no_log_line_holds_an_answer(browser, caplog, capsys):
    with caplog.at_level(logging.DEBUG):
        browser.post(PAGE, SHEET)

    written = caplog.text + "".join(capsys.readouterr())
    assert "Longer breaks" not in written
    assert "learner:survey" not in written


def held_beside_the_survey():
    """Give every row of every table but the survey's own."""
    own = {SurveyMark, SurveySheet, SurveyPool}
    models = [one for one in apps.get_models(include_auto_created=True) if one not in own]
    return {one._meta.label: sorted(map(repr, one._base_manager.values())) for one in models}


def test_answering_changes_no_row_beside_the_mark_and_the_sealed_sheet(browser):
    browser.get(PAGE)
    before = held_beside_the_survey()

    browser.post(PAGE, SHEET)

    assert held_beside_the_survey() == before
    assert len(waiting()) == 1


def test_no_counter_says_when_somebody_answered(browser):
    browser.get("/today/")
    counted = generate_latest().decode()

    browser.get(PAGE)
    browser.post(PAGE, SHEET)

    assert "learner:today" in counted
    assert (
        generate_latest().decode().count("learner:survey") == counted.count("learner:survey") == 0
    )


def test_the_page_says_what_cannot_be_ruled_out(browser):
    html = browser.get(PAGE).text

    assert "until at least 5 can be opened together" in html
    assert "whoever runs the server could, with some effort, read your sheet while it waits" in html


def test_a_closed_survey_says_so_and_takes_nothing(browser):
    edition = AccessLink.objects.get().enrolment.edition
    close_survey(edition, "closing", by=None, at=NOW)

    assert "This survey is closed" in browser.get(PAGE).text
    assert browser.post(PAGE, SHEET).status_code == 409
    assert waiting() == []


def test_two_weeks_after_the_last_session_it_is_closed(browser):
    in_class(browser, starts_in_minutes=-(14 * 24 * 60 + 61))

    assert "This survey is closed" in browser.get(PAGE).text
    assert browser.post(PAGE, SHEET).status_code == 409


def in_class(browser, *, starts_in_minutes):
    enrolment = AccessLink.objects.get().enrolment
    start = NOW + timedelta(minutes=starts_in_minutes)
    SessionFactory(edition=enrolment.edition, starts_at=start, ends_at=start + timedelta(hours=1))


def test_the_closing_survey_opens_with_the_last_session_and_takes_nothing_before(browser):
    in_class(browser, starts_in_minutes=1)

    assert "This survey opens with the last session" in browser.get(PAGE).text
    assert browser.post(PAGE, SHEET).status_code == 409
    assert waiting() == []


def test_the_closing_survey_is_open_in_the_last_session(browser):
    in_class(browser, starts_in_minutes=0)

    assert "Your answers have arrived." in browser.post(PAGE, SHEET, follow=True).text


def test_the_page_takes_few_queries(browser, django_assert_max_num_queries):
    with django_assert_max_num_queries(3):
        browser.get(PAGE)
