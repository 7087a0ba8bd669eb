import pytest

from sabaq.feedback.services import answer_survey, close_survey
from sabaq.people.enums import Role
from tests.factories import NOW, EditionFactory, EnrolmentFactory
from tests.sample_pack import sample_version
from tests.visitors import staff_browser

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("still_clock")]


@pytest.fixture
def edition():
    return EditionFactory(version=sample_version())


def answered(edition, times):
    for number in range(times):
        sheet = {"relevant": str(number % 2 + 4), "comment": "A comment of mine"}
        answer_survey(EnrolmentFactory(edition=edition), "closing", sheet, by=None)
    close_survey(edition, "closing", by=None, at=NOW)


def page(edition, role=Role.ORGANISER):
    return staff_browser(edition, role).get(f"/office/{edition.slug}/survey/")


def test_nine_answers_show_the_response_rate_and_nothing_else(edition):
    answered(edition, 9)

    html = page(edition).text

    assert "9 <small>/ 9</small>" in html
    assert html.count("Shown from 10 answers on.") == 2
    assert "median" not in html


def test_from_ten_answers_on_the_whole_distribution_is_shown_but_no_comment(edition):
    answered(edition, 12)

    html = page(edition, Role.EVALUATOR).text

    assert "12 answers" in html
    assert "median 4.5" in html
    assert "100 % chose 4 or 5" in html
    assert html.count('<span class="n nw">50 %</span>') == 2
    assert "12 comments" in html
    assert "A comment of mine" not in html


@pytest.mark.parametrize("role", [Role.TRAINER, Role.HOST, Role.OBSERVER])
def test_other_staff_find_no_survey_page(edition, role):
    assert page(edition, role).status_code == 404


def test_queries_do_not_grow_with_answers(edition, django_assert_max_num_queries):
    answered(edition, 12)
    browser = staff_browser(edition, Role.ORGANISER)

    with django_assert_max_num_queries(13):
        browser.get(f"/office/{edition.slug}/survey/")


@pytest.mark.parametrize(("role", "links"), [("ORGANISER", 1), ("EVALUATOR", 1), ("OBSERVER", 0)])
def test_the_editions_page_leads_to_the_survey_whoever_may_see_it(edition, role, links):
    html = staff_browser(edition, Role[role]).get(f"/office/{edition.slug}/").text

    assert html.count(f'href="/office/{edition.slug}/survey/"') == links
