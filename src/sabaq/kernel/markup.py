"""Markdown written by staff, as safe HTML."""

import nh3
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt

_parser = MarkdownIt("commonmark", {"html": False})
_TAGS = {"p", "ul", "ol", "li", "em", "strong", "a", "blockquote", "h2", "h3", "br"}


def safe_html(markdown: str) -> SafeString:
    """Render CommonMark without raw HTML; only text elements and plain links remain."""
    html = nh3.clean(
        _parser.render(markdown),
        tags=_TAGS,
        attributes={"a": {"href"}},
        url_schemes={"https", "mailto"},
    )
    return mark_safe(html)  # noqa: S308 - cleaned by nh3 in the line above
