"""An article as pages show it: prose as safe HTML, a quote with its speaker beneath."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sabaq.kernel.markup import safe_html
from sabaq.newsroom.ports import Block, ProseBlock, QuoteBlock

# Each in its own language, as the names of languages are.
READ_IN = {"en": "Read this article in English", "ru": "Читать эту статью на русском языке"}


@dataclass(frozen=True)
class ShownBlock:
    """One block: `html` of prose, or a `quote`."""

    html: str = ""
    quote: QuoteBlock | None = None


def shown_blocks(blocks: Iterable[Block]) -> list[ShownBlock]:
    return [
        ShownBlock(html=safe_html(block.markdown))
        if isinstance(block, ProseBlock)
        else ShownBlock(quote=block)
        for block in blocks
    ]


def published_blocks(blocks: Iterable[Mapping[str, Any]]) -> list[ShownBlock]:
    """Give the blocks of a published text; every quote in it was approved when it was published."""
    return shown_blocks(
        ProseBlock(block["markdown"])
        if block["kind"] == "prose"
        else QuoteBlock(block["name"], block["function"], block["text"], is_approved=True)
        for block in blocks
    )


def markdown_of(title: str, blocks: Iterable[Block], unapproved: str) -> str:
    """Give an article as Markdown; `unapproved` is said under a quote that nobody has approved."""
    said = [
        block.markdown if isinstance(block, ProseBlock) else _quoted(block, unapproved)
        for block in blocks
    ]
    return "\n\n".join([f"# {title}", *said]) + "\n"


def _quoted(block: QuoteBlock, unapproved: str) -> str:
    lines = [f"> {block.text}", ">", f"> — {block.name}, {block.function}"]
    if not block.is_approved:
        lines += [">", f"> ({unapproved})"]
    return "\n".join(lines)
