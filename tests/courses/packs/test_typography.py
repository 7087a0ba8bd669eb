"""Where a line of Russian must not end."""

import pytest

from sabaq.courses.packs import read_pack
from sabaq.courses.packs.typography import typeset
from tests.courses.packs.sample import changed


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("Пол — это биология", "Пол~— это биология"),
        ("Закон № 223-IV от 8 декабря 2009 г.", "Закон №~223-IV от 8~декабря 2009~г."),
        ("не более 70 процентов", "не более 70~процентов"),
        ("Правила Нельсона Манделы, 50; модуль 3", "Правила Нельсона Манделы,~50; модуль~3"),
        ("Типовые стратегии, 16 (l)", "Типовые стратегии, 16~(l)"),
        ("Статья 7 (b) КЛДЖ, пункт 1 статьи 4", "Статья~7~(b) КЛДЖ, пункт~1 статьи~4"),
        ("— Да", "— Да"),
        ("- — Да", "- — Да"),
        ("| — |", "| — |"),
        ("правил 3 и более", "правил 3 и более"),
    ],
)
def test_russian_keeps_together_what_belongs_together(written, shown):
    assert typeset(written, "ru") == shown.replace("~", "\N{NO-BREAK SPACE}")


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ('"Why did you go?" he asks.', "“Why did you go?” he asks."),
        ('Say: "Not here."', "Say: “Not here.”"),
        ('**"How are you?"** Ask first.', "**“How are you?”** Ask first."),
        ('- "Why so late?" → I do not', "- “Why so late?” → I do not"),
        ('| "Why?" | It was', "| “Why?” | It was"),
        ('touching as a "joke", refusing', "touching as a “joke”, refusing"),
        ('("proof")', "(“proof”)"),
        ("He hit you, didn't he? A child's search", "He hit you, didn’t he? A child’s search"),
        ("Principles, 16 (l); article 4 (1)", "Principles, 16~(l); article~4~(1)"),
        ("in force from 2 March 2026", "in force from 2~March 2026"),
        ("1 Marching band", "1 Marching band"),
    ],
)
def test_english_has_its_own_quotation_marks(written, shown):
    assert typeset(written, "en") == shown.replace("~", "\N{NO-BREAK SPACE}")


def test_other_languages_stay_as_they_were_written():
    assert typeset('"19-qoida" — ayollar', "uz") == '"19-qoida" — ayollar'


def test_bound_spaces_make_no_translation_stale():
    pack = read_pack(changed("lessons/talk.ru.md", "Главное говорят", "Главное — говорят"))

    texts = [block.text["ru"] for block in pack.topic("talk").lesson.blocks if block.text]
    assert any("Главное\N{NO-BREAK SPACE}— говорят" in text for text in texts)
    assert not any(block.stale for block in pack.topic("talk").lesson.blocks)
