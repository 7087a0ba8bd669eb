"""Markdown of a pack as safe HTML, in a reader's language, with fallbacks marked.

A page loops over `shown_blocks(...)` and prints each `html`; nothing in it loads anything, and the only
classes are the house's (`note`, `tag`, `muted`, `aims`).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import pairwise

import nh3
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, gettext, pgettext
from markdown_it.token import Token

from sabaq.courses.packs.markdown import TERM, links_of, parser
from sabaq.courses.packs.parts import (
    Block,
    BlockKind,
    Confidence,
    LegalCard,
    Lesson,
    Objective,
    Pack,
    Picture,
    Slide,
    Topic,
)
from sabaq.kernel.i18n import Text, text_in
from sabaq.people.enums import Country

_TAGS = {
    *(
        "a",
        "blockquote",
        "br",
        "code",
        "em",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "hr",
        "img",
        "li",
        "ol",
        "p",
    ),
    *("pre", "strong", "table", "tbody", "td", "th", "thead", "tr", "ul"),
}
_ATTRIBUTES = {
    "*": {"id", "lang"},
    "a": {"href"},
    "img": {"src", "alt", "width", "height", "loading"},
    "ol": {"start"},
    "td": {"data-l"},
}
# The house's way of tables: on a phone each row is a stack, each cell says its column.
_CLASSES = {"table": {"stack"}}
_LOWEST_HEADING = 6
TERM_ID = "term-"


@dataclass(frozen=True)
class ShownBlock:
    """One block as a reader sees it. `card` is there for a page that lays legal cards out by itself.

    Where `wants_contacts`, the page says whom to turn to: only the edition knows, so `html` is empty.
    """

    id: str
    html: SafeString
    language: str
    is_fallback: bool
    is_stale: bool
    card: LegalCard | None = None
    wants_contacts: bool = False


@dataclass(frozen=True)
class ShownSlide:
    """One slide as its audience sees it; notes and the interpreter's are for staff."""

    id: str
    title: Text
    body: SafeString
    notes: SafeString
    interpreter: SafeString
    is_stale: bool


def shown_blocks(pack: Pack, topic: Topic, language: str, *, today: date) -> tuple[ShownBlock, ...]:
    """Give a topic's lesson, block by block, as safe HTML in `language`; an outline has none."""
    return _shown_blocks(pack, topic.key, language, today, get_language() or "en")


@lru_cache(maxsize=64)
def _shown_blocks(
    pack: Pack, topic_key: str, language: str, today: date, _ui: str
) -> tuple[ShownBlock, ...]:
    topic = pack.topic(topic_key)
    if topic is None or topic.lesson is None:
        return ()
    return tuple(_shown_block(b, pack, topic, language, today) for b in topic.lesson.blocks)


def shown_sheet(pack: Pack, sheet: Lesson, language: str, *, today: date) -> tuple[ShownBlock, ...]:
    """Give a job aid or an exercise, block by block, as safe HTML in `language`."""
    return tuple(_shown_block(block, pack, None, language, today) for block in sheet.blocks)


def _shown_block(
    block: Block, pack: Pack, topic: Topic | None, language: str, today: date
) -> ShownBlock:
    if block.kind is BlockKind.CONTACTS:
        nothing = SafeString("")
        return ShownBlock(
            block.id, nothing, language, is_fallback=False, is_stale=False, wants_contacts=True
        )
    if block.kind is BlockKind.AIMS:
        objectives = topic.objectives if topic else ()
        html = aims_html(objectives, language, element_id=block.id)
        return ShownBlock(block.id, html, language, is_fallback=False, is_stale=False)
    if block.kind is BlockKind.CARD:
        card = pack.cards[block.card]
        html = card_html(card, language, today=today, element_id=block.id)
        return ShownBlock(block.id, html, language, is_fallback=False, is_stale=False, card=card)
    text = text_in(block.text, language)
    lang = text.language if text.is_fallback else ""
    return ShownBlock(
        id=block.id,
        html=render_markdown(
            text.text, element_id=block.id, lang=lang, pictures=_pictures_in(text.text, pack)
        ),
        language=text.language,
        is_fallback=text.is_fallback,
        is_stale=text.language in block.stale,
    )


