"""The report for the office's own editing."""

from typing import Any

from django.utils import translation
from django.utils.translation import gettext

from sabaq.adapters.docx.house import (
    add_facts,
    add_heading,
    add_picture,
    add_table,
    bytes_of,
    new_document,
)
from sabaq.adapters.pdf.report import withheld
from sabaq.adapters.pdf.typesetting import picture_of
from sabaq.adapters.pdf.words import printed_moment
from sabaq.reporting.charts import svg_of
from sabaq.reporting.ports import ReportSheet, Section

PICTURE_MM, PICTURE_PIXELS = 95, 900


def render_report(sheet: ReportSheet) -> bytes:
    """Give the DOCX of `sheet`."""
    document = new_document(
        f"{sheet.title}: {sheet.subtitle}", language=sheet.language, at=sheet.generated_at
    )
    with translation.override(sheet.language):
        add_heading(document, sheet.title, 0)
        document.add_paragraph(sheet.subtitle)
        add_facts(document, sheet.facts)
        for section in sheet.sections:
            _add_section(document, section)
        if sheet.suppressed_below is not None:
            document.add_paragraph(withheld(sheet.suppressed_below))
        made = gettext("Made on %(moment)s.") % {"moment": printed_moment(sheet.generated_at)}
        document.add_paragraph(" ".join(filter(None, (made, sheet.footer))))
    return bytes_of(document)


def _add_section(document: Any, section: Section) -> None:
    add_heading(document, section.heading, section.level + 1)
    for words in section.paragraphs:
        document.add_paragraph(words)
    for chart in section.charts:
        png = picture_of(svg_of(chart), pixels=PICTURE_PIXELS)
        add_picture(document, png, chart.caption, chart.alternative, width_mm=PICTURE_MM)
    for table in section.tables:
        add_table(
            document,
            table.caption,
            table.columns,
            table.rows,
            numeric=table.numeric,
            totals=table.totals,
        )
        if table.note:
            document.add_paragraph(table.note)
