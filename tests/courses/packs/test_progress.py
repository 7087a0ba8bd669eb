from sabaq.courses.packs import read_pack
from sabaq.courses.packs.progress import progress_of, sentence_lengths
from tests.courses.packs.sample import changed, sample_files


def test_a_missing_translation_shows_as_one_text_less():
    files = changed(
        "tests/knowledge.toml",
        'stem = { en = "She pauses.", ru = "Она молчит." }',
        'stem = { en = "She pauses." }',
    )

    english, russian = progress_of(read_pack(files)).translations

    assert (english.language, english.done, english.of) == ("en", 42, 42)
    assert (russian.language, russian.done, russian.of, russian.stale) == ("ru", 41, 42, 0)


def test_a_source_written_anew_shows_as_a_translation_that_is_older():
    files = changed("lessons/talk.en.md", "People say", "Most people say")

    assert progress_of(read_pack(files)).translations[1].stale == 1


def test_a_text_of_the_source_that_is_not_there_is_not_asked_of_others():
    files = sample_files()
    del files["lessons/talk.ru.md"]

    russian = progress_of(read_pack(files)).translations[1]

    assert 0 < russian.done < russian.of == 42


def test_sentences_end_with_their_mark_their_line_and_their_cell():
    texts = [
        "Listen. Do not ask why, and wait: she speaks first.",
        "- One\n- Two words",
        "| A b | [c d](term:x-y) |",
    ]

    assert sentence_lengths(texts) == [1, 6, 3, 1, 2, 2, 2]
