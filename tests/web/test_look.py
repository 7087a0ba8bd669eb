import gzip
import re
from pathlib import Path

import brotli
import pytest
from django.template.loader import render_to_string
from django.test import RequestFactory

import sabaq.web
from sabaq.people.actors import Actor, Grant
from sabaq.people.enums import Role

STATIC = Path(sabaq.web.__file__).parent / "static" / "sabaq"
PARTICIPANT = Actor(grants=frozenset({Grant(Role.PARTICIPANT, edition_id=1, enrolment_id=1)}))


def page(template: str, actor: Actor | None = None, **context: object) -> str:
    request = RequestFactory().get("/somewhere/?a=1")
    if actor is not None:
        request.actor = actor
    return render_to_string(template, context, request=request)


def test_the_stylesheet_of_a_participant_is_at_most_4300_bytes_on_the_wire():
    assert len(brotli.compress((STATIC / "look.css").read_bytes())) <= 4300


def test_no_stylesheet_asks_for_another_file():
    for sheet in STATIC.glob("*.css"):
        assert "url(" not in sheet.read_text(), sheet.name
        assert "@import" not in sheet.read_text(), sheet.name


def test_an_empty_page_of_a_participant_is_at_most_1200_bytes_compressed():
    assert len(gzip.compress(page("learner.html", PARTICIPANT).encode())) <= 1200


@pytest.mark.parametrize("layout", ["base.html", "learner.html", "office.html", "class.html"])
def test_a_layout_renders_without_anybody_signed_in(layout):
    shown = page(layout)

    assert '<main id="main"' in shown
    assert 'href="#main"' in shown
    assert "style=" not in shown
    assert re.findall(r"\son\w+=", shown) == []


def test_the_language_switch_offers_the_other_language_and_comes_back_here():
    shown = page("base.html")

    assert '<button class="plain" name="language" value="ru" lang="ru">Русский</button>' in shown
    assert 'value="en"' not in shown
    assert '<input type="hidden" name="next" value="/somewhere/?a=1">' in shown


def test_a_name_in_the_office_header_is_isolated_and_escaped():
    shown = page("office.html", Actor(label="O‘g‘iloy <b>", account_id=1))

    assert "<bdi>O‘g‘iloy &lt;b&gt;</bdi>" in shown


@pytest.mark.parametrize("code", ["400", "403", "403_csrf", "404", "409", "413", "429", "error"])
def test_an_error_page_says_what_happened_what_is_safe_and_where_to_go(code):
    shown = page(f"{code}.html")
    main = shown.partition("<main")[2].partition("</main>")[0]

    assert main.count("<h1>") == 1
    assert main.count("<p>") == 2
    assert main.count('class="btn"') == 1


def test_the_page_of_a_crash_needs_no_context():
    shown = render_to_string("500.html")

    assert "<h1>Something went wrong on our side</h1>" in shown


def test_an_error_page_shows_the_sentence_of_the_error_escaped():
    assert "<p>All &lt;60&gt; seats are taken.</p>" in page(
        "error.html", error="All <60> seats are taken."
    )
