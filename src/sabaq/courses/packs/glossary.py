"""The glossary: `glossary.toml`, every term with its definition."""

import unicodedata
from collections.abc import Collection, Iterable

from django.utils.translation import gettext_lazy as _

from sabaq.courses.editions.reading import Table
from sabaq.courses.packs.parts import Term
from sabaq.courses.packs.tables import TomlFile, Tongues
from sabaq.kernel.i18n import text_in


def read_glossary(file: TomlFile, tongues: Tongues, topics: Collection[str]) -> dict[str, Term]:
    """Give the terms by key, in the order of the file."""
    seen: set[str] = set()
    terms = [_term(file, table, tongues, topics, seen) for table in file.table.tables("terms")]
    if not terms:
        file.table.wrong("terms", _("Write at least one [[terms]]."))
    return {term.key: term for term in terms}


def _term(
    file: TomlFile, table: Table, tongues: Tongues, topics: Collection[str], seen: set[str]
) -> Term:
    term = Term(
        key=table.slug("key"),
        term=file.texts(table, "term", tongues),
        definition=file.texts(table, "definition", tongues),
        topics=tuple(table.slugs("topics", ())),
    )
    for topic in term.topics:
        if topic not in topics:
            table.wrong("topics", _("pack.toml names no topic “%(key)s”."), key=topic)
    file.refuse_double(table, term.key, seen)
    table.end()
    return term


def terms_matching(terms: Iterable[Term], asked: str, language: str) -> list[Term]:
    """Give the terms that have `asked` in a name of any language, in the alphabet of `language`.

    Those that begin with it come first; without anything asked all are given.
    """
    wanted = _plain(asked)
    matching = [
        term for term in terms if any(wanted in _plain(name) for name in term.term.values())
    ]

    def place(term: Term) -> tuple[bool, str]:
        begins = any(_plain(name).startswith(wanted) for name in term.term.values())
        return (not begins, _plain(text_in(term.term, language).text))

    return sorted(matching, key=place)


def _plain(text: str) -> str:
    """Give what is compared: without case, marks around it, and the dots of ё, which few people type."""
    return unicodedata.normalize("NFC", text).casefold().replace("ё", "е").strip(' «»“”"')
