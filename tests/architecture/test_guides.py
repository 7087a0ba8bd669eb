"""The guides name pages, buttons and fields as the screen does: whatever stands in italics there is a text of the interface."""

import gettext
import re
from pathlib import Path

import pytest

from tests.architecture.tree import ROOT, SRC, name

GUIDES = sorted((ROOT / "docs" / "guide").glob("*.md"))
# Italics that are no name of the screen: a word that the guide stresses.
STRESSED = {"exact", "published"}
ITALIC = re.compile(r"(?<![*\w])\*(?!\*)([^*]+)\*(?!\*)")


def texts_of_the_interface() -> set[str]:
    with (SRC / "locale" / "ru" / "LC_MESSAGES" / "django.mo").open("rb") as file:
        catalogue = gettext.GNUTranslations(file)._catalog
    singular = [one[0] if isinstance(one, tuple) else one for one in catalogue]
    return {text.rpartition("\x04")[2] for text in singular}


def named(guide: Path) -> list[str]:
    return [" ".join(found.split()) for found in ITALIC.findall(guide.read_text("utf-8"))]


@pytest.mark.parametrize("guide", GUIDES, ids=name)
def test_a_guide_names_only_what_the_screen_says(guide):
    assert [one for one in named(guide) if one not in texts_of_the_interface() | STRESSED] == []


@pytest.mark.parametrize("guide", GUIDES, ids=name)
def test_a_guide_is_short_and_names_where_to_go(guide):
    assert len(guide.read_text("utf-8").split()) <= 500
    assert len(named(guide)) >= 10


def test_there_is_a_guide_for_everybody_who_takes_part():
    assert [guide.stem for guide in GUIDES] == [
        "evaluation-and-donor",
        "focal-point",
        "interpreter",
        "organiser",
        "participant",
        "trainer-and-host",
    ]
