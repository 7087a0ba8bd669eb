from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sabaq.courses.packs import PackError, Severity, check_pack, read_pack, text_in
from sabaq.courses.packs.digests import block_hash
from sabaq.courses.packs.parts import BlockKind, Level, QuestionKind
from tests.courses.packs.sample import TODAY, changed, found, sample_files


def test_a_sound_pack_has_no_findings():
    assert found(sample_files()) == []


def test_a_pack_is_read_with_everything_in_it():
    pack = read_pack(sample_files())

    topic = pack.topic("talk")
    assert (pack.slug, pack.version, pack.languages) == ("small", "1", ("en", "ru"))
    assert [(t.key, t.is_outline) for t in pack.topics] == [("talk", False), ("later", True)]
    assert [(b.id, b.kind) for b in topic.lesson.blocks] == [
        ("why", BlockKind.HEADING),
        ("reason", BlockKind.TEXT),
        ("goals", BlockKind.AIMS),
        ("law", BlockKind.CARD),
    ]
    assert topic.lesson.block("reason").text == {
        "en": "People say the *main thing* last.",
        "ru": "Главное говорят *в конце*.",
    }
    slide = topic.deck.slide("open")
    assert (slide.title, slide.poll) == (
        {"en": "Who speaks first?", "ru": "Кто говорит первым?"},
        "first",
    )
    assert slide.body == {"en": "- You\n- She", "ru": "- Вы\n- Она"}
    assert slide.notes == {"en": "Wait.", "ru": "Подождите."}
    assert slide.interpreter == {"en": "Both are women.", "ru": "Обе\N{NO-BREAK SPACE}— женщины."}
    assert pack.poll("first").options[1].text["ru"] == "Она"
    item = pack.tests["knowledge"].item("last-words")
    assert (item.correct, item.level, item.option("a").explanation["en"]) == (
        "b",
        Level.APPLY,
        "Too early.",
    )
    survey = pack.surveys["closing"]
    assert [(q.key, q.kind, [o.key for o in q.options]) for q in survey.questions] == [
        ("useful", QuestionKind.LIKERT, ["1", "2", "3", "4", "5"]),
        ("best", QuestionKind.CHOICE, ["talk", "later"]),
        ("comment", QuestionKind.OPEN, []),
    ]


def test_a_missing_translation_falls_back_and_says_so():
    pack = read_pack(changed("pack.toml", ', ru = "Беседа"', ""))

    text = text_in(pack.topic("talk").title, "ru")

    assert (text.text, text.language, text.is_fallback) == ("Talking", "en", True)


def test_line_ends_and_a_byte_order_mark_change_nothing_that_is_read():
    files = sample_files()
    windows = {path: b"\xef\xbb\xbf" + data.replace(b"\n", b"\r\n") for path, data in files.items()}

    assert found(windows) == []
    assert read_pack(windows).topic("talk") == read_pack(files).topic("talk")


