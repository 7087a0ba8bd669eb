"""Word documents as the office edits them: real headings, header rows that repeat, pictures with words.

Whoever needs it loads it with the first document: python-docx costs a third of a second.
"""

import io
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from docx import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

TEAL = "0A5C56"
LINE = "BFC6BE"
# The paragraphs of a table.
CELL = "Cell"
_LOCALES = {"en": "en-GB", "ru": "ru-RU"}


def new_document(title: str, *, language: str, at: datetime) -> Any:
    """Give an empty A4 document in the house's styles, whose language and title Word knows."""
    document = Document()
    about = document.core_properties
    about.title, about.author, about.comments = title, "", ""
    about.language = _LOCALES.get(language, language)
    about.created = about.modified = at.replace(tzinfo=None)
    page = document.sections[0]
    page.page_width, page.page_height = Mm(210), Mm(297)
    page.left_margin = page.right_margin = page.top_margin = page.bottom_margin = Mm(20)
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = "Arial", Pt(10)
    for name, size in (("Title", 22), ("Heading 1", 15), ("Heading 2", 12), ("Caption", 9)):
        style = document.styles[name]
        style.font.name, style.font.size = "Arial", Pt(size)
        style.font.color.rgb = RGBColor.from_string(TEAL)
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            fonts.attrib.pop(qn(f"w:{theme}"), None)
        fonts.set(qn("w:cs"), "Arial")
    cell = document.styles.add_style(CELL, WD_STYLE_TYPE.PARAGRAPH)
    cell.base_style = document.styles["Normal"]
    cell.font.size, cell.paragraph_format.space_after = Pt(9), 0
    _speak(document.styles, _LOCALES.get(language, language))
    return document


def add_heading(document: Any, words: str, level: int) -> None:
    """Add a heading; level 0 is the title of the whole."""
    document.add_heading(words, level)


def add_facts(document: Any, facts: Sequence[tuple[str, str]]) -> None:
    """Add one line for each fact, its label in bold."""
    for label, value in facts:
        paragraph = document.add_paragraph()
        paragraph.paragraph_format.space_after = 0
        paragraph.add_run(f"{label}: ").bold = True
        paragraph.add_run(value)


def add_table(
    document: Any,
    caption: str,
    columns: Sequence[str],
    rows: Sequence[Sequence[str]],
    *,
    numeric: frozenset[int] = frozenset(),
    totals: int = 0,
) -> None:
    """Add a table under its caption; its first row is a header that repeats on every page."""
    add_caption(document, caption)
    table = document.add_table(rows=1, cols=len(columns), style="Table Grid")
    for place, (cell, words) in enumerate(zip(table.rows[0].cells, columns, strict=True)):
        _write(cell, words, bold=True, is_right=place in numeric)
    header = table.rows[0]._tr.get_or_add_trPr()
    header.append(OxmlElement("w:tblHeader"))
    for number, row in enumerate(rows):
        cells = table.add_row().cells
        is_total = number >= len(rows) - totals
        for place, words in enumerate(row):
            _write(cells[place], words, bold=is_total, is_right=place in numeric)
    for row in table.rows:
        row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
    described = OxmlElement("w:tblDescription")
    described.set(qn("w:val"), caption)
    table._tbl.tblPr.append(described)
    document.add_paragraph()


def add_picture(
    document: Any, png: bytes, caption: str, alternative: str, *, width_mm: int
) -> None:
    """Add a picture under its caption, with words for whoever does not see it."""
    add_caption(document, caption)
    picture = document.add_picture(io.BytesIO(png), width=Mm(width_mm))
    about = picture._inline.docPr
    about.set("descr", alternative)
    about.set("title", caption)


def add_caption(document: Any, words: str) -> None:
    paragraph = document.add_paragraph(words)
    # By its id, as below: to look a style up by its name takes longer than to write the paragraph.
    paragraph._p.style = "Caption"
    paragraph.paragraph_format.keep_with_next = True


def bytes_of(document: Any) -> bytes:
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def _write(cell: Any, words: str, *, bold: bool, is_right: bool) -> None:
    paragraph = cell.paragraphs[0]
    paragraph._p.style = CELL
    run = paragraph.add_run(words)
    if bold:
        run.bold = True
    if is_right:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT


def _speak(styles: Any, locale: str) -> None:
    """Name the language of every text that names none of its own."""
    for spoken in styles.element.iter(qn("w:lang")):
        spoken.set(qn("w:val"), locale)
