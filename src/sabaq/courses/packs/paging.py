"""A long lesson in pages that open over a slow network, broken where its headings are.

The pages are the same in every language, so that "page 2 of 3" means one thing, and they say how far she has read.
"""

import zlib
from collections.abc import Iterable, Sequence
from datetime import date
from functools import lru_cache

from sabaq.courses.packs.parts import BlockKind, Lesson, Pack, Topic
from sabaq.courses.packs.render import ShownBlock, shown_blocks

# What the text of one page may weigh compressed; the frame around it comes to about 2.6 KB.
PAGE_HOLDS = 4600


def pages_of(pack: Pack, topic: Topic) -> tuple[tuple[str, ...], ...]:
    """Give the ids of the blocks on each page of a topic's lesson; an outline has no page."""
    return _pages_of(pack, topic.key)


@lru_cache(maxsize=64)
def _pages_of(pack: Pack, topic_key: str) -> tuple[tuple[str, ...], ...]:
    topic = pack.topic(topic_key)
    if topic is None or topic.lesson is None:
        return ()
    shown = [
        {block.id: block for block in shown_blocks(pack, topic, language, today=date.max)}
        for language in pack.languages
    ]
    pages: list[tuple[str, ...]] = []
    for section in sections_of(topic.lesson):
        longer = (*pages[-1], *section) if pages else section
        if pages and max(weight(blocks[name] for name in longer) for blocks in shown) <= PAGE_HOLDS:
            pages[-1] = longer
        else:
            pages.append(section)
    return tuple(pages)


def sections_of(lesson: Lesson) -> list[tuple[str, ...]]:
    """Give the ids of the blocks from each heading to the next."""
    sections: list[list[str]] = []
    for block in lesson.blocks:
        if block.kind is BlockKind.HEADING or not sections:
            sections.append([])
        sections[-1].append(block.id)
    return [tuple(section) for section in sections]


def weight(blocks: Iterable[ShownBlock]) -> int:
    """Give what the blocks weigh compressed, in bytes."""
    return len(zlib.compress("".join(block.html for block in blocks).encode(), 6))


def on_page(blocks: Iterable[ShownBlock], page: Sequence[str]) -> list[ShownBlock]:
    """Give those of the blocks that stand on the page."""
    return [block for block in blocks if block.id in page]
