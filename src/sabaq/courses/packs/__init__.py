"""A pack: a course as a folder of Markdown and TOML, read without touching the database.

`reading` turns files into the frozen `parts`, `checking` tells an author what to mend, `render` gives safe
HTML, `digests` names content. The format is documented in docs/author/pack-format.md.
"""

from sabaq.courses.packs.digests import manifest, version_digest
from sabaq.courses.packs.findings import Finding, PackError, Severity
from sabaq.courses.packs.parts import (
    Asked,
    Block,
    Confidence,
    Deck,
    Item,
    LegalCard,
    Lesson,
    Objective,
    Option,
    Pack,
    Poll,
    PollKind,
    Promise,
    Question,
    Slide,
    Survey,
    Test,
    Topic,
)
from sabaq.courses.packs.reading import check_pack, read_pack, translations_of
from sabaq.kernel.i18n import Text, text_in

__all__ = [
    "Asked",
    "Block",
    "Confidence",
    "Deck",
    "Finding",
    "Item",
    "LegalCard",
    "Lesson",
    "Objective",
    "Option",
    "Pack",
    "PackError",
    "Poll",
    "PollKind",
    "Promise",
    "Question",
    "Severity",
    "Slide",
    "Survey",
    "Test",
    "Text",
    "Topic",
    "check_pack",
    "manifest",
    "read_pack",
    "text_in",
    "translations_of",
    "version_digest",
]
