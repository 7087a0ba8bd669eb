"""The Markdown of packs: CommonMark and tables, no raw HTML, an attribute line above a block, directives.

A block is one top-level element. The line above it names it: `{#first-line}`, and in a translation
`{#first-line src=1a2b3c4d}`. A directive is a fenced container: `::: notes` … `:::`.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from django.utils.translation import gettext_lazy as _
from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdit_py_plugins.attrs import attrs_block_plugin
from mdit_py_plugins.container import container_plugin

from sabaq.courses.packs.findings import Findings

_ATTRIBUTE_LINE = re.compile(r"\{[^{}]*\}\s*")
_ID = re.compile(r"[a-z][a-z0-9-]{0,59}")
# A link to the glossary: [harassment](term:harassment).
TERM = "term:"
_DIRECTIVE_OPEN = "container_directive_open"


@dataclass(frozen=True)
class Chunk:
    """One block of a file as written: its line (of the block itself, from 1), attributes and text."""

    line: int
    id: str
    attributes: dict[str, str]
    text: str
    level: int = 0  # of a heading
    directive: str = ""
    argument: str = ""


@cache
def parser() -> MarkdownIt:
    md = MarkdownIt("commonmark", {"html": False}).enable("table").disable("lheading")
    md.use(attrs_block_plugin)
    md.use(container_plugin, "directive", validate=lambda *_: True)
    return md


# What is asked of a piece (blocks, pictures, links, length) is asked of it at different times of one reading.
@lru_cache(maxsize=256)
def _tokens_of(text: str) -> tuple[Token, ...]:
    """Parse a piece of Markdown; nobody changes the tokens."""
    return tuple(parser().parse(text))


def chunks_of(text: str, path: str, findings: Findings, *, allowed: set[str]) -> list[Chunk]:
    """Give the blocks of a file in order; note what is misspelt (`allowed`: attributes besides the id)."""
    lines = text.split("\n")
    found = []
    attribute_lines = {number for number, line in enumerate(lines) if _is_attribute_line(line)}
    for token in _top_level(_tokens_of(text)):
        first, end = token.map or [0, 0]
        above = first - 1
        while above in attribute_lines:
            attribute_lines.discard(above)
            above -= 1
        attribute_lines -= set(range(first, end))
        chunk = _chunk(token, lines)
        _check_chunk(chunk, token, lines, path, findings, allowed)
        found.append(chunk)
    for number in sorted(attribute_lines):
        findings.error(path, number + 1, _("This line names a block, but no block follows it."))
    return found


def _top_level(tokens: Iterable[Token]) -> Iterator[Token]:
    return (token for token in tokens if token.level == 0 and token.nesting >= 0 and token.map)


def _chunk(token: Token, lines: list[str]) -> Chunk:
    first, end = token.map or [0, 0]
    attributes = {name: str(value) for name, value in token.attrs.items()}
    block_id = attributes.pop("id", "")
    if token.type == _DIRECTIVE_OPEN:
        name, argument = [*token.info.split(None, 1), "", ""][:2]
        text = "\n".join(lines[first + 1 : end]).strip()
        return Chunk(first + 1, block_id, attributes, text, 0, name, argument.strip())
    level = int(token.tag[1]) if token.type == "heading_open" else 0
    text = "\n".join(lines[first:end]).strip("\n").rstrip()
    return Chunk(first + 1, block_id, attributes, text, level)


def _check_chunk(
    chunk: Chunk,
    token: Token,
    lines: list[str],
    path: str,
    findings: Findings,
    allowed: set[str],
) -> None:
    if chunk.id and not _ID.fullmatch(chunk.id):
        findings.error(
            path,
            chunk.line,
            _(
                "“%(id)s” cannot be an id: use a-z, 0-9 and “-”, a letter first, at most 60 of them."
            ),
            id=chunk.id,
        )
    for name in chunk.attributes.keys() - allowed:
        findings.error(path, chunk.line, _("The attribute “%(name)s” is not known."), name=name)
    end = (token.map or [0, 0])[1]
    closing = lines[end].strip() if end < len(lines) else ""
    is_closed = len(closing) >= 3 and set(closing) == {":"}
    # Left open, a directive swallows the next one.
    if chunk.directive and (not is_closed or "\n:::" in f"\n{chunk.text}"):
        findings.error(
            path,
            chunk.line,
            _("“::: %(name)s” is not closed by a line “:::”."),
            name=chunk.directive,
        )


def _is_attribute_line(line: str) -> bool:
    return bool(_ATTRIBUTE_LINE.fullmatch(line)) and "#" in line


def pictures_of(text: str) -> Iterator[tuple[int, str, str]]:
    """Give line (from 0), target and the words in its place, of every picture in a piece of Markdown."""
    for token in _tokens_of(text):
        for child in token.children or ():
            if child.type == "image":
                yield token.map[0] if token.map else 0, str(child.attrs["src"]), child.content


def links_of(text: str) -> Iterator[tuple[int, str]]:
    """Give line (from 0) and target of every link in a piece of Markdown."""
    for token in _tokens_of(text):
        line = token.map[0] if token.map else 0
        for child in token.children or ():
            if child.type == "link_open":
                yield line, str(child.attrs["href"])


def plain_length(text: str) -> tuple[int, int]:
    """Give how many letters and how many lines (paragraphs, list entries) a reader sees."""
    inlines = [token.content for token in _tokens_of(text) if token.type == "inline"]
    return sum(len(content) for content in inlines), len(inlines)
