"""The glossary: `glossary.toml`, every term with its definition."""

from collections.abc import Collection

from django.utils.translation import gettext_lazy as _

from sabaq.courses.editions.reading import Table
from sabaq.courses.packs.parts import Term
from sabaq.courses.packs.tables import TomlFile, Tongues


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
