"""Tests and surveys in the report: of the whole group, and nothing of fewer than ten."""

import io

import pytest
from python_calamine import CalamineWorkbook

from sabaq.assessment.statistics.results import AskedItem, Pair, Sheet, results_of
from sabaq.courses.queries import pack_of
from sabaq.feedback.queries import Response, SurveyResults
from sabaq.feedback.rules import result_of
from sabaq.reporting.outcomes import Outcomes, sections_of
from sabaq.reporting.reports import course_report
from sabaq.reporting.workbook import workbook
from tests.factories import NOW, EditionFactory
from tests.sample_pack import sample_version

pytestmark = pytest.mark.django_db


@pytest.fixture
def pack():
    return pack_of(sample_version())


def sat(pack, people):
    """Give the results of people who had half of the items right before, and all of them after."""
    test = next(iter(pack.tests.values()))
    items = [
        AskedItem(
            item.key, item.topic, item.objective, tuple(o.key for o in item.options), item.correct
        )
        for item in test.items
    ]
    keys = [item.key for item in items]
    half = frozenset(keys[: len(keys) // 2])
    given = {item.key: item.correct for item in items}
    before = Sheet(100 * len(half) / len(keys), half, {key: given[key] for key in half})
    pair = Pair(before, Sheet(100, frozenset(keys), given))
    return test, results_of(items, [pair] * people, registered=60)


def surveyed(pack, people):
    survey = next(iter(pack.surveys.values()))
    results = tuple(
        result_of(question, {question.options[-1].key: people} if question.options else {})
        for question in survey.questions
    )
    return SurveyResults(survey, Response(people, 60), people, None, results)


def words(section):
    cells = [cell for table in section.tables for row in table.rows for cell in row]
    return [section.heading, *section.paragraphs, *cells, *(c.alternative for c in section.charts)]


def test_ten_are_shown_with_gain_items_and_the_spread_of_answers(pack):
    outcomes = Outcomes((sat(pack, 10),), (surveyed(pack, 10),))

    sections = list(sections_of(outcomes, language="en"))

    said = [word for section in sections for word in words(section)]
    assert "Items" in said
    assert "10 of 60 have answered, 17 %." in said
    assert len(next(s for s in sections if s.heading == "Items").tables[0].rows) == len(
        outcomes.tests[0][0].items
    )
    gains = [row for table in sections[0].tables for row in table.rows if "gain" in row[0].lower()]
    assert gains[0][1] == "1.00 (high)"


def test_of_nine_nothing_is_said(pack):
    outcomes = Outcomes((sat(pack, 9),), (surveyed(pack, 9),))

    sections = list(sections_of(outcomes, language="en"))

    told = "Shown once the results are complete, and only from 10 people on."
    assert [(s.paragraphs, s.tables, s.charts) for s in sections] == [((told,), (), ())] * 2


def test_the_workbook_has_a_sheet_of_tests_and_surveys(pack):
    edition = EditionFactory(version=sample_version())

    report = course_report(edition, at=NOW)
    book = CalamineWorkbook.from_filelike(io.BytesIO(workbook(report, language="en")))

    assert book.sheet_names[-2:] == ["Tests and surveys", "Definitions"]
    lines = [row[0] for row in book.get_sheet_by_name("Tests and surveys").to_python()]
    assert [line.split(":")[0] for line in lines if ":" in line] == [
        *["Test"] * len(pack_of(edition.version).tests),
        *["Survey"] * len(pack_of(edition.version).surveys),
    ]
