import tomllib
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sabaq.courses.editions.lines import lines_of

TEXT = '''# a comment with [brackets] and = signs
format = 1

[edition]
slug = "regional" # not = a key
title = { en = "A # title", ru = 'Заголовок' }
languages = [
    "ru",  # first
    "en",
]
"quoted key" = 1
a.b."c.d" = 2
notice = """
[not a header]
key = "not a key" \\""" still inside ""\"""
after = true

[[sessions]]
key = "one"
starts_at = 2027-02-04T10:00:00

[sessions.title]
en = "One"

[[sessions]]
key = "two"
contributors = [{ name = "x" }, { name = "y",
  }]
'''.replace(
    """{ name = "y",
  }""",
    """{ name = "y" }""",
)


@pytest.mark.parametrize(
    ("path", "line"),
    [
        (("format",), 2),
        (("edition",), 4),
        (("edition", "slug"), 5),
        (("edition", "title"), 6),
        (("edition", "title", "ru"), 6),
        (("edition", "languages"), 7),
        (("edition", "languages", 0), 8),
        (("edition", "languages", 1), 9),
        (("edition", "quoted key"), 11),
        (("edition", "a", "b", "c.d"), 12),
        (("edition", "notice"), 13),
        (("edition", "after"), 16),
        (("sessions", 0), 18),
        (("sessions", 0, "starts_at"), 20),
        (("sessions", 0, "title", "en"), 23),
        (("sessions", 1), 25),
        (("sessions", 1, "contributors", 1, "name"), 27),
    ],
)
def test_every_key_table_and_element_has_its_line(path, line):
    tomllib.loads(TEXT)

    assert lines_of(TEXT).of(path) == line


def test_a_missing_key_answers_with_the_line_of_its_table():
    lines = lines_of(TEXT)

    assert lines.of(("sessions", 1, "topic")) == 25
    assert lines.of(("nowhere",)) == 1


WORDS = st.text("abcABC019_- .ыʻ#=[]\"'\\{},\t", min_size=0, max_size=12)
SCALARS = st.one_of(WORDS, st.integers(-99, 99), st.booleans(), st.just("two\nlines\n[x]\ny = 1"))
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(WORDS, inner, max_size=3)),
    max_leaves=6,
)
DOCUMENTS = st.dictionaries(
    WORDS,
    st.one_of(
        VALUES,
        st.dictionaries(WORDS, VALUES, min_size=1, max_size=3).map(lambda table: ("table", table)),
        st.lists(st.dictionaries(WORDS, VALUES, max_size=3), min_size=1, max_size=3).map(
            lambda tables: ("tables", tables)
        ),
    ),
    max_size=4,
)


def quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\t", "\\t")
    return f'"{escaped}"' if "\n" not in text else f'"""\n{escaped}"""'


class Writer:
    """Writes TOML and remembers where it put each key."""

    def __init__(self) -> None:
        self.text = ""
        self.lines: dict[tuple[Any, ...], int] = {}

    def put(self, text: str) -> None:
        self.text += text

    def mark(self, path: tuple[Any, ...]) -> None:
        self.lines[path] = self.text.count("\n") + 1

    def value(self, value: Any, path: tuple[Any, ...], *, inline: bool = False) -> None:
        if isinstance(value, str):
            self.put(quoted(value))
        elif isinstance(value, dict):
            self.put("{ ")
            for place, (key, inner) in enumerate(value.items()):
                self.put(", " if place else "")
                self.mark((*path, key))
                self.put(f"{quoted(key)} = ")
                self.value(inner, (*path, key), inline=True)
            self.put(" }")
        elif isinstance(value, list):
            gap = " " if inline else " # note ]\n  "
            self.put("[")
            for place, inner in enumerate(value):
                self.put(gap)
                self.mark((*path, place))
                self.value(inner, (*path, place), inline=True)
                self.put(",")
            self.put("]")
        else:
            self.put(str(value).lower())

    def pairs(self, table: dict[str, Any], path: tuple[Any, ...]) -> None:
        for key, value in table.items():
            self.mark((*path, key))
            self.put(f"{quoted(key)} = ")
            self.value(value, (*path, key))
            self.put("\n# between = [\n")

    def document(self, document: dict[str, Any]) -> None:
        self.pairs({k: v for k, v in document.items() if not isinstance(v, tuple)}, ())
        for key, value in document.items():
            if not isinstance(value, tuple):
                continue
            kind, tables = value
            for index, table in enumerate([tables] if kind == "table" else tables):
                path = (key,) if kind == "table" else (key, index)
                self.mark(path)
                self.lines.setdefault((key,), self.lines[path])
                self.put(f"[{quoted(key)}]\n" if kind == "table" else f"[[ {quoted(key)} ]]\n")
                self.pairs(table, path)


def paths_of(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    if path:
        yield path
    items = value.items() if isinstance(value, dict) else enumerate(value)
    for key, inner in items:
        if isinstance(inner, dict | list):
            yield from paths_of(inner, (*path, key))
        else:
            yield (*path, key)


@given(DOCUMENTS)
def test_lines_agree_with_where_a_writer_put_each_key(document):
    writer = Writer()
    writer.document(document)

    lines = lines_of(writer.text)

    paths = list(paths_of(tomllib.loads(writer.text)))
    assert {path: lines.of(path) for path in paths} == {path: writer.lines[path] for path in paths}
    assert all(path in lines for path in paths)