def _pictures_in(text: str, pack: Pack | None) -> tuple[Picture, ...]:
    """Give the pictures of the pack that a text shows, which most do not."""
    if pack is None or "![" not in text:
        return ()
    return tuple(picture for path, picture in pack.pictures.items() if path in text)


def shown_slide(slide: Slide, language: str, pack: Pack | None = None) -> ShownSlide:
    """Give a slide as safe HTML in `language`, with the pictures of its pack."""
    return ShownSlide(
        id=slide.id,
        title=text_in(slide.title, language),
        body=_in_language(slide.body, language, pack),
        notes=_in_language(slide.notes, language),
        interpreter=_in_language(slide.interpreter, language),
        is_stale=text_in(slide.title, language).language in slide.stale,
    )


def _in_language(values: Mapping[str, str], language: str, pack: Pack | None = None) -> SafeString:
    text = text_in(values, language)
    return render_markdown(
        text.text,
        top=3,
        lang=text.language if text.is_fallback else "",
        pictures=_pictures_in(text.text, pack),
    )


@lru_cache(maxsize=1024)
def render_markdown(
    text: str,
    *,
    top: int = 2,
    element_id: str = "",
    lang: str = "",
    pictures: tuple[Picture, ...] = (),
) -> SafeString:
    """Give safe HTML; the heading `##` becomes `<h{top}>`, lower ones below it.

    `element_id` goes to the first element, `lang` to every top-level one. A picture that is not among
    `pictures` is shown as its words.
    """
    md = parser()
    tokens = md.parse(text)
    _demote(tokens, top - 2)
    openings = [token for token in tokens if token.level == 0 and token.nesting >= 0]
    for number, token in enumerate(openings):
        kept = {name: value for name, value in token.attrs.items() if name == "start"}
        ids = {"id": element_id} if element_id and number == 0 else {}
        token.attrs = {**ids, **({"lang": lang} if lang else {}), **kept}
    _stack_tables(tokens)
    _lead_to_terms(tokens)
    _lead_to_pictures(tokens, {picture.path: picture for picture in pictures})
    html = md.renderer.render(tokens, md.options, {})
    clean = nh3.clean(
        html,
        tags=_TAGS,
        attributes=_ATTRIBUTES,
        allowed_classes=_CLASSES,
        url_schemes={"http", "https", "mailto"},
        link_rel="noopener noreferrer",
    )
    return mark_safe(clean.strip())  # noqa: S308 - nh3 has just cleaned it


def _demote(tokens: Iterable[Token], by: int) -> None:
    for token in tokens:
        if token.type in {"heading_open", "heading_close"}:
            level = min(max(int(token.tag[1]), 2) + by, _LOWEST_HEADING)
            token.tag = f"h{level}"


def _stack_tables(tokens: list[Token]) -> None:
    columns: list[str] = []
    cell = 0
    for token, following in pairwise(tokens):
        if token.type == "table_open":
            token.attrJoin("class", "stack")
            columns = []
        elif token.type == "th_open":
            columns.append(_words(following))
        elif token.type == "tr_open":
            cell = 0
        elif token.type == "td_open":
            # The first cell names its row and needs no label.
            token.attrs = {"data-l": columns[cell]} if 0 < cell < len(columns) else {}
            cell += 1


def _lead_to_terms(tokens: Iterable[Token]) -> None:
    """Lead links to terms to the list of words that the page has at its end."""
    for token in tokens:
        for child in token.children or ():
            href = str(child.attrs.get("href", "")) if child.type == "link_open" else ""
            if href.startswith(TERM):
                child.attrs = {"href": f"#{TERM_ID}{href.removeprefix(TERM)}"}


