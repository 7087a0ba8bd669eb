"""Fragments of pages that are the same for everybody whose values are the same: shown once, for all of them.

The timetable of a day, or the parts of a course, cost more to show than all the rest of *today*, and a class of
sixty sees few versions of them. A fragment is made of its values and the language alone: it has no request, so
nothing can stand in it that the values do not name.
"""

from collections.abc import Hashable
from functools import lru_cache

from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import get_language


def shared_fragment(template: str, **values: Hashable) -> SafeString:
    """Show `template` made of `values`; equal values must show alike, so a moment is given as words, or in UTC."""
    return _shown(template, get_language() or "en", tuple(values.items()))


@lru_cache(maxsize=512)
def _shown(template: str, _language: str, values: tuple[tuple[str, Hashable], ...]) -> SafeString:
    return render_to_string(template, dict(values))
