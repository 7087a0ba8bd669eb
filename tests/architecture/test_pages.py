"""No page asks another host for anything, and none carries a script or a style inline."""

import re

import pytest

from tests.architecture.tree import line_of, name, static_files, templates

ELSEWHERE = re.compile(r"""https?://[^\s"'<>)]*|(?<=["'(=])//[\w.-]+[^\s"'<>)]*""", re.IGNORECASE)
# Names of vocabularies look like addresses, and nobody fetches them.
VOCABULARY = re.compile(r"""\bxmlns(:\w+)?\s*=\s*(["'])[^"']*\2|http://www\.w3\.org/[\w/]+""")
LINK = re.compile(r"<a\s[^>]*>", re.IGNORECASE)
# template -> the addresses it may link to, for the reader to follow by choice.
LINKS_OUT: dict[str, set[str]] = {}

TEMPLATE_CODE = re.compile(r"\{%.*?%\}|\{\{.*?\}\}|\{#.*?#\}", re.DOTALL)
INLINE = {
    "a script without src": re.compile(
        r"<script(?![^>]*\ssrc\s*=)(?![^>]*type\s*=\s*[\"']application/json)", re.IGNORECASE
    ),
    "a style element": re.compile(r"<style[\s>]", re.IGNORECASE),
    "a style attribute": re.compile(r"<[a-z][^>]*\sstyle\s*=", re.IGNORECASE),
    "an event attribute": re.compile(r"<[a-z][^>]*\son[a-z]+\s*=", re.IGNORECASE),
    "a javascript: address": re.compile(r"javascript:", re.IGNORECASE),
}


def other_hosts(text: str) -> list[str]:
    """Give the addresses in `text` that a browser would fetch, or a script could."""
    return ELSEWHERE.findall(LINK.sub("", VOCABULARY.sub("", text)))


def linked_hosts(text: str) -> set[str]:
    return {url for link in LINK.findall(text) for url in ELSEWHERE.findall(link)}


def inline_code(text: str) -> list[str]:
    """Give what stands inline, and the line it stands in."""
    # Blanked out, not removed, so that the line stays right and `>` in a tag does not end an element.
    plain = TEMPLATE_CODE.sub(lambda code: re.sub(r"[^\n]", "_", code[0]), text)
    return [
        f"{what} in line {line_of(plain, found.start())}"
        for what, pattern in INLINE.items()
        for found in pattern.finditer(plain)
    ]


@pytest.mark.parametrize("path", [*templates(), *static_files()], ids=name)
def test_no_file_that_reaches_a_browser_asks_another_host(path):
    text = path.read_text("utf-8")

    assert other_hosts(text) == []
    assert linked_hosts(text) <= LINKS_OUT.get(name(path), set())


@pytest.mark.parametrize("path", templates(), ids=name)
def test_no_template_carries_a_script_or_a_style_inline(path):
    assert inline_code(path.read_text("utf-8")) == []


@pytest.mark.parametrize(
    "text",
    [
        '<img src="https://cdn.example/x.png">',
        '<link href="//fonts.example/css">',
        "@import url(//fonts.example/a.css);",
        "fetch('https://api.example/v1')",
        'import x from "https://esm.example/x.js"',
    ],
)
def test_a_request_to_another_host_is_noticed(text):
    assert len(other_hosts(text)) == 1


def test_a_vocabulary_is_no_request():
    assert other_hosts('<svg xmlns="http://www.w3.org/2000/svg"></svg> // a note') == []


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "<style>p{}</style>",
        '<p class="{% if a > 1 %}x{% endif %}" style="color:red">',
        '<body onload="x()">',
        '<a href="javascript:x()">',
    ],
)
def test_inline_code_is_noticed(text):
    assert len(inline_code(text)) == 1


def test_code_of_our_own_files_and_data_are_no_inline_code():
    assert inline_code('<script src="{% static "a.js" %}" defer></script>') == []
    assert inline_code('<script type="application/json" id="d">{}</script>') == []
