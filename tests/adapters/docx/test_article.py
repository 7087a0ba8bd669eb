"""The article as a Word document: its structure, language, quotes and approvals."""

import io
from datetime import date

from docx import Document
from docx.oxml.ns import qn

from sabaq.adapters.docx.writer import WordWriter
from sabaq.newsroom.ports import (
    ArticleDocument,
    PhotoOfDocument,
    ProseBlock,
    QuoteBlock,
    SignedStep,
)
from tests.factories import NOW
from tests.newsroom.pictures import jpeg, plain_png, webp

RUSSIAN = ArticleDocument(
    language="ru",
    title="Курс прошёл",
    blocks=(
        ProseBlock("Первый **важный** абзац.\n\n- Одна тема\n- Другая тема\n\n## Подробнее"),
        QuoteBlock(
            "Марта Пример", "Представитель", "Надеемся увидеть больше женщин.", is_approved=True
        ),
        QuoteBlock("Ольга Пример", "Сотрудник", "Спасибо.", is_approved=False),
    ),
    others={"Read this article in English": "https://office.example/news/en/x/"},
    approvals=(SignedStep("Передано", "Анора", date(2027, 2, 8)), SignedStep("Представитель")),
    made_at=NOW,
    photo=PhotoOfDocument(plain_png(4, 3), "png", "Экран с участниками", "Представительство"),
)


def written(document: ArticleDocument):
    return Document(io.BytesIO(WordWriter().article(document)))


def test_headings_lists_and_quotes_are_what_word_knows_as_such():
    document = written(RUSSIAN)

    assert [(one.style.name, one.text) for one in document.paragraphs if one.text] == [
        ("Title", "Курс прошёл"),
        ("Caption", "Фото: Представительство"),
        ("Normal", "Первый важный абзац."),
        ("List Bullet", "Одна тема"),
        ("List Bullet", "Другая тема"),
        ("Heading 2", "Подробнее"),
        ("Quote", "«Надеемся увидеть больше женщин.»"),
        ("Normal", "— Марта Пример, Представитель"),
        ("Quote", "«Спасибо.»"),
        ("Normal", "— Ольга Пример, Сотрудник [ещё не одобрено]"),
        ("Normal", "Read this article in English: https://office.example/news/en/x/"),
        ("Caption", "Одобрения"),
    ]
    bold = [run.text for one in document.paragraphs for run in one.runs if run.bold]
    assert bold == ["важный", " [ещё не одобрено]"]


def test_the_document_says_its_language_and_its_title():
    document = written(RUSSIAN)

    about = document.core_properties
    assert (about.title, about.language) == ("Курс прошёл", "ru-RU")
    languages = {one.get(qn("w:val")) for one in document.styles.element.iter(qn("w:lang"))}
    assert languages == {"ru-RU"}


def test_the_approvals_stand_in_a_table_whose_first_row_is_a_header():
    [table] = written(RUSSIAN).tables

    assert [[cell.text for cell in row.cells] for row in table.rows] == [
        ["Шаг", "Имя", "День"],
        ["Передано", "Анора", "8 февраля 2027"],
        ["Представитель", "", ""],
    ]
    assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None


def test_the_photo_has_words_for_who_cannot_see_it():
    [about] = written(RUSSIAN).element.body.iter(qn("wp:docPr"))

    assert about.get("descr") == "Экран с участниками"


def test_a_jpeg_without_a_note_of_its_kind_is_taken_and_a_webp_leaves_its_words():
    bare = jpeg()[:2] + jpeg()[20:]
    for data, kind, pictures in ((bare, "jpeg", 1), (webp(), "webp", 0)):
        photo = PhotoOfDocument(data, kind, "Экран", "Мы")
        document = written(ArticleDocument("ru", "Т", (ProseBlock("Текст."),), {}, (), NOW, photo))

        assert len(list(document.element.body.iter(qn("wp:docPr")))) == pictures
        assert ("[Экран]" in [one.text for one in document.paragraphs]) == (not pictures)
