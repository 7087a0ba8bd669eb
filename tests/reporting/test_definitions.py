"""Who reads a report reads beside it what each of its numbers counts: on the page, and in the workbook."""

import io
from itertools import pairwise

import pytest
from django.urls import reverse
from django.utils import translation
from python_calamine import CalamineWorkbook

from sabaq.ops.rehearsal.pages import read_page
from sabaq.people.enums import Country, Role, Sex
from sabaq.reporting.reports import Report, edition_report, report_over
from tests.factories import NOW, EditionFactory, ProjectFactory
from tests.reporting.test_reports import officer
from tests.sample_pack import sample_version
from tests.web.office.staff import signed_in

pytestmark = pytest.mark.django_db
LANGUAGES = ("en", "ru")


@pytest.fixture
def edition():
    edition = EditionFactory(version=sample_version())
    ProjectFactory().editions.add(edition)
    officer(edition, Country.KAZAKHSTAN, Sex.FEMALE)
    return edition


def defined(report: Report, language: str) -> dict[str, str]:
    """Give the definition of each indicator of a report by its label, in this language."""
    with translation.override(language):
        return {indicator.label: str(indicator.definition) for indicator in report.indicators}


def on_the_page(html: str) -> dict[str, str]:
    """Give each term of the page's lists of terms with the words beside it."""
    told = [node for node in read_page(html) if node.tag in {"dt", "dd"}]
    return {
        term.text: words.text
        for term, words in pairwise(told)
        if (term.tag, words.tag) == ("dt", "dd")
    }


def in_the_book(content: bytes) -> dict[str, str]:
    """Give the rows of the last sheet of a workbook: what is defined, and how."""
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    rows = book.get_sheet_by_name(book.sheet_names[-1]).to_python()
    return {str(row[0]): str(row[1]) for row in rows if row[0]}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_report_of_an_edition_says_what_each_of_its_indicators_counts(edition, language):
    organiser = signed_in(edition, Role.ORGANISER)
    organiser.cookies["lang"] = language

    page = organiser.get(reverse("office:report", args=[edition.slug])).content.decode()
    book = organiser.get(reverse("office:report_xlsx", args=[edition.slug])).content

    definitions = defined(edition_report(edition, at=NOW), language)
    assert len(definitions) >= 6
    assert definitions.items() <= on_the_page(page).items()
    assert definitions.items() <= in_the_book(book).items()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_report_over_editions_says_what_each_of_its_indicators_counts(edition, language):
    organiser = signed_in(edition, Role.ORGANISER)
    organiser.cookies["lang"] = language

    page = organiser.get(reverse("office:reports")).content.decode()
    book = organiser.get(reverse("office:reports_xlsx")).content

    definitions = defined(report_over([edition], at=NOW), language)
    assert len(definitions) >= 6
    assert definitions.items() <= on_the_page(page).items()
    assert definitions.items() <= in_the_book(book).items()