@pytest.mark.parametrize(
    ("path", "old", "new", "finding"),
    [
        (
            "pack.toml",
            'licence = "CC BY 4.0"',
            'licence = "CC BY 4.0"\nlicense = "MIT"',
            "pack.toml:6: license: “license” is not known here. Did you mean “licence”?",
        ),
        (
            "pack.toml",
            'en = "Talking", ',
            "",
            "pack.toml:10: topics[1].title: The text in “en” is missing.",
        ),
        (
            "pack.toml",
            'key = "later"',
            'key = "talk"',
            "pack.toml:16: topics[2].key: “talk” stands here twice.",
        ),
        (
            "pack.toml",
            'key = "later"\nstatus = "outline"',
            'key = "later"',
            "pack.toml:15: topics[2].status: A complete topic needs lessons/later.en.md and slides/later.en.md.",
        ),
        (
            "pack.toml",
            '"small"',
            '"small',
            "pack.toml:1: This is not TOML: Illegal character '\\n' (at line 1, column 14)",
        ),
        (
            "lessons/talk.en.md",
            "{#reason}\n",
            "",
            "lessons/talk.en.md:4: This block has no id. Write a line such as {#first-contact} above it.",
        ),
        (
            "lessons/talk.en.md",
            "{#goals}",
            "{#why}",
            "lessons/talk.en.md:8: The id “why” stands here twice; first on line 2.",
        ),
        (
            "lessons/talk.en.md",
            "::: aims\n:::",
            "::: aims",
            "lessons/talk.en.md:8: “::: aims” is not closed by a line “:::”.",
        ),
        (
            "lessons/talk.en.md",
            "::: aims",
            "::: goals",
            "lessons/talk.en.md:8: “::: goals” has no place here; these have: aims, card.",
        ),
        (
            "lessons/talk.en.md",
            "card rule-1",
            "card rule-2",
            "lessons/talk.en.md:12: There is no legal card “rule-2” in cards/.",
        ),
        (
            "lessons/talk.en.md",
            "*main thing*",
            "[main thing](#nowhere)",
            "lessons/talk.en.md:5: The link leads to “#nowhere”, which is not here.",
        ),
        (
            "lessons/talk.en.md",
            "*main thing*",
            "![main thing](media/a.png)",
            "lessons/talk.en.md:5: There is no picture “media/a.png” in media/.",
        ),
        (
            "lessons/talk.en.md",
            "{#goals}",
            "{#goals onclick=x}",
            None,
        ),
        (
            "lessons/talk.en.md",
            "{#goals}",
            "{#goals style=x}",
            "lessons/talk.en.md:8: The attribute “style” is not known.",
        ),
        (
            "lessons/talk.en.md",
            "card rule-1\n:::\n",
            "card rule-1\n:::\n\n{#end}\n",
            "lessons/talk.en.md:15: This line names a block, but no block follows it.",
        ),
        (
            "lessons/talk.ru.md",
            "{#reason ",
            "{#raeson ",
            "lessons/talk.ru.md:5: The source language has no “raeson”.",
        ),
        (
            "slides/talk.en.md",
            "poll=first",
            "poll=second",
            "slides/talk.en.md:2: There is no poll “second” among the polls of this deck.",
        ),
        (
            "tests/knowledge.toml",
            'correct = "b"\n',
            "",
            "tests/knowledge.toml:3: items[1]: “correct” is missing.",
        ),
        (
            "tests/knowledge.toml",
            'correct = "b"',
            'correct = "c"',
            "tests/knowledge.toml:8: items[1].correct: “c” is none of: a, b.",
        ),
        (
            "tests/knowledge.toml",
            'explanation = { en = "Right.", ru = "Верно." }\n',
            "",
            "tests/knowledge.toml:14: items[1].options[2]: “explanation” is missing.",
        ),
        (
            "tests/knowledge.toml",
            'objective = "listen"',
            'objective = "speak"',
            "tests/knowledge.toml:6: items[1].objective: “speak” is none of: listen.",
        ),
        (
            "tests/knowledge.toml",
            '"apply"',
            '"create"',
            "tests/knowledge.toml:7: items[1].level: “create” is none of: remember, understand, apply.",
        ),
        (
            "cards/law.toml",
            '"KZ"',
            '"XX"',
            "cards/law.toml:3: cards[1].jurisdiction: “XX” is none of: international, KZ, KG, TJ, TM, UZ.",
        ),
        (
            "cards/law.toml",
            "2026-03-01",
            '"March"',
            "cards/law.toml:4: cards[1].verified_on: This must be a date, such as 2027-02-04.",
        ),
    ],
)
def test_each_mistake_is_said_with_file_and_line(path, old, new, finding):
    files = changed(path, old, new)

    errors = [f for f in check_pack(files, today=TODAY) if f.severity is Severity.ERROR]

    if finding is None:
        assert errors == []
        return
    assert finding in [str(f) for f in errors]
    with pytest.raises(PackError) as refused:
        read_pack(files)
    assert refused.value.findings == errors


@pytest.mark.parametrize(
    ("path", "old", "new", "finding"),
    [
        (
            "lessons/talk.en.md",
            "*main thing* last",
            "main thing at the very end",
            (
                "lessons/talk.ru.md:5: The source of “reason” has changed since it was translated. "
                "Compare, mend, then write src=%s."
            ),
        ),
        (
            "lessons/talk.ru.md",
            "\n\n{#reason",
            "\n\n{#why2",
            None,
        ),
        (
            "tests/knowledge.toml",
            '{ en = "Wait", ru = "Ждать" }',
            '{ en = "Wait, wait and wait", ru = "Ждать" }',
            "tests/knowledge.toml:8: items[1].correct: In “en” the right option is much longer than the others.",
        ),
        (
            "pack.toml",
            ', ru = "Дослушать до конца."',
            "",
            "pack.toml:13: topics[1].objectives[1].text: The text in “ru” is missing.",
        ),
        (
            "pack.toml",
            'text = { en = "Listen to the end.", ru = "Дослушать до конца." }\n',
            (
                'text = { en = "Listen to the end.", ru = "Дослушать до конца." }\n'
                '[[topics.objectives]]\nkey = "ask"\ntext = { en = "Ask.", ru = "Спросить." }\n'
            ),
            "pack.toml:14: topics[1].objectives[2]: No item asks about “ask”.",
        ),
    ],
)
def test_what_a_reader_would_notice_is_a_warning(path, old, new, finding):
    files = changed(path, old, new)

    findings = found(files)

    if finding is None:
        assert [one for one in findings if one.startswith("warning ")] == [
            "warning lessons/talk.ru.md:1: The block “reason” (line 5 of the source) is not translated."
        ]
        return
    if "%s" in finding:
        finding %= block_hash("People say the main thing at the very end.")
    assert findings == [f"warning {finding}"]
    assert read_pack(files).slug == "small"


