"""The report: A4 pages, tagged, with tables whose headers repeat and bars beside their figures."""

from django.utils import translation
from django.utils.translation import gettext, ngettext

from sabaq.adapters.pdf.glyphs import replace_missing as said
from sabaq.adapters.pdf.typesetting import typeset
from sabaq.adapters.pdf.words import printed_moment, printed_share
from sabaq.reporting.charts import svg_of
from sabaq.reporting.ports import Chart, ReportSheet, Section, Table


def render_report(sheet: ReportSheet) -> bytes:
    """Give the PDF of `sheet`, equal bytes for an equal sheet."""
    with translation.override(sheet.language):
        data = {
            "language": sheet.language,
            "title": said(sheet.title),
            "subtitle": said(sheet.subtitle),
            "facts": [[said(label), said(value)] for label, value in sheet.facts],
            "sections": [_section(section) for section in sheet.sections],
            "footer": said(sheet.footer),
            "generated": gettext("Made on %(moment)s.")
            % {"moment": printed_moment(sheet.generated_at)},
            "withheld": withheld(sheet.suppressed_below),
            "page": gettext("Page %(page)s of %(pages)s"),
        }
    return typeset("report.typ", data, at=sheet.generated_at)


def withheld(below: int | None) -> str:
    if below is None:
        return ""
    return ngettext(
        "A figure that counts fewer than %(count)s person, and any figure from which it could be"
        " worked out, is withheld so that nobody can be recognised.",
        "A figure that counts fewer than %(count)s people, and any figure from which it could be"
        " worked out, is withheld so that nobody can be recognised.",
        below,
    ) % {"count": below}


def _section(section: Section) -> dict[str, object]:
    return {
        "heading": said(section.heading),
        "level": section.level + 2,
        "charts": [_chart(chart) for chart in section.charts],
        "paragraphs": [said(paragraph) for paragraph in section.paragraphs],
        "tables": [_table(table) for table in section.tables],
    }


def _chart(chart: Chart) -> dict[str, str]:
    return {
        "caption": said(chart.caption),
        "alternative": said(chart.alternative),
        "svg": said(svg_of(chart)),
    }


def _table(table: Table) -> dict[str, object]:
    bars = table.bars
    return {
        "caption": said(table.caption),
        "columns": [said(column) for column in table.columns],
        "rows": [[said(cell) for cell in row] for row in table.rows],
        "numeric": sorted(table.numeric),
        "totals": table.totals,
        "bar_column": bars.column if bars else None,
        "shares": list(bars.shares) if bars else [],
        "aim": bars.aim if bars else None,
        "aim_note": _aim_note(bars.aim if bars else None),
        "note": said(table.note),
    }


def _aim_note(aim: float | None) -> str:
    if aim is None:
        return ""
    return gettext("The ochre mark in each bar stands at the aim, %(aim)s.") % {
        "aim": printed_share(aim)
    }
