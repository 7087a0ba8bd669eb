import re
from pathlib import Path

import pytest
from django.test import override_settings

import sabaq.web
from sabaq.web.icons import ICONS


def test_the_style_page_is_not_shown_in_production(client, db):
    with override_settings(MODE="production"):
        assert client.get("/style/").status_code == 404


def test_the_style_page_is_shown_in_demo_mode(client, db):
    with override_settings(MODE="demo"):
        assert client.get("/style/").status_code == 200


STATIC = Path(sabaq.web.__file__).parent / "static" / "sabaq"
# What is no piece of a page: frames of whole pages, what only paper shows or hides, and the demo's own frame, whose bar
# stands above the style page itself.
FRAMES = {"class", "at-desk", "projected"}
ON_PAPER = {"off-print", "print", "aid", "glossary"}
OF_THE_DEMO = {"demo", "demo-lang", "demo-more", "demo-parts", "sides", "side", "phone"}
NOT_A_COMPONENT = FRAMES | ON_PAPER | OF_THE_DEMO


@pytest.fixture
def shown(client, db) -> str:
    with override_settings(MODE="demo"):
        return client.get("/style/").content.decode()


@pytest.mark.parametrize("sheet", sorted(path.name for path in STATIC.glob("*.css")))
def test_the_style_page_shows_every_component(shown, sheet):
    rules = re.sub(r"/\*.*?\*/", "", (STATIC / sheet).read_text("utf-8"), flags=re.DOTALL)
    selectors = " ".join(re.findall(r"([^{}]+)\{", rules))
    styled = set(re.findall(r"\.(-?[a-zA-Z][\w-]*)", selectors))
    used = set(" ".join(re.findall(r'class="([^"]*)"', shown)).split())

    assert styled - used - NOT_A_COMPONENT == set()


def test_the_style_page_shows_every_icon(shown):
    assert [name for name, drawing in ICONS.items() if f'd="{drawing}"' not in shown] == []
