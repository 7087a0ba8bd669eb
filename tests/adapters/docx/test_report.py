import io

import pytest
from docx import Document
from docx.oxml.ns import qn

from sabaq.adapters.docx.report import render_report
from sabaq.adapters.docx.writer import WordWriter
from sabaq.kernel import ports
from sabaq.reporting.ports import Bar, Chart, ReportSheet, ReportWriter, Section, Table
from tests.factories import NOW

CHART = Chart(
    "Confirmed: by country", "Bar chart. Kazakhstan: 14.", (Bar("Kazakhstan", (14,), "14"),), 14
)
TABLE = Table(
    "Heads", ("Indicator", "Total"), (("Confirmed", "14"), ("All", "14")), frozenset({1}), totals=1
)  # fmt: skip
SHEET = ReportSheet(
    language="ru",
    title="Отчёт о курсе",
    subtitle="Учёт гендерных аспектов",
    facts=(("Даты", "4–5 февраля"),),
    sections=(
        Section("По странам", ("Слова.",), (TABLE,), (CHART,)),
        Section("Проект", level=1),
    ),
    generated_at=NOW,
    suppressed_below=5,
)


@pytest.fixture
def document():
    return Document(io.BytesIO(render_report(SHEET)))


def test_headings_are_those_of_word(document):
    headings = [(p.style.name, p.text) for p in document.paragraphs if p.style.name != "Normal"]

    assert headings == [
        ("Title", "Отчёт о курсе"),
        ("Heading 1", "По странам"),
        ("Caption", "Confirmed: by country"),
        ("Caption", "Heads"),
        ("Heading 2", "Проект"),
    ]


def test_a_table_has_a_header_row_that_repeats_and_rows_that_do_not_break(document):
    [table] = document.tables

    header, *others = [row._tr.trPr for row in table.rows]
    assert header.find(qn("w:tblHeader")) is not None
    assert [row.find(qn("w:tblHeader")) for row in others] == [None, None]
    assert all(row.find(qn("w:cantSplit")) is not None for row in (header, *others))
    assert [[cell.text for cell in row.cells] for row in table.rows] == [
        ["Indicator", "Total"],
        ["Confirmed", "14"],
        ["All", "14"],
    ]
    assert [cell.paragraphs[0].runs[0].bold for cell in table.rows[2].cells] == [True, True]


def test_a_picture_has_alternative_text(document):
    [picture] = document.inline_shapes

    assert picture._inline.docPr.get("descr") == "Bar chart. Kazakhstan: 14."


def test_the_document_names_its_title_and_language(document):
    spoken = {lang.get(qn("w:val")) for lang in document.styles.element.iter(qn("w:lang"))}

    assert document.core_properties.title == "Отчёт о курсе: Учёт гендерных аспектов"
    assert spoken == {"ru-RU"}


def test_what_is_withheld_is_said(document):
    assert "чтобы никого нельзя было узнать" in " ".join(
        paragraph.text for paragraph in document.paragraphs
    )


def test_the_house_is_wired_with_it():
    assert isinstance(ports.get(ReportWriter), WordWriter)
