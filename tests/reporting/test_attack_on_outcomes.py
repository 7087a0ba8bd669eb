"""The same attacker reads what the files say of tests and surveys: "34 of 41" would be a total that is hidden.

First figures are published while the test is open and the survey not closed; then one officer joins, and the
figures are published again, with test and survey in them.
"""

import io
import re
from datetime import timedelta

import pytest
from django.urls import reverse
from docx import Document
from python_calamine import CalamineWorkbook

from sabaq.assessment.enums import Phase
from sabaq.enrolment.models import Enrolment
from sabaq.feedback.services import answer_survey, close_survey
from sabaq.ops.rehearsal.pages import read_page
from sabaq.people.enums import Country, Role
from sabaq.reporting.models import Release
from sabaq.reporting.services import publish_figures
from tests.assessment.sittings import CLOSED, edition_with_a_test, sit
from tests.factories import NOW, SessionFactory
from tests.reporting.suppression.reader import Reader
from tests.reporting.test_annexes import of
from tests.reporting.test_attack import DIMENSIONS, attend, exports, labels, named, printed, truths
from tests.web.office.staff import page, signed_in

pytestmark = pytest.mark.django_db

OF_ALL = {
    # On paper the label breaks about its figure.
    "registered": r"Participants with both\s*(?:tests)?\s*(?:\d+ )?(\d+) of (\d+)",
    "confirmed": r"(\d+) of (\d+) have answered",
}


@pytest.fixture
def edition():
    edition = edition_with_a_test(attendance_minutes=30)
    SessionFactory(edition=edition)
    for number in range(40):
        attend(edition, Country.values[(number % 9) % 4], number)
    return edition


def words_of(client, edition):
    """Give all words of each file and of the page, as one line each."""
    got = {
        name: client.get(reverse(f"office:report_{name}", args=[edition.slug])).content
        for name in ("xlsx", "docx", "pdf")
    }
    book = CalamineWorkbook.from_filelike(io.BytesIO(got["xlsx"]))
    sheets = [book.get_sheet_by_name(name).to_python() for name in book.sheet_names]
    numbers = [
        str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell)
        for rows in sheets
        for row in rows
        for cell in row
    ]
    document = Document(io.BytesIO(got["docx"]))
    paragraphs = [one.text for one in document.paragraphs]
    cells = [cell.text for t in document.tables for row in t.rows for cell in row.cells]
    words = {
        "xlsx": " ".join(numbers),
        "docx": " ".join([*cells, *paragraphs]),
        "pdf": printed(got["pdf"]),
        "page": read_page(page(client, "report", edition)).text,
    }
    return {name: re.sub(r"\s+", " ", said) for name, said in words.items()}


def totals_told(words):
    """Give the totals that tests and surveys tell by the way."""
    return {
        indicator: int(told[2])
        for indicator, pattern in OF_ALL.items()
        for said in words.values()
        for told in re.finditer(pattern, said)
    }


def two_releases(edition):
    """Publish twice, an officer and the results between; give what an observer has of both, and the words."""
    evaluator, observer = of(edition, Role.EVALUATOR), signed_in(edition, Role.OBSERVER)
    publish_figures(edition, 1, by=evaluator, at=NOW)
    first = exports(observer, edition)
    attend(edition, Country.values[0], 101)
    for number, enrolment in enumerate(Enrolment.objects.filter(edition=edition)[:34]):
        sit(enrolment, Phase.BEFORE, "bab" if number % 3 else "aab")
        sit(enrolment, Phase.AFTER, "bbb" if number % 4 else "bba")
        answer_survey(enrolment, "closing", {"relevant": str(number % 3 + 3)}, by=None)
    close_survey(edition, "closing", by=None, at=CLOSED - timedelta(hours=1))
    publish_figures(edition, 2, by=evaluator, at=CLOSED)
    return (first, exports(observer, edition)), words_of(observer, edition)


def found_out(versions, told):
    """Give the hidden counts of registered and confirmed that she knows: exactly, or a small one narrowed down."""
    reader = Reader(
        {
            (version, indicator, by): cells
            for version, (tables, _) in enumerate(versions)
            for (indicator, by), cells in tables.items()
        },
        {
            (version, indicator): total
            for version, (_, totals) in enumerate(versions)
            for indicator, total in totals.items()
        },
    )
    for indicator, total in told.items():
        reader.know({(1, indicator): 1}, total, total)
    found = []
    for version, release in enumerate(Release.objects.order_by("number")):
        for indicator, by, key, truth in truths(release):
            if indicator not in OF_ALL:
                continue
            name = (version, named(indicator), DIMENSIONS[by], labels(by, key))
            least, most = reader.bounds(name)
            if least == most or (truth < 5 and most < 5):
                found.append(name)
    return found


def test_what_tests_and_surveys_say_tells_no_total_that_is_hidden(edition):
    versions, words = two_releases(edition)

    hidden = [name for name, total in versions[1][1].items() if total is None]
    assert {"registered", "confirmed"} <= set(hidden)
    for said in words.values():
        assert "34 people have answered." in said
        assert re.search(r"Participants with both\s*(tests)?\s*34(?! of)", said)
    assert totals_told(words) == {}
    assert found_out(versions, {}) == []


def test_the_attack_succeeds_where_test_and_survey_say_of_how_many(edition, monkeypatch):
    monkeypatch.setattr("sabaq.reporting.releases.as_told", lambda outcomes, _: outcomes)

    versions, words = two_releases(edition)

    for said in words.values():
        assert totals_told({"": said}) == {"registered": 41, "confirmed": 41}
    assert found_out(versions, totals_told(words))


def test_of_how_many_is_said_where_the_release_shows_it(edition):
    for enrolment in Enrolment.objects.filter(edition=edition)[:20]:
        answer_survey(enrolment, "closing", {"relevant": "4"}, by=None)
    close_survey(edition, "closing", by=None, at=NOW)
    publish_figures(edition, 1, by=of(edition, Role.EVALUATOR), at=NOW)

    words = words_of(signed_in(edition, Role.OBSERVER), edition)

    assert all("20 of 40 have answered, 50 %" in said for said in words.values())
