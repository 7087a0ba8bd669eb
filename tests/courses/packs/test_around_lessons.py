"""What stands around lessons: the bank of items, exercises, job aids, the glossary."""

from sabaq.courses.packs import read_pack
from sabaq.courses.packs.render import render_markdown, shown_sheet, terms_in
from tests.courses.packs.sample import TODAY, found, sample_files

AID = """
[[aids]]
key = "first-line"
topic = "talk"
title = { en = "First-line questions", ru = "Первые вопросы" }
summary = { en = "What to ask first.", ru = "О чём спросить сначала." }
"""
GLOSSARY = """
[[terms]]
key = "consent"
topics = ["talk"]
term = { en = "consent", ru = "согласие" }
definition = { en = "A free yes.", ru = "Свободное «да»." }
"""
BANK_ITEM = """
[[items]]
key = "%s"
objective = "listen"
level = "apply"
correct = "a"
stem = { en = "She weeps.", ru = "Она плачет." }
[[items.options]]
key = "a"
text = { en = "Wait", ru = "Ждать" }
explanation = { en = "Right.", ru = "Верно." }
[[items.options]]
key = "b"
text = { en = "Hurry", ru = "Торопить" }
explanation = { en = "It hurts.", ru = "Это ранит." }
"""


def with_aid(text: str = "{#step}\nAsk first.\n") -> dict[str, bytes]:
    files = sample_files()
    files["pack.toml"] = files["pack.toml"] + AID.encode()
    return files | {"aids/first-line.en.md": text.encode()}


def test_a_test_asks_items_of_the_bank_and_of_its_own():
    files = sample_files() | {"items/talk.toml": (BANK_ITEM % "tears").encode()}
    files["tests/knowledge.toml"] = b'pick = ["tears"]\n' + files["tests/knowledge.toml"]

    pack = read_pack(files)

    assert [item.key for item in pack.tests["knowledge"].items] == ["tears", "last-words"]
    assert pack.items["tears"].topic == "talk"


def test_an_item_that_is_nowhere_cannot_be_picked():
    files = sample_files()
    files["tests/knowledge.toml"] = b'pick = ["tears"]\n' + files["tests/knowledge.toml"]

    assert found(files) == ["error tests/knowledge.toml:1: pick: items/ has no item “tears”."]


def test_a_key_is_given_to_one_item_of_the_whole_pack():
    files = sample_files() | {"items/talk.toml": (BANK_ITEM % "last-words").encode()}

    assert found(files) == [
        "error tests/knowledge.toml:4: items[1].key: “last-words” stands here twice."
    ]


def test_a_bank_belongs_to_a_topic():
    files = sample_files() | {"items/nowhere.toml": (BANK_ITEM % "tears").encode()}

    assert "error items/nowhere.toml:1: pack.toml names no topic “nowhere”." in found(files)


def test_an_exercise_stands_beside_its_topic():
    files = sample_files() | {"exercises/talk.en.md": b"{#task}\nIn pairs.\n"}

    pack = read_pack(files)

    assert [block.id for block in pack.topic("talk").exercise.blocks] == ["task"]


def test_a_job_aid_cites_its_standard_and_leaves_the_contacts_to_the_edition():
    pack = read_pack(
        with_aid("{#step}\nAsk.\n\n{#law}\n::: card rule-1\n:::\n\n{#who}\n::: contacts\n:::\n")
    )

    shown = shown_sheet(pack, pack.aids["first-line"].sheet, "en", today=TODAY)

    assert [(block.id, block.card is not None, block.wants_contacts) for block in shown] == [
        ("step", False, False),
        ("law", True, False),
        ("who", False, True),
    ]


def test_a_job_aid_without_its_sheet_is_named():
    files = with_aid()
    del files["aids/first-line.en.md"]

    assert "pack.toml" in found(files)[0]
    assert found(files)[0].endswith("aids/first-line.en.md is missing.")


def test_a_lesson_leads_to_a_term_of_the_glossary():
    files = sample_files() | {"glossary.toml": GLOSSARY.encode()}
    lesson = files["lessons/talk.en.md"]
    files["lessons/talk.en.md"] = lesson + b"\n{#more}\nAsk for [consent](term:consent).\n"

    pack = read_pack(files)
    block = pack.topic("talk").lesson.block("more")

    assert pack.glossary["consent"].definition["en"] == "A free yes."
    assert terms_in(block) == ["consent"]
    assert 'href="#term-consent"' in render_markdown(block.text["en"])


def test_a_term_that_is_not_in_the_glossary_is_a_broken_link():
    files = sample_files()
    lesson = files["lessons/talk.en.md"]
    files["lessons/talk.en.md"] = lesson + b"\n{#more}\nAsk for [consent](term:consent).\n"
    line = files["lessons/talk.en.md"].count(b"\n")

    assert f"error lessons/talk.en.md:{line}: The glossary has no “consent”." in found(files)


def test_a_broken_glossary_is_one_fault_and_none_of_the_lessons_that_link_to_it():
    files = sample_files()
    files["lessons/talk.en.md"] += b"\n{#more}\nAsk for [consent](term:consent).\n"
    files["glossary.toml"] = b"[[terms]]\nkey = \n"

    errors = [line for line in found(files) if line.startswith("error")]

    assert [line.split(":")[0] for line in errors] == ["error glossary.toml"]
