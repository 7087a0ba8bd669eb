import io

import pytest
from docx import Document
from python_calamine import CalamineWorkbook

from sabaq.adapters.docx.report import render_report as render_docx
from sabaq.adapters.pdf.report import render_report as render_pdf
from sabaq.ops.rehearsal.pages import read_page
from sabaq.people.enums import Country, Role, Sex
from sabaq.reporting.reports import edition_report, report_over
from sabaq.reporting.sheets import report_sheet
from sabaq.reporting.workbook import workbook
from tests.factories import NOW, EditionFactory, ProjectFactory
from tests.reporting.test_attack import printed
from tests.reporting.test_reports import officer
from tests.sample_pack import sample_version
from tests.web.office.staff import page, signed_in

pytestmark = pytest.mark.django_db


def test_a_project_has_a_section_of_its_own_and_the_total_counts_each_edition_once():
    editions = EditionFactory.create_batch(2)
    both = ProjectFactory(code="both", name={"en": "Both"})
    one = ProjectFactory(code="one", name={"en": "One"})
    both.editions.set(editions)
    one.editions.set(editions[:1])
    for edition in editions:
        officer(edition, Country.KAZAKHSTAN, Sex.FEMALE)

    sheet = report_sheet(report_over(editions, at=NOW), language="en")

    sections = {section.heading: section for section in sheet.sections if not section.level}
    rows = {row[0]: row[1:4] for row in sections["By project"].tables[0].rows}
    assert rows == {
        "Both": ("2", "2 (2)", "2 (2)"),
        "One": ("1", "1 (1)", "1 (1)"),
        "Total, each edition once": ("2", "2 (2)", "2 (2)"),
    }
    assert sections["One"].tables[0].rows[1][:2] == ("Confirmed", "1")
    assert sections["Both"].tables == ()
    assert sections["Both"].paragraphs[-1].startswith("All editions of this report")


def test_an_edition_of_two_projects_has_a_section_for_each_in_every_format():
    edition = EditionFactory(version=sample_version())
    for code in ("one", "two"):
        ProjectFactory(code=code, name={"en": f"Project {code}"}).editions.add(edition)
    officer(edition, Country.KAZAKHSTAN, Sex.FEMALE)
    report = edition_report(edition, at=NOW)
    same = "This edition counts for the project: the project's figures are those in total."

    sheet = report_sheet(report, language="en")

    sections = {section.heading: section for section in sheet.sections}
    assert [sections[f"Project {code}"].paragraphs[-1] for code in ("one", "two")] == [same] * 2
    book = CalamineWorkbook.from_filelike(io.BytesIO(workbook(report, language="en")))
    rows = book.get_sheet_by_name("confirmed").to_python()
    assert [(row[0], row[5]) for row in rows if row[0] == same] == [
        (same, "Project one"),
        (same, "Project two"),
    ]
    html = read_page(page(signed_in(edition, Role.ORGANISER), "report", edition))
    said = [section.text for section in html.having("data-section")]
    assert [same in words for words in said] == [True, True]
    assert printed(render_pdf(sheet)).count(same) == 2
    paragraphs = [one.text for one in Document(io.BytesIO(render_docx(sheet))).paragraphs]
    assert paragraphs.count(same) == 2


def test_every_chart_says_in_words_what_the_table_beside_it_says():
    edition = EditionFactory()
    for country in (Country.KAZAKHSTAN, Country.UZBEKISTAN):
        officer(edition, country, Sex.FEMALE)

    sheet = report_sheet(edition_report(edition, at=NOW), language="en")

    by_country = next(section for section in sheet.sections if section.heading == "By country")
    assert [chart.alternative for chart in by_country.charts] == [
        "Bar chart. Confirmed: by country. Kazakhstan: 1 (1); Uzbekistan: 1 (1)."
    ]
    assert by_country.tables[0].rows[1] == ("Confirmed", "1 (1)", "1 (1)", "2 (2)")
    assert all(section.tables for section in sheet.sections if section.charts)
