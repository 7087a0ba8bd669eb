"""A long lesson is read in pages that are the same in every language."""

from sabaq.courses.packs import read_pack
from sabaq.courses.packs.paging import PAGE_HOLDS, on_page, pages_of, sections_of, weight
from sabaq.courses.packs.render import shown_blocks
from tests.courses.packs.sample import TODAY, sample_files


def long_pack(sections: int, letters: int):
    """Give a pack whose lesson has sections that compress badly."""
    words = (format(number * 2654435761 % 2**32, "08x") for number in range(10**6))
    text = "".join(
        f"{{#h{number}}}\n## Section {number}\n\n{{#t{number}}}\n"
        + " ".join(next(words) for _ in range(letters // 9))
        + "\n\n"
        for number in range(sections)
    )
    files = sample_files() | {"lessons/talk.en.md": text.encode()}
    del files["lessons/talk.ru.md"]
    return read_pack(files)


def test_a_short_lesson_is_one_page():
    pack = read_pack(sample_files())

    assert pages_of(pack, pack.topic("talk")) == (("why", "reason", "goals", "law"),)


def test_a_long_lesson_breaks_at_headings_and_loses_nothing():
    pack = long_pack(sections=6, letters=3000)
    topic = pack.topic("talk")

    pages = pages_of(pack, topic)

    assert len(pages) > 1
    assert all(page[0].startswith("h") for page in pages)
    assert [name for page in pages for name in page] == [b.id for b in topic.lesson.blocks]
    blocks = shown_blocks(pack, topic, "ru", today=TODAY)
    assert all(weight(on_page(blocks, page)) <= PAGE_HOLDS for page in pages)


def test_a_section_too_long_for_a_page_is_a_page_of_its_own():
    pack = long_pack(sections=2, letters=20000)

    assert pages_of(pack, pack.topic("talk")) == (("h0", "t0"), ("h1", "t1"))


def test_what_stands_before_the_first_heading_is_a_section():
    files = sample_files()
    files["lessons/talk.en.md"] = b"{#first}\nBefore.\n\n" + files["lessons/talk.en.md"]

    assert sections_of(read_pack(files).topic("talk").lesson)[0] == ("first",)


def test_an_outline_has_no_page():
    pack = read_pack(sample_files())

    assert pages_of(pack, pack.topic("later")) == ()
