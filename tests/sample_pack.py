"""A small course pack for tests: one complete topic, one in outline, a test of three items, a survey."""

from sabaq.courses.models import CourseVersion
from sabaq.courses.services.packs import import_pack
from tests.factories import NOW

ITEMS = ("one", "two", "three")

HEAD = """
slug = "sample"
version = "VERSION"
languages = ["en", "ru"]
source_language = "en"
licence = "CC-BY-4.0"
title = { en = "Sample course", ru = "Учебный курс" }

[[topics]]
key = "first-contact"
title = { en = "First contact", ru = "Первый контакт" }
[[topics.objectives]]
key = "danger"
text = { en = "Ask about danger first.", ru = "Сначала спросить об опасности." }

[[topics]]
key = "legal-framework"
status = "outline"
title = { en = "Legal framework", ru = "Правовые основы" }
[[topics.objectives]]
key = "cedaw"
text = { en = "Name the articles.", ru = "Назвать статьи." }

[[aids]]
key = "first-line"
topic = "first-contact"
title = { en = "First-line questions", ru = "Первые вопросы" }
summary = { en = "What to ask first.", ru = "О чём спросить сначала." }
"""
AID = """{#ask}
Is she safe? Ask for her [consent](term:consent).

{#why}
::: card sample-law
:::

{#who}
::: contacts
:::
"""
EXERCISE = """{#task}
In pairs: one asks, one listens.

{#steps}
![Two steps upwards](media/steps.svg)

{#trainer}
Listen for blame.
"""
GLOSSARY = """
[[terms]]
key = "consent"
term = { en = "consent", ru = "согласие" }
definition = { en = "A free and informed yes.", ru = "Свободное и осознанное «да»." }
[[terms]]
key = "referral"
term = { en = "referral", ru = "направление за помощью" }
definition = { en = "Bringing her together with a service.", ru = "Помощь в обращении в службу." }
"""

LESSON = """{#purpose}
Safety comes before the case.

{#aims}
::: aims
:::

{#only-english}
This paragraph waits for its translation.

{#law-heading}
## The law

{#law}
::: card sample-law
:::
"""
LESSON_RU = """{#purpose src=5130e131}
Безопасность важнее дела.
"""
SLIDES = """{#one}
## Before the first question

- Is she safe?

::: notes
Only the trainer reads this.
:::

{#two}
## After it

- Thank her.
"""
SLIDES_RU = """{#one src=33b1b858}
## До первого вопроса

- Она в безопасности?
"""
CARD = """
[[cards]]
key = "sample-law"
jurisdiction = "international"
title = { en = "A sample rule", ru = "Пример нормы" }
text = { en = "Women are searched by women.", ru = "Женщин досматривают женщины." }
source = { en = "Sample source", ru = "Пример источника" }
verified_on = 2025-01-15
confidence = "medium"
"""


def _item(key: str) -> str:
    options = "".join(
        f"""
[[items.options]]
key = "{option}"
text = {{ en = "Answer {option} to {key}", ru = "Ответ {option} на {key}" }}
explanation = {{ en = "SECRET of {option}", ru = "ТАЙНА {option}" }}
"""
        for option in "abcd"
    )
    return f"""
[[items]]
key = "{key}"
topic = "first-contact"
objective = "danger"
level = "apply"
correct = "b"
stem = {{ en = "Question {key}?", ru = "Вопрос {key}?" }}
{options}"""


def _test(*items: str) -> str:
    head = 'title = { en = "Knowledge test", ru = "Тест на знания" }\n'
    return head + "".join(_item(key) for key in items)


SURVEY = """
title = { en = "Closing survey", ru = "Итоговый опрос" }
intro = { en = "Two minutes.", ru = "Две минуты." }
scale = [
  { text = { en = "Disagree fully", ru = "Совсем нет" } },
  { text = { en = "Disagree", ru = "Нет" } },
  { text = { en = "Neither", ru = "Трудно сказать" } },
  { text = { en = "Agree", ru = "Да" } },
  { text = { en = "Agree fully", ru = "Совсем да" } },
]
[[questions]]
key = "relevant"
kind = "likert"
text = { en = "It is relevant.", ru = "Это нужно." }
[[questions]]
key = "useful"
kind = "choice"
options_from = "topics"
text = { en = "Which topic?", ru = "Какая тема?" }
[[questions]]
key = "comment"
kind = "open"
text = { en = "What else?", ru = "Что ещё?" }
"""
PICTURE = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 20"><path d="M0 20h20V10h20"/></svg>
"""
COMMITMENT = """
title = { en = "My commitment", ru = "Моё обязательство" }
intro = { en = "Choose one thing.", ru = "Выберите что-то одно." }
deed = { en = "One thing that I will do", ru = "Что я сделаю" }
by_when = { en = "By when", ru = "К какому дню" }
support = { en = "Who supports me", ru = "Кто меня поддержит" }
"""


def sample_files(*, items: tuple[str, ...] = ITEMS) -> dict[str, bytes]:
    """Give the files of the sample pack; other `items` make another version of it."""
    texts = {
        "pack.toml": HEAD.replace("VERSION", "-".join(items)),
        "lessons/first-contact.en.md": LESSON,
        "lessons/first-contact.ru.md": LESSON_RU,
        "slides/first-contact.en.md": SLIDES,
        "slides/first-contact.ru.md": SLIDES_RU,
        "cards/sample.toml": CARD,
        "exercises/first-contact.en.md": EXERCISE,
        "aids/first-line.en.md": AID,
        "glossary.toml": GLOSSARY,
        "tests/knowledge.toml": _test(*items),
        "surveys/closing.toml": SURVEY,
        "commitment.toml": COMMITMENT,
        "media/steps.svg": PICTURE,
    }
    return {path: text.encode() for path, text in texts.items()}


def sample_version(*, items: tuple[str, ...] = ITEMS) -> CourseVersion:
    """Give the course version of the sample pack, imported if need be."""
    return import_pack(sample_files(items=items), by=None, at=NOW)
