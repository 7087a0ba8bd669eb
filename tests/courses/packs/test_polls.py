"""Polls of every kind, as an author writes them."""

import pytest

from sabaq.courses.packs import read_pack
from tests.courses.packs.sample import changed, found, sample_files


def test_polls_of_every_kind_are_read_and_a_scale_names_its_ends_alone():
    polls = read_pack(sample_files()).topic("talk").polls

    assert [(poll.key, poll.kind.value) for poll in polls] == [
        ("first", "single"),
        ("several", "multiple"),
        ("sure", "scale"),
        ("in-a-word", "word"),
    ]
    assert [(option.key, option.text.get("ru")) for option in polls[2].options] == [
        ("1", "Совсем нет"),
        ("2", None),
        ("3", None),
        ("4", None),
        ("5", "Полностью"),
    ]
    assert polls[3].options == ()


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('kind = "scale"', 'kind = "stars"', "“stars” is none of: single, multiple, scale, word."),
        ('low = { en = "Not at all", ru = "Совсем нет" }\n', "", "“low” is missing."),
        (
            'question = { en = "What helps?", ru = "Что помогает?" }',
            'question = { en = "What helps?", ru = "Что помогает?" }\noptions = []',
            "options",
        ),
    ],
)
def test_a_poll_that_does_not_fit_its_kind_is_an_error(old, new, message):
    assert any(message in line for line in found(changed("slides/talk.polls.toml", old, new)))
