"""A translation in TOML knows, by `translations.lock`, which text it was made from."""

from sabaq.courses.packs import check_pack, read_pack, translations_of
from sabaq.courses.packs.progress import progress_of
from sabaq.courses.packs.translations import LOCK, lock_of
from tests.courses.packs.sample import TODAY, changed, found, sample_files

LOCKED = {LOCK: lock_of(translations_of(sample_files()))}


def test_the_lock_names_each_text_by_keys_and_says_what_it_was_made_from():
    lines = LOCKED[LOCK].decode().split("\n")

    assert lines[1:7] == [
        "",
        "[cards/law.toml]",
        "cards.rule-1.source ru=9503c287",
        "cards.rule-1.text ru=64df4035",
        "cards.rule-1.title ru=5a15e47d",
        "",
    ]
    assert "items.last-words.options.a.explanation ru" in {x.partition("=")[0] for x in lines}


def test_nothing_is_found_in_a_pack_whose_translations_were_all_compared():
    assert check_pack(sample_files() | LOCKED, today=TODAY) == []


def test_a_source_that_has_changed_is_told_on_the_line_of_its_translation():
    files = changed("tests/knowledge.toml", 'en = "Right."', 'en = "So it is."') | LOCKED

    assert found(files) == [
        (
            "warning tests/knowledge.toml:17: items[1].options[2].explanation.ru: "
            "The source has changed since it was translated. Compare, mend, then --accept."
        )
    ]
    stale = {one.language: one.stale for one in progress_of(read_pack(files)).translations}
    assert stale == {"en": 0, "ru": 1}


def test_lines_wrapped_anew_and_tables_in_another_order_make_nothing_stale():
    files = sample_files() | LOCKED
    first, mark, rest = files["pack.toml"].decode().partition("\n[[topics]]\n")
    talk, _, later = rest.partition("\n[[topics]]\n")
    files["pack.toml"] = (first + mark + later + mark + talk).encode()

    assert found(files) == []


def test_a_translation_that_is_new_asks_to_be_compared():
    entry = b"cards.rule-1.text ru=64df4035\n"
    assert entry in LOCKED[LOCK]
    files = sample_files() | {LOCK: LOCKED[LOCK].replace(entry, b"")}

    assert found(files) == [
        (
            "warning cards/law.toml:7: cards[1].text.ru: "
            "Nobody has said that this translation was compared. Do so, then --accept."
        )
    ]


def test_a_pack_without_the_file_is_told_so_once_and_not_blamed():
    assert [f"{one.severity.value} {one}" for one in check_pack(sample_files(), today=TODAY)] == [
        (
            "note translations.lock:1: The file is missing, so nobody sees which texts in TOML have changed "
            "since they were translated. Once you have compared them, “--accept” writes it."
        )
    ]


def test_what_stands_in_the_file_without_a_text_is_a_note_and_what_nobody_can_read_an_error():
    files = sample_files() | {LOCK: LOCKED[LOCK] + b"gone.title ru=00000000\nru\n"}
    last = files[LOCK].count(b"\n")

    assert [f"{one.severity.value} {one}" for one in check_pack(files, today=TODAY)] == [
        f"note translations.lock:{last - 1}: No text stands there any more; --accept tidies up.",
        (
            f"error translations.lock:{last}: This line cannot be read. "
            "Let “sabaq pack check --accept” write it."
        ),
    ]
