"""Every text that a person reads can be translated, and the translations are whole."""

import gettext
import re
from html.parser import HTMLParser
from importlib import import_module

import pytest
from django.utils.functional import Promise

from sabaq.kernel.errors import DomainError
from tests.architecture.tree import SRC, name, python_files, templates

# Names of things, which no language changes: the product, file formats, languages by their own name.
UNTRANSLATED = {"Sabaq", "Русский", "English", "2027-ABCD-1234"}
# Shows every piece of the interface to those who build it, with invented people and quoted languages.
SHOWCASE = "style.html"
SPOKEN_ATTRIBUTES = {"alt", "aria-description", "aria-label", "placeholder", "title"}
COMMENTS = re.compile(r"{%\s*comment.*?endcomment\s*%}|{#.*?#}", re.DOTALL)
MARKED = re.compile(r"{%\s*blocktrans.*?endblocktrans(late)?\s*%}", re.DOTALL)
TAGS = re.compile(
    r"{%\s*block (?:main_class|viewport|body_attrs).*?endblock.*?%}|{%.*?%}|{{.*?}}", re.DOTALL
)
# Stands where a template tag was: no markup, no word.
GAP = "\ue000"
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%%|%[sd]")
WORD = re.compile(r"[^\W\d_]{2,}")
CATALOGUES = sorted((SRC / "locale").rglob("*.mo"))


class Spoken(HTMLParser):
    """Collects what a template shows or says by itself, outside of translated text."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.silent += tag in {"script", "style"}
        self.found += [value for key, value in attrs if key in SPOKEN_ATTRIBUTES and value]

    def handle_endtag(self, tag: str) -> None:
        self.silent -= tag in {"script", "style"}

    def handle_data(self, data: str) -> None:
        if not self.silent:
            self.found.append(data)


def unmarked(template: str) -> list[str]:
    """Give the words of a template that no translator ever sees."""
    page = Spoken()
    page.feed(TAGS.sub(GAP, MARKED.sub(GAP, COMMENTS.sub("", template))))
    pieces = [piece.strip(" ·\n") for text in page.found for piece in text.split(GAP)]
    return [piece for piece in pieces if WORD.search(piece) and piece not in UNTRANSLATED]


@pytest.mark.parametrize("path", [path for path in templates() if path.name != SHOWCASE], ids=name)
def test_a_template_says_nothing_that_cannot_be_translated(path):
    assert unmarked(path.read_text("utf-8")) == []


@pytest.mark.parametrize(
    ("template", "words"),
    [
        ("<p>Good morning</p>", ["Good morning"]),
        ('<p>{% translate "Good morning" %}</p>', []),
        ("{% blocktranslate %}Good {{ part }}{% endblocktranslate %}<b>now</b>", ["now"]),
        ('<img alt="A map" class="wide">', ["A map"]),
        ("{# note #}{% comment %}Why{% endcomment %}<i>{{ name }}, {{ place }} 5 %</i>", []),
    ],
)
def test_unmarked_words_are_found(template, words):
    assert unmarked(template) == words


def errors(kind: type[DomainError] = DomainError) -> list[type[DomainError]]:
    return [kind, *(error for child in kind.__subclasses__() for error in errors(child))]


def test_every_error_can_be_translated():
    for path in python_files():
        if path.is_relative_to(SRC) and "DomainError)" in path.read_text("utf-8"):
            import_module(".".join(path.relative_to(SRC.parent).with_suffix("").parts))

    assert len(errors()) > 40
    assert [error for error in errors() if not isinstance(error.message, Promise)] == []


@pytest.mark.parametrize("path", CATALOGUES, ids=name)
def test_a_translation_uses_the_values_of_its_source(path):
    with path.open("rb") as file:
        catalogue = vars(gettext.GNUTranslations(file))["_catalog"]
    amiss = [
        (source, text)
        for source, text in catalogue.items()
        if source and values(text) != values(source[0] if isinstance(source, tuple) else source)
    ]

    assert len(catalogue) > 1000
    assert amiss == []


def values(text: str) -> set[str]:
    return set(PLACEHOLDER.findall(text))
