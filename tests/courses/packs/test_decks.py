"""The minutes an author plans for a slide."""

import pytest

from sabaq.courses.packs import read_pack
from tests.courses.packs.sample import changed, found, sample_files


@pytest.mark.parametrize("written", ["0", "181", "five", "1000000"])
def test_minutes_that_cannot_be_are_refused_with_their_line(written):
    files = changed("slides/talk.en.md", "poll=first", f"poll=first minutes={written}")

    assert (
        f"error slides/talk.en.md:2: “minutes={written}” cannot be: write a whole number from 1 to 180."
        in found(files)
    )


def test_the_minutes_of_a_slide_are_optional_and_make_no_translation_stale():
    planned = changed("slides/talk.en.md", "poll=first", "poll=first minutes=6")

    slides = [
        read_pack(files).topic("talk").deck.slide("open") for files in (sample_files(), planned)
    ]

    assert [(slide.minutes, slide.stale) for slide in slides] == [
        (None, frozenset()),
        (6, frozenset()),
    ]
