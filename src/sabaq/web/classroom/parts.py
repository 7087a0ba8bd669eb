"""The parts of the class page, each sent only to a page that does not have it yet.

A part is one element with `data-part` (its name) and `data-key` (how it looks: same key, same look). To add
one: a template `classroom/parts/<name>.html`, its name in `PARTS`, its place in `room.html`, and what it
shows in `views/room.py`. Shared parts are rendered once for all and come ready made.
"""

import html
import re
from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from sabaq.kernel.ids import new_uuid

PARTS = (
    "state",
    "stage",
    "announcements",
    "mine",
    "poll",
    "notes",
    "translate",
    "captioner",
    "help",
    "floor",
    "booth",
    "mates",
    "hands",
    "ask",
    "questions",
)
# What the page must know of itself for these to be there.
_NEEDS = {
    "notes": "is_interpreter",
    "translate": "is_interpreter",
    "captioner": "captioner",
    "floor": "has_voice",
    "booth": "booth",
    "mates": "booth",
}
_KEY = re.compile(r'data-key="([^"]*)"')
_BITS = 0xFFFFFFFF


def parts_of_page(
    request: HttpRequest, context: Mapping[str, Any], ready: Mapping[str, SafeString]
) -> dict[str, SafeString]:
    """Give every part as HTML: those in `ready` as they are, the others rendered from `context`.

    Each part has a write id of its own, for the one form it may hold.
    """
    return {
        name: ready[name]
        if name in ready
        else render_to_string(
            f"classroom/parts/{name}.html", {**context, "write_id": new_uuid()}, request
        )
        for name in PARTS
        if name not in _NEEDS or _NEEDS[name] in context
    }


def unlike(parts: Mapping[str, str], have: str) -> dict[str, str]:
    """Give the parts that look otherwise than the page says it has: `have` is "name-fingerprint.…"."""
    had = dict(one.rpartition("-")[::2] for one in have.split(".") if one)
    return {
        name: part for name, part in parts.items() if part and had.get(name) != fingerprint(part)
    }


def fingerprint(part: str) -> str:
    """Give the key of a part as eight hexadecimal digits; class-parts.js counts the same from `data-key`."""
    found = _KEY.search(part)
    number = 0
    for character in html.unescape(found[1]) if found else "":
        number = (number * 31 + ord(character)) & _BITS
    return f"{number:x}"
