import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sabaq.courses.packs import read_pack
from sabaq.courses.packs.render import render_markdown, shown_blocks, shown_slide
from tests.courses.packs.sample import TODAY, changed, sample_files


def blocks_of(files, language, today=TODAY):
    pack = read_pack(files)
    return {b.id: b for b in shown_blocks(pack, pack.topic("talk"), language, today=today)}


def test_a_lesson_is_shown_block_by_block_with_ids():
    shown = blocks_of(sample_files(), "ru")

    assert shown["why"].html == '<h2 id="why">Зачем слушать</h2>'
    assert shown["reason"].html == '<p id="reason">Главное говорят <em>в конце</em>.</p>'
    assert shown["goals"].html == '<ul class="aims" id="goals"><li>Дослушать до конца.</li></ul>'


def test_a_block_without_translation_is_marked_with_its_language():
    files = changed("lessons/talk.ru.md", "\n\n{#reason", "\n\n{#law")
    files["lessons/talk.ru.md"] = files["lessons/talk.ru.md"].split(b"{#law")[0]

    block = blocks_of(files, "ru")["reason"]

    assert (block.is_fallback, block.language) == (True, "en")
    assert block.html == ('<p id="reason" lang="en">People say the <em>main thing</em> last.</p>')


def test_a_third_language_reads_russian():
    block = blocks_of(sample_files(), "uz")["why"]

    assert (block.html, block.language) == ('<h2 id="why" lang="ru">Зачем слушать</h2>', "ru")


def test_a_stale_translation_says_so():
    files = changed("lessons/talk.en.md", "*main thing* last", "main thing late")

    assert {b.id: b.is_stale for b in blocks_of(files, "ru").values()} == {
        "why": False,
        "reason": True,
        "goals": False,
        "law": False,
    }
    assert not blocks_of(files, "en")["reason"].is_stale


def test_a_legal_card_shows_whose_law_it_is_where_it_stands_and_when():
    card = blocks_of(sample_files(), "en")["law"]

    assert card.card.key == "rule-1"
    assert card.html == (
        '<div class="note legal" id="law" role="note"><h3>Rule &lt;1&gt;</h3><p>Listen.</p>'
        '<p class="muted">Kazakhstan · <a href="https://law.example/1" rel="noopener noreferrer">'
        "Law 1</a> · as of 1 March 2026 · confidence: found in the source</p></div>"
    )


@pytest.mark.parametrize(
    ("confidence", "today", "warning"),
    [
        ("found", date(2027, 2, 28), ""),
        ("found", date(2027, 3, 1), "Checked more than a year ago: verify before use"),
        ("high", date(2026, 3, 2), "Not yet checked in the source: verify before use"),
    ],
)
def test_a_legal_card_warns_when_old_or_unchecked(confidence, today, warning):
    files = changed("cards/law.toml", '"found"', f'"{confidence}"')

    html = blocks_of(files, "en", today=today)["law"].html

    assert ("verify before use" in html) == bool(warning)
    assert warning in html


@pytest.mark.parametrize("confidence", ["high", "medium", "low"])
def test_a_legal_card_says_how_sure_it_is(confidence):
    files = changed("cards/law.toml", '"found"', f'"{confidence}"')

    assert (
        f"as of 1 March 2026 · confidence: {confidence}</p>" in blocks_of(files, "en")["law"].html
    )


def test_an_outline_has_no_blocks():
    pack = read_pack(sample_files())

    assert shown_blocks(pack, pack.topic("later"), "en", today=TODAY) == ()


def test_a_slide_is_shown_with_notes_apart():
    slide = read_pack(sample_files()).topic("talk").deck.slide("open")

    shown = shown_slide(slide, "en")

    assert (str(shown.title), shown.body) == (
        "Who speaks first?",
        "<ul>\n<li>You</li>\n<li>She</li>\n</ul>",
    )
    assert (shown.notes, shown.interpreter) == ("<p>Wait.</p>", "<p>Both are women.</p>")


def test_links_leave_without_a_trace():
    assert render_markdown("[law](https://law.example)") == (
        '<p><a href="https://law.example" rel="noopener noreferrer">law</a></p>'
    )


def test_a_table_stacks_on_a_phone_and_its_cells_name_their_columns():
    html = render_markdown("| A | **B** |\n| :-: | --- |\n| 1 | 2 |")

    assert html.replace("\n", "") == (
        '<table class="stack"><thead><tr><th>A</th><th><strong>B</strong></th></tr></thead>'
        '<tbody><tr><td>1</td><td data-l="B">2</td></tr></tbody></table>'
    )


def test_a_list_keeps_the_number_it_starts_with():
    assert render_markdown("3. c", element_id="x", lang="ru") == (
        '<ol id="x" lang="ru" start="3">\n<li>c</li>\n</ol>'
    )


def test_headings_are_demoted_below_the_page():
    assert render_markdown("# A\n\n## B\n\n###### C", top=3) == "<h3>A</h3>\n<h3>B</h3>\n<h6>C</h6>"


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "<p onclick='x'>hello</p>",
        "[x](javascript:alert(1))",
        "![x](https://other.example/x.png)",
        "{style=color:red .x onclick=y}\nhello",
        "| a |\n| :-: |\n| b |",
    ],
)
def test_nothing_active_and_no_style_gets_through(text):
    html = render_markdown(text)

    for bad in ("<script", "onclick=", 'href="javascript', "<img", "style=", 'class="x'):
        assert bad not in html.replace("&lt;p onclick='x'&gt;", "")


@given(st.text(alphabet="<>!\"'&#{}[]()*_`:/= \nabjavscriptonlk", max_size=80))
def test_no_text_makes_an_element_outside_the_list(text):
    html = render_markdown(text)

    tags = set(re.findall(r"<\s*/?\s*([a-zA-Z0-9]+)", html))
    assert tags <= {
        *("a", "blockquote", "br", "code", "em", "h2", "h3", "h4", "h5", "h6", "hr", "li", "ol"),
        *("p", "pre", "strong", "table", "tbody", "td", "th", "thead", "tr", "ul"),
    }