def _lead_to_pictures(tokens: Iterable[Token], pictures: Mapping[str, Picture]) -> None:
    """Lead pictures to where they are served, with their measures, so that the page does not jump."""
    for token in tokens:
        for child in token.children or ():
            picture = pictures.get(str(child.attrs.get("src", "")))
            if child.type == "image" and picture:
                child.attrs = {
                    "src": picture.address,
                    "alt": child.content,
                    "width": picture.width,
                    "height": picture.height,
                }
            elif child.type == "image":
                child.type, child.tag = "text", ""


def weight_of_pictures(html: str, pictures: Iterable[Picture]) -> int:
    """Give what the pictures in a piece of rendered HTML weigh besides it, in bytes."""
    return sum(picture.size for picture in pictures if picture.address in html)


def terms_in(block: Block) -> list[str]:
    """Give the keys of the glossary that a block links to, in order, each once."""
    found = (
        target.removeprefix(TERM)
        for text in block.text.values()
        for _, target in links_of(text)
        if target.startswith(TERM)
    )
    return list(dict.fromkeys(found))


def _words(inline: Token) -> str:
    return "".join(child.content for child in inline.children or ())


def aims_html(
    objectives: Iterable[Objective], language: str, *, element_id: str = "aims"
) -> SafeString:
    """Give a topic's objectives as a list."""
    entries = format_html_join(
        "", "<li{}>{}</li>", (_with_lang(text_in(one.text, language)) for one in objectives)
    )
    return format_html('<ul class="aims" id="{}">{}</ul>', element_id, entries)


def _with_lang(text: Text) -> tuple[SafeString, str]:
    lang = format_html(' lang="{}"', text.language) if text.is_fallback else SafeString("")
    return lang, text.text


def card_html(
    card: LegalCard, language: str, *, today: date, element_id: str, level: int = 3
) -> SafeString:
    """Give a legal card with its source, date and confidence; an old or unverified one warns.

    Its title is a heading of `level`: one below what it stands under.
    """
    is_old = card.is_old(today)
    warning = is_old or card.must_be_verified
    title_lang, title = _with_lang(text_in(card.title, language))
    text_lang, text = _with_lang(text_in(card.text, language))
    return format_html(
        '<div class="note legal{}" id="{}" role="note"><h{}{}>{}</h{}><p{}>{}</p>{}{}</div>',
        " warning" if is_old else "",
        element_id,
        level,
        title_lang,
        title,
        level,
        text_lang,
        text,
        _card_warning(card, is_old=is_old) if warning else "",
        _card_source(card, language),
    )


def _card_warning(card: LegalCard, *, is_old: bool) -> SafeString:
    if is_old:
        words = gettext("Checked more than a year ago: verify before use")
    else:
        words = gettext("Not yet checked in the source: verify before use")
    return format_html('<p><span class="tag live">{}</span></p>', words)


def _card_source(card: LegalCard, language: str) -> SafeString:
    text = text_in(card.source, language)
    lang, source = _with_lang(text)
    if card.url:
        source = format_html(
            '<a href="{}"{} rel="noopener noreferrer">{}</a>', card.url, lang, source
        )
    elif text.is_fallback:
        source = format_html("<span{}>{}</span>", lang, source)
    moment = date_format(card.verified_on, "j E Y")
    return format_html(
        '<p class="muted">{} · {} · {} · {}</p>',
        jurisdiction_name(card.jurisdiction),
        source,
        gettext("as of %(date)s") % {"date": moment},
        confidence_name(card.confidence),
    )


def confidence_name(confidence: Confidence) -> str:
    """Give how sure a card's statement is, in the reader's language."""
    words = {
        Confidence.FOUND: pgettext("law", "confidence: found in the source"),
        Confidence.HIGH: pgettext("law", "confidence: high"),
        Confidence.MEDIUM: pgettext("law", "confidence: medium"),
        Confidence.LOW: pgettext("law", "confidence: low"),
    }
    return words[confidence]


def jurisdiction_name(code: str) -> str:
    """Give whose law it is, in the reader's language."""
    if code == "international":
        return pgettext("law", "International")
    return str(Country(code).label)
