from dataclasses import replace

import pytest

from sabaq.adapters.pdf.report import render_report
from sabaq.reporting.ports import Section, Table
from tests.adapters.pdf.sheets import COUNTRIES, REPORT, pages_of, roles_of, root_of, tags_of


def test_the_report_prints_facts_tables_notes_and_when_it_was_made():
    (text,) = pages_of(render_report(REPORT))

    for part in (
        "Report on participation Gender mainstreaming and human rights",
        "Dates 4–5 February 2027 Form online",
        "Who took part Two countries took part. Participants by country",
        "Country Confirmed Share of women Kazakhstan 14 43 % Tajikistan 13 withheld",
        "All countries 27 41 %",
        "stands at the aim, 50 %. Countries stand in alphabetical order.",
        "counts fewer than 5 people",
        "Made on 8 February 2027, 09:05 (UTC).",
        "Regional Office for Central Asia Page 1 of 1",
    ):
        assert part in text


def test_a_report_of_exact_figures_has_no_note_on_withheld_ones():
    (text,) = pages_of(render_report(replace(REPORT, suppressed_below=None)))

    assert "fewer than" not in text


def test_a_table_is_tagged_with_caption_and_column_headers():
    pdf = render_report(REPORT)
    roles = roles_of(pdf)

    assert roles.count("/H1") == 1
    assert roles.count("/H2") == 1
    assert [roles.count(role) for role in ("/Table", "/Caption", "/TH", "/TR", "/TD")] == [
        1,
        1,
        3,
        4,
        9,
    ]
    assert roles.count("/LI") == len(REPORT.facts)
    assert "/Figure" not in roles
    scopes = [tag["/A"][0]["/Scope"] for tag in tags_of(pdf) if tag["/S"] == "/TH"]
    assert scopes == ["/Column", "/Column", "/Column"]


@pytest.mark.parametrize("language", ["en", "ru"])
def test_the_report_says_that_it_is_pdf_a_3a_and_pdf_ua_1(language):
    root = root_of(render_report(replace(REPORT, language=language)))
    metadata = root["/Metadata"].get_data().decode()

    assert root["/MarkInfo"]["/Marked"] is not False
    assert root["/Lang"] == language
    assert root["/ViewerPreferences"]["/DisplayDocTitle"] is not False
    assert "<pdfaid:part>3</pdfaid:part><pdfaid:conformance>A</pdfaid:conformance>" in metadata
    assert "<pdfuaid:part>1</pdfuaid:part>" in metadata
    assert REPORT.title in metadata
    assert "/OutputIntents" in root


def test_a_long_table_breaks_between_rows_and_repeats_its_header():
    rows = tuple((f"Agency {n:03}", str(n)) for n in range(120))
    table = Table("Attendance", ("Agency of the officers", "Attended"), rows, frozenset({1}))

    pages = pages_of(render_report(replace(REPORT, sections=(Section("Agencies", (), (table,)),))))

    assert len(pages) > 2
    assert all("Agency of the officers Attended" in page for page in pages)
    assert [f"Page {n} of {len(pages)}" in page for n, page in enumerate(pages, 1)] == [True] * len(
        pages
    )
    assert " ".join(pages).count("Agency 0") + " ".join(pages).count("Agency 1") == 120


def test_a_russian_report_says_so_and_keeps_its_words():
    sheet = replace(REPORT, language="ru", title="Отчёт об участии")
    pdf = render_report(sheet)

    assert root_of(pdf)["/Lang"] == "ru"
    assert "8 февраля 2027 г." in pages_of(pdf)[0]
    assert pages_of(pdf)[0].startswith("Отчёт об участии")


def test_marks_of_the_typesetting_language_stay_text():
    odd = '#panic() $x$ *b* @ref "\\'
    table = replace(COUNTRIES, caption=odd, note=odd, rows=((odd, "1", "2"),), bars=None, totals=0)
    sheet = replace(
        REPORT, title=odd, facts=((odd, odd),), sections=(Section(odd, (odd,), (table,)),)
    )

    (text,) = pages_of(render_report(sheet))

    assert text.count(odd) == 8


def test_a_sign_that_cannot_be_printed_does_not_lose_the_report():
    (text,) = pages_of(render_report(replace(REPORT, title="Нур 李")))

    assert "Нур \ufffd" in text


def test_the_same_sheet_gives_the_same_bytes():
    assert render_report(REPORT) == render_report(REPORT)


def test_an_empty_report_is_still_a_document():
    (text,) = pages_of(render_report(replace(REPORT, facts=(), sections=(), subtitle="")))

    assert text.startswith("Report on participation")


def test_a_long_table_with_a_note_begins_under_its_heading():
    row = ("A question of several lines, as they are asked in the test on knowledge", "80", "98")
    before = Section("Before", ("One line of words. " * 60,) * 4)
    table = Table(
        "Items", ("Item", "Before", "After"), (row,) * 45, frozenset({1, 2}), note="A note."
    )

    pages = pages_of(
        render_report(replace(REPORT, sections=(before, Section("The test", tables=(table,)))))
    )

    [begun] = [page for page in pages if "The test" in page]
    assert "A question of several lines" in begun
    assert len(pages) == 3
