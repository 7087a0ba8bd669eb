"""Tests and surveys in the report: of the whole group, and nothing of fewer than ten."""

import io
from dataclasses import replace
from functools import partial

import pytest
from django.template.loader import render_to_string
from python_calamine import CalamineWorkbook

from sabaq.assessment.statistics.results import AskedItem, Pair, Sheet, results_of
from sabaq.courses.queries import pack_of
from sabaq.feedback.queries import Response, SurveyResults
from sabaq.feedback.rules import result_of
from sabaq.reporting.indicators import OUTCOMES
from sabaq.reporting.outcomes import Outcomes, sections_of
from sabaq.reporting.reports import edition_report
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


def test_the_workbook_has_a_sheet_for_gain_items_and_survey_with_numbers_and_definitions(pack):
    outcomes = Outcomes((sat(pack, 10),), (surveyed(pack, 10),))
    report = edition_report(EditionFactory(version=sample_version()), at=NOW)
    report = replace(report, sections=partial(sections_of, outcomes))

    book = CalamineWorkbook.from_filelike(io.BytesIO(workbook(report, language="en")))

    assert book.sheet_names[-4:] == ["gain", "items", "survey", "Definitions"]
    rows = {
        name: {row[0]: row[1:] for row in book.get_sheet_by_name(name).to_python()}
        for name in book.sheet_names[-4:]
    }
    assert rows["gain"]["Class gain <g>"][:2] == [1.0, "1.00 (high)"]
    stems = [item.stem["en"] for item in next(iter(pack.tests.values())).items]
    assert rows["items"][stems[0]][:2] == [100.0, 100.0]
    assert rows["items"][stems[-1]][:2] == [0.0, 100.0]
    [asked] = [q for q in next(iter(pack.surveys.values())).questions if q.key == "relevant"]
    assert rows["survey"][asked.text["en"]][-8:][:8] == [0.0, 0.0, 0.0, 0.0, 10.0, 10.0, 5.0, 100.0]
    for outcome in OUTCOMES:
        assert rows["Definitions"][outcome.label][0] == str(outcome.definition)


def test_every_table_of_a_test_or_survey_says_what_it_means(pack):
    outcomes = Outcomes((sat(pack, 10),), (surveyed(pack, 10),))

    sections = list(sections_of(outcomes, language="en"))

    tables = [table for section in sections for table in section.tables]
    # The figures of the test say it in each row.
    assert [bool(t.note) or t.columns[-1].startswith("What it means") for t in tables] == [
        True
    ] * len(tables)
    said = render_to_string("office/report_section.html", {"section": sections[1]})
    assert "Corrected point-biserial correlation" in said
