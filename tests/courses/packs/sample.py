"""A small sound pack, to be broken in one place at a time."""

from collections.abc import Mapping
from datetime import date

from sabaq.courses.packs import check_pack
from sabaq.courses.packs.digests import block_hash
from sabaq.courses.packs.translations import LOCK

TODAY = date(2027, 2, 4)

HEAD = """\
slug = "small"
version = "1"
source_language = "en"
languages = ["en", "ru"]
licence = "CC BY 4.0"
title = { en = "A small course", ru = "Небольшой курс" }

[[topics]]
key = "talk"
title = { en = "Talking", ru = "Беседа" }
[[topics.objectives]]
key = "listen"
text = { en = "Listen to the end.", ru = "Дослушать до конца." }

[[topics]]
key = "later"
status = "outline"
title = { en = "Later", ru = "Позже" }
objectives = [{ key = "wait", text = { en = "Wait.", ru = "Подождать." } }]
"""

LESSON_EN = """\
{#why}
## Why listen

{#reason}
People say the *main thing* last.

{#goals}
::: aims
:::

{#law}
::: card rule-1
:::
"""

LESSON_RU = f"""\
{{#why src={block_hash("## Why listen")}}}
## Зачем слушать

{{#reason src={block_hash("People say the *main thing* last.")}}}
Главное говорят *в конце*.
"""

DECK_EN = """\
{#open poll=first}
## Who speaks first?

- You
- She

::: notes
Wait.
:::

::: interpreter
Both are women.
:::
"""

_SLIDE = "Who speaks first?\n- You\n- She\nWait.\nBoth are women."

DECK_RU = f"""\
{{#open src={block_hash(_SLIDE)}}}
## Кто говорит первым?

- Вы
- Она

::: notes
Подождите.
:::

::: interpreter
Обе — женщины.
:::
"""

POLLS = """\
[[polls]]
key = "first"
kind = "single"
question = { en = "Who?", ru = "Кто?" }
options = [
  { key = "you", text = { en = "You", ru = "Вы" } },
  { key = "she", text = { en = "She", ru = "Она" } },
]
[[polls]]
key = "several"
kind = "multiple"
question = { en = "Who else?", ru = "Кто ещё?" }
options = [
  { key = "a", text = { en = "Nobody", ru = "Никто" } },
  { key = "b", text = { en = "A friend", ru = "Подруга" } },
]
[[polls]]
key = "sure"
kind = "scale"
question = { en = "How sure are you?", ru = "Насколько вы уверены?" }
low = { en = "Not at all", ru = "Совсем нет" }
high = { en = "Fully", ru = "Полностью" }
[[polls]]
key = "in-a-word"
kind = "word"
question = { en = "What helps?", ru = "Что помогает?" }
"""

TEST = """\
title = { en = "Test", ru = "Тест" }

[[items]]
key = "last-words"
topic = "talk"
objective = "listen"
level = "apply"
correct = "b"
stem = { en = "She pauses.", ru = "Она молчит." }
[[items.options]]
key = "a"
text = { en = "Ask", ru = "Спросить" }
explanation = { en = "Too early.", ru = "Рано." }
[[items.options]]
key = "b"
text = { en = "Wait", ru = "Ждать" }
explanation = { en = "Right.", ru = "Верно." }
"""

SURVEY = """\
title = { en = "Survey", ru = "Опрос" }
intro = { en = "Confidential.", ru = "Конфиденциально." }
scale = [
  { text = { en = "1", ru = "1" } },
  { text = { en = "2", ru = "2" } },
  { text = { en = "3", ru = "3" } },
  { text = { en = "4", ru = "4" } },
  { text = { en = "5", ru = "5" } },
]
[[questions]]
key = "useful"
kind = "likert"
text = { en = "It was useful.", ru = "Было полезно." }
[[questions]]
key = "best"
kind = "choice"
options_from = "topics"
text = { en = "Which topic?", ru = "Какая тема?" }
[[questions]]
key = "comment"
kind = "open"
text = { en = "Anything else?", ru = "Что ещё?" }
"""

CARDS = """\
[[cards]]
key = "rule-1"
jurisdiction = "KZ"
verified_on = 2026-03-01
confidence = "found"
title = { en = "Rule <1>", ru = "Правило <1>" }
text = { en = "Listen.", ru = "Слушать." }
source = { en = "Law 1", ru = "Закон 1" }
url = "https://law.example/1"
"""

TEXTS = {
    "pack.toml": HEAD,
    "lessons/talk.en.md": LESSON_EN,
    "lessons/talk.ru.md": LESSON_RU,
    "slides/talk.en.md": DECK_EN,
    "slides/talk.ru.md": DECK_RU,
    "slides/talk.polls.toml": POLLS,
    "tests/knowledge.toml": TEST,
    "surveys/closing.toml": SURVEY,
    "cards/law.toml": CARDS,
}


def sample_files() -> dict[str, bytes]:
    """Give the sound pack's files."""
    return {path: text.encode() for path, text in TEXTS.items()}


def changed(path: str, old: str, new: str) -> dict[str, bytes]:
    """Give the sound pack with `old` (which must be there once) replaced in one file."""
    assert TEXTS[path].count(old) == 1, old
    return {**sample_files(), path: TEXTS[path].replace(old, new).encode()}


def found(files: Mapping[str, bytes], today: date = TODAY) -> list[str]:
    """Give the findings as `severity path:line: message`, but not that the sample has no lock."""
    findings = check_pack(files, today=today)
    return [f"{f.severity.value} {f}" for f in findings if f.path != LOCK or LOCK in files]
