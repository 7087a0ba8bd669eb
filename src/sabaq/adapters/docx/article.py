"""An article for the office to send round and to edit, with the approvals that it has and still needs."""

from typing import Any

from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext, pgettext
from docx.image.exceptions import (
    InvalidImageStreamError,
    UnexpectedEndOfFileError,
    UnrecognizedImageError,
)
from docx.shared import Mm
from markdown_it import MarkdownIt
from markdown_it.token import Token

from sabaq.adapters.docx.house import (
    add_heading,
    add_picture,
    add_table,
    bytes_of,
    new_document,
)
from sabaq.newsroom.ports import ArticleDocument, PhotoOfDocument, ProseBlock, QuoteBlock

PICTURE_MM = 150
_NOT_TAKEN = (
    UnrecognizedImageError,
    InvalidImageStreamError,
    UnexpectedEndOfFileError,
    KeyError,  # no frame in it
)
_parser = MarkdownIt("commonmark", {"html": False})
_LISTS = {"bullet_list_open": "List Bullet", "ordered_list_open": "List Number"}
_MARKS = {"en": "“{}”", "ru": "«{}»"}
# Word knows a JPEG by this note, which a camera may leave out.
_JFIF = b"\xff\xe0\x00\x10JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00"


def render_article(article: ArticleDocument) -> bytes:
    """Give the DOCX of `article`."""
    document = new_document(article.title, language=article.language, at=article.made_at)
    with translation.override(article.language):
        add_heading(document, article.title, 0)
        if article.photo is not None:
            _add_photo(document, article.photo)
        for block in article.blocks:
            if isinstance(block, ProseBlock):
                _add_markdown(document, block.markdown)
            else:
                _add_quote(document, block, article.language)
        for words, address in article.others.items():
            document.add_paragraph(f"{words}: {address}")
        _add_approvals(document, article)
    return bytes_of(document)


def _add_photo(document: Any, photo: PhotoOfDocument) -> None:
    caption = gettext("Photo:") + " " + photo.credit
    data = photo.data
    if photo.kind == "jpeg" and data[6:10] != b"JFIF":
        data = data[:2] + _JFIF + data[2:]
    try:
        add_picture(document, data, caption, photo.alt, width_mm=PICTURE_MM)
    except _NOT_TAKEN:
        # Word takes no WebP, and no picture that it cannot measure: the words stand for it.
        document.add_paragraph(f"[{photo.alt}]")


def _add_quote(document: Any, quote: QuoteBlock, language: str) -> None:
    said = document.add_paragraph(_MARKS[language].format(quote.text), style="Quote")
    said.paragraph_format.left_indent = Mm(8)
    said.paragraph_format.keep_with_next = True
    by = document.add_paragraph(f"— {quote.name}, {quote.function}")
    by.paragraph_format.left_indent = Mm(8)
    if not quote.is_approved:
        by.add_run(f" [{gettext('not approved yet')}]").bold = True


def _add_markdown(document: Any, markdown: str) -> None:
    """Add headings, paragraphs and lists; anything else stands as plain paragraphs."""
    style = ""
    heading = 0
    for token in _parser.parse(markdown):
        if token.type in _LISTS:
            style = _LISTS[token.type]
        elif token.type in {"bullet_list_close", "ordered_list_close"}:
            style = ""
        elif token.type == "heading_open":
            heading = min(int(token.tag[1:]), 2)
        elif token.type == "inline":
            paragraph = document.add_heading("", heading) if heading else document.add_paragraph()
            if style and not heading:
                paragraph.style = document.styles[style]
            _add_runs(paragraph, token.children or [])
            heading = 0


def _add_runs(paragraph: Any, tokens: list[Token]) -> None:
    bold = italic = False
    address = ""
    for token in tokens:
        if token.type in {"strong_open", "strong_close"}:
            bold = token.nesting == 1
        elif token.type in {"em_open", "em_close"}:
            italic = token.nesting == 1
        elif token.type == "link_open":
            address = str(token.attrs.get("href", ""))
        elif token.type == "link_close":
            paragraph.add_run(f" ({address})")
        elif token.content or token.type in {"softbreak", "hardbreak"}:
            run = paragraph.add_run(token.content or " ")
            run.bold, run.italic = bold or None, italic or None


def _add_approvals(document: Any, article: ArticleDocument) -> None:
    columns = (
        pgettext("approvals of an article", "Step"),
        pgettext("approvals of an article", "Name"),
        pgettext("approvals of an article", "Day"),
    )
    rows = [
        (one.step, one.name, date_format(one.day, "j E Y") if one.day else "")
        for one in article.approvals
    ]
    add_table(document, gettext("Approvals"), columns, rows)
