"""The page of test results: for organiser and M&E officer, of ten and more, once the test is closed."""

import io
from datetime import timedelta

import pytest
from python_calamine import CalamineWorkbook

from sabaq.kernel import clock
from sabaq.people.enums import Role
from tests.assessment.sittings import edition_with_a_test, sit_both
from tests.assessment.test_results_query import ANSWERS
from tests.factories import NOW
from tests.visitors import staff_browser

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("still_clock")]


@pytest.fixture
def edition():
    """Give an edition whose test was closed a week ago, by the clock of the suite."""
    edition = edition_with_a_test()
    closed = (clock.now() - timedelta(days=7)).isoformat()
    edition.tests[0]["after"] = {
        "opens_at": (NOW - timedelta(days=9)).isoformat(),
        "closes_at": closed,
    }
    edition.save(update_fields=["tests"])
    return edition


def page(edition, role=Role.EVALUATOR, **headers):
    return staff_browser(edition, role).get(f"/office/{edition.slug}/results/", **headers)


def sit_all(edition, number=11):
    for before, after in ANSWERS[:number]:
        sit_both(edition, before, after)


def test_the_group_is_shown_with_what_each_figure_means(edition):
    sit_all(edition)

    html = page(edition).text

    assert "11 <small>/ 11</small>" in html
    assert "36.4 %" in html
    assert "72.7 %" in html
    assert "0.57 (medium)" in html
    assert "no control group" in html
    assert html.count("data-figure=") == 14
    assert html.count("data-item=") == 3
    assert "Question one?" in html
    assert "McNemar" in html


def test_of_nine_nothing_is_shown_but_how_many_they_are(edition):
    sit_all(edition, 9)

    html = page(edition).text

    assert "9 <small>/ 9</small>" in html
    assert "once 10 participants have taken both tests" in html
    assert "data-figure" not in html
    assert "Question one?" not in html
    assert " %" not in html.split("<main", 1)[1].split("</main>", 1)[0]


def test_while_the_test_is_open_only_the_count_is_shown(edition):
    sit_all(edition)
    edition.tests[0]["after"]["closes_at"] = (clock.now() + timedelta(hours=1)).isoformat()
    edition.save(update_fields=["tests"])

    html = page(edition).text

    assert "11 <small>/ 11</small>" in html
    assert "closed for everybody" in html
    assert "data-figure" not in html


def test_nobody_yet_is_no_error(edition):
    assert "0 <small>/ 0</small>" in page(edition).text


def test_all_alike_is_no_error(edition):
    for _ in range(12):
        sit_both(edition, "bbb", "bbb")

    html = page(edition).text

    assert "there was no room to gain" in html
    assert "All answered alike: the item tells nobody apart." in html


@pytest.mark.parametrize("role", [Role.TRAINER, Role.HOST, Role.OBSERVER, Role.INTERPRETER])
def test_other_staff_find_no_such_page(edition, role):
    assert page(edition, role).status_code == 404


def test_the_edition_leads_there(edition):
    address = f"/office/{edition.slug}/results/"

    assert address in staff_browser(edition, Role.EVALUATOR).get(f"/office/{edition.slug}/").text
    assert address not in staff_browser(edition, Role.TRAINER).get(f"/office/{edition.slug}/").text


def test_queries_do_not_grow_with_participants(edition, django_assert_max_num_queries):
    for _ in range(3):
        sit_all(edition)
    browser = staff_browser(edition, Role.EVALUATOR)
    browser.get(f"/office/{edition.slug}/results/")

    with django_assert_max_num_queries(9):
        browser.get(f"/office/{edition.slug}/results/")


def book(edition):
    answer = staff_browser(edition, Role.EVALUATOR).get(f"/office/{edition.slug}/results.xlsx")
    found = CalamineWorkbook.from_filelike(io.BytesIO(answer.content))
    return {name: found.get_sheet_by_name(name).to_python() for name in found.sheet_names}


def test_the_workbook_holds_the_same_figures_as_numbers(edition):
    sit_all(edition)

    sheets = book(edition)

    assert list(sheets) == ["1 Figures", "1 Objectives", "1 Items", "1 Options chosen"]
    figures = {row[0]: row[1] for row in sheets["1 Figures"]}
    assert figures["Mean score before the course"] == pytest.approx(100 * 12 / 33)
    assert figures["Class gain <g>"] == pytest.approx(12 / 21)
    first = sheets["1 Items"][1]
    assert first[:4] == ["Question one?", "", 45.5, 90.9]
    assert first[6:8] == [5, 0]
    assert sheets["1 Options chosen"][2] == ["Question one?", "", "+", "Answer b to one", 5, 10]


def test_of_nine_the_workbook_tells_no_more_than_the_page(edition):
    sit_all(edition, 9)

    sheets = book(edition)

    assert list(sheets) == ["1 Figures"]
    assert [row[0] for row in sheets["1 Figures"]] == ["Figure", "Participants with both tests"]
