"""Charts of reports, drawn on the page."""

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from sabaq.reporting.charts import svg_of
from sabaq.reporting.indicators import CONFIRMED
from sabaq.reporting.pictures import chart_by_sex, chart_of, shown
from sabaq.reporting.ports import Chart
from sabaq.reporting.reports import Breakdown, Figures
from sabaq.reporting.tables import Row

register = template.Library()


@register.filter
def heads(row: Row) -> str:
    """Say how many heads a row counts, or that it is not shown."""
    return shown(row)


@register.simple_tag
def chart(drawn: Chart | None) -> SafeString:
    """Draw a chart under its caption; its figures stand in the table after it."""
    if drawn is None or not drawn.bars:
        return SafeString("")
    return format_html(
        '<figure class="drawn"><figcaption>{}</figcaption>{}</figure>',
        drawn.caption,
        SafeString(svg_of(drawn)),
    )


@register.simple_tag
def drawn_by_sex(figures: Figures) -> SafeString:
    """Draw all indicators of `figures` by sex."""
    return chart(chart_by_sex(figures))


@register.simple_tag
def drawn_by(breakdown: Breakdown) -> SafeString:
    """Draw who holds a seat along one dimension."""
    return chart(chart_of(breakdown, CONFIRMED))