@pytest.mark.parametrize("confidence", ["high", "medium", "low"])
def test_a_card_that_says_of_itself_that_it_is_unverified_is_a_note(confidence):
    files = changed("cards/law.toml", '"found"', f'"{confidence}"')

    assert found(files) == [
        (
            "note cards/law.toml:5: cards[1].confidence: This card was not found in a source; "
            "readers are told to verify it before use."
        )
    ]


def test_a_stale_translation_is_marked_in_its_block():
    pack = read_pack(changed("lessons/talk.en.md", "*main thing* last", "main thing late"))

    stale = {block.id: block.stale for block in pack.topic("talk").lesson.blocks}

    assert stale["reason"] == {"ru"}
    assert stale["why"] == frozenset()


def test_a_changed_note_makes_the_slide_stale():
    pack = read_pack(changed("slides/talk.en.md", "Wait.", "Wait a little."))

    assert pack.topic("talk").deck.slide("open").stale == {"ru"}


def test_a_slide_that_holds_too_much_is_named():
    files = changed("slides/talk.en.md", "- You", "\n".join(f"- You {n}" for n in range(8)))

    assert (
        "slides/talk.en.md:2: The slide “open” holds too much: a title of 17 letters, 9 lines and "
        "43 letters; 70, 7 and 420 can be read."
    ) in [str(f) for f in check_pack(files, today=TODAY)]


def test_a_card_warns_from_twelve_months_on():
    files = sample_files()

    assert found(files, today=date(2027, 2, 28)) == []
    assert found(files, today=date(2027, 3, 1)) == [
        (
            "warning cards/law.toml:4: cards[1].verified_on: This card was verified on 2026-03-01, "
            "twelve months ago or more. Verify it anew."
        )
    ]


def test_files_that_nothing_reads_are_named():
    files = {**sample_files(), "slides/talk.uz.md": b"", "lesson/talk.en.md": b""}

    assert found(files) == [
        "warning lesson/talk.en.md:1: Nothing reads this file. Is its name or folder misspelt?",
        "error slides/talk.uz.md:1: pack.toml names no topic, job aid or language that this file would belong to.",
    ]


@pytest.mark.parametrize("path", ["../evil.md", "/etc/x", "media/../../x", "media/.hidden", "a b"])
def test_unsafe_paths_are_refused(path):
    with pytest.raises(PackError, match="Name files with letters"):
        read_pack({**sample_files(), path: b""})


def test_a_file_that_is_no_text_is_refused_with_its_line():
    files = {**sample_files(), "lessons/talk.ru.md": b"one\ntwo \xff\n"}

    with pytest.raises(PackError, match=r"lessons/talk.ru.md:2: This is not UTF-8 text"):
        read_pack(files)


def test_an_empty_folder_is_refused():
    with pytest.raises(PackError, match=r"pack.toml:1: The file is missing"):
        read_pack({})


TOML_VALUES = st.sampled_from(
    ['""', "1", "true", "[]", "{}", "[1]", '["x"]', "1979-05-27", "{en = 1}"]
)
PATHS = st.sampled_from([path for path in sample_files() if path.endswith(".toml")])


@given(path=PATHS, number=st.integers(0, 40), value=TOML_VALUES)
def test_no_wrong_value_ends_in_a_traceback(path, number, value):
    files = sample_files()
    lines = files[path].decode().split("\n")
    pairs = [n for n, line in enumerate(lines) if " = " in line and line[0] != " "]
    line = pairs[number % len(pairs)]
    lines[line] = f"{lines[line].split(' = ')[0]} = {value}"

    for finding in check_pack({**files, path: "\n".join(lines).encode()}, today=TODAY):
        assert finding.line >= 1


@given(data=st.binary(max_size=60), path=st.sampled_from(sorted(sample_files())))
def test_no_bytes_end_in_a_traceback(data, path):
    files = {**sample_files(), path: sample_files()[path][:200] + data}

    for finding in check_pack(files, today=TODAY):
        assert finding.line >= 1
