"""`{% translate %}` and `{% url %}` that keep what they showed, where nothing but the language can change it.

Every page shows dozens of fixed texts and addresses; to find each anew took a third of a page's template.
The settings put these in the place of Django's own, so that templates are written as everywhere.
"""

from collections.abc import Callable, Hashable

from django.template import Context, Library, Node
from django.template.base import FilterExpression, Parser, Token
from django.template.defaulttags import URLNode
from django.template.defaulttags import url as url_of_django
from django.templatetags import i18n
from django.urls import get_script_prefix, get_urlconf
from django.utils.translation import get_language

register = Library()
# Loaded as "i18n" (settings): what is not kept here is Django's.
register.tags |= i18n.register.tags
register.filters |= i18n.register.filters


class Kept(Node):
    """Lets `node` show itself once for each of `state()`; its `as` variable is kept with it."""

    child_nodelists = ()

    def __init__(self, node: Node, asvar: str | None, state: Callable[[], Hashable]) -> None:
        self.node, self.asvar, self.state = node, asvar, state
        self.shown: dict[Hashable, tuple[str, object]] = {}

    def render(self, context: Context) -> str:
        state = self.state()
        if state not in self.shown:
            text = self.node.render(context)
            self.shown[state] = text, context[self.asvar] if self.asvar else None
        text, value = self.shown[state]
        if self.asvar:
            context[self.asvar] = value
        return text


@register.tag
def translate(parser: Parser, token: Token) -> Node:
    """Translate as Django does; a fixed text is looked up once for each language."""
    node = i18n.do_translate(parser, token)
    about = node.message_context
    if not _is_fixed(node.filter_expression) or not (about is None or _is_fixed(about)):
        return node
    return Kept(node, node.asvar, get_language)


@register.tag
def url(parser: Parser, token: Token) -> Node:
    """Give an address as Django does; one that takes no argument is looked up once."""
    node: URLNode = url_of_django(parser, token)
    if node.args or node.kwargs or not _is_fixed(node.view_name):
        return node
    return Kept(node, node.asvar, lambda: (get_script_prefix(), get_urlconf()))


def _is_fixed(expression: FilterExpression) -> bool:
    """Tell whether this is a quoted text, through no filter."""
    value = expression.var
    is_quoted = isinstance(value, str) or getattr(value, "literal", None) is not None
    return is_quoted and not expression.filters
