"""Lessons: one Markdown file per language, the blocks matched by id."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from sabaq.courses.packs.digests import block_hash
from sabaq.courses.packs.findings import Findings
from sabaq.courses.packs.markdown import TERM, Chunk, chunks_of, links_of
from sabaq.courses.packs.parts import Block, BlockKind, LegalCard, Lesson
from sabaq.courses.packs.tables import Tongues
from sabaq.courses.packs.typography import typeset

LESSON_HAS = {"aims": BlockKind.AIMS, "card": BlockKind.CARD}
AID_HAS = {"card": BlockKind.CARD, "contacts": BlockKind.CONTACTS}
EXERCISE_HAS: dict[str, BlockKind] = {}


@dataclass(frozen=True)
class Sheet:
    """One language's file of a lesson or a deck."""

    path: str
    language: str
    text: str


def read_lesson(
    sheets: Mapping[str, Sheet],
    tongues: Tongues,
    cards: Mapping[str, LegalCard],
    findings: Findings,
    *,
    terms: Collection[str] | None = (),
    directives: Mapping[str, BlockKind] = LESSON_HAS,
) -> Lesson:
    """Build a lesson from its sheets (by language; the source language is among them).

    `terms` are the keys of the glossary that it may link to (None: not known), `directives` what it has besides text.
    """
    source = sheets[tongues.source]
    chunks = _named(source, findings, allowed=set())
    for chunk in chunks.values():
        _check_kind(chunk, source, cards, findings, directives)
    blocks = {
        block_id: _block(block_id, chunk, tongues, directives) for block_id, chunk in chunks.items()
    }
    for language in tongues.others:
        if language in sheets:
            translated = _named(sheets[language], findings, allowed={"src"})
            _translate(blocks, chunks, sheets[language], translated, findings)
    for sheet in sheets.values():
        check_links(sheet.path, sheet.text, set(blocks), findings, terms=terms)
    return Lesson(tuple(blocks.values()))


def _named(sheet: Sheet, findings: Findings, *, allowed: set[str]) -> dict[str, Chunk]:
    named: dict[str, Chunk] = {}
    for chunk in chunks_of(sheet.text, sheet.path, findings, allowed=allowed):
        if not chunk.id:
            findings.error(
                sheet.path,
                chunk.line,
                _("This block has no id. Write a line such as {#first-contact} above it."),
            )
        elif chunk.id in named:
            findings.error(
                sheet.path,
                chunk.line,
                _("The id “%(id)s” stands here twice; first on line %(line)s."),
                id=chunk.id,
                line=named[chunk.id].line,
            )
        else:
            named[chunk.id] = chunk
    return named


def _check_kind(
    chunk: Chunk,
    sheet: Sheet,
    cards: Mapping[str, LegalCard],
    findings: Findings,
    directives: Mapping[str, BlockKind],
) -> None:
    if chunk.level == 1:
        findings.error(
            sheet.path, chunk.line, _("The page has the title of the topic already; begin with ##.")
        )
    if chunk.directive and chunk.directive not in directives:
        findings.error(
            sheet.path,
            chunk.line,
            _("“::: %(name)s” has no place here; these have: %(known)s."),
            name=chunk.directive,
            known=", ".join(directives) or "—",
        )
    if chunk.directive == "card" and chunk.argument not in cards:
        findings.error(
            sheet.path,
            chunk.line,
            _("There is no legal card “%(key)s” in cards/."),
            key=chunk.argument,
        )


def _block(
    block_id: str, chunk: Chunk, tongues: Tongues, directives: Mapping[str, BlockKind]
) -> Block:
    kind = directives.get(chunk.directive, BlockKind.TEXT)
    if chunk.level:
        kind = BlockKind.HEADING
    if chunk.directive in directives:
        # Its words stand in cards/ or pack.toml: there is nothing here to translate.
        return Block(block_id, kind, {}, block_hash(""), card=chunk.argument)
    text = {tongues.source: typeset(chunk.text, tongues.source)}
    return Block(block_id, kind, text, block_hash(chunk.text))


def _translate(
    blocks: dict[str, Block],
    chunks: Mapping[str, Chunk],
    sheet: Sheet,
    translated: Mapping[str, Chunk],
    findings: Findings,
) -> None:
    for block_id, block in list(blocks.items()):
        if not block.text:
            continue
        chunk = translated.get(block_id)
        if chunk is None:
            findings.warn(
                sheet.path,
                1,
                _("The block “%(id)s” (line %(line)s of the source) is not translated."),
                id=block_id,
                line=chunks[block_id].line,
            )
            continue
        check_made_from(sheet.path, chunk, block.hash, findings)
        is_stale = chunk.attributes.get("src") != block.hash
        stale = block.stale | {sheet.language} if is_stale else block.stale
        texts = {**block.text, sheet.language: typeset(chunk.text, sheet.language)}
        blocks[block_id] = Block(block.id, block.kind, texts, block.hash, stale)
    refuse_unknown_ids(sheet.path, translated, set(blocks), findings)


def check_made_from(path: str, chunk: Chunk, wanted: str, findings: Findings) -> None:
    """Note a translation that does not say what it was made from, or was made from an earlier text."""
    made_from = chunk.attributes.get("src", "")
    if not made_from:
        findings.error(
            path,
            chunk.line,
            _(
                "“%(id)s” does not say which text it was made from; for the present one: src=%(hash)s"
            ),
            id=chunk.id,
            hash=wanted,
        )
    elif made_from != wanted:
        findings.warn(
            path,
            chunk.line,
            _(
                "The source of “%(id)s” has changed since it was translated. "
                "Compare, mend, then write src=%(hash)s."
            ),
            id=chunk.id,
            hash=wanted,
        )


def refuse_unknown_ids(
    path: str, translated: Mapping[str, Chunk], known: set[str], findings: Findings
) -> None:
    for block_id in translated.keys() - known:
        findings.error(
            path,
            translated[block_id].line,
            _("The source language has no “%(id)s”."),
            id=block_id,
        )


def check_links(
    path: str, text: str, ids: set[str], findings: Findings, *, terms: Collection[str] | None = ()
) -> None:
    """Note links that lead nowhere: to a block or a term that is not there, or to none of these nor the web."""
    for line, target in links_of(text):
        if target.startswith("#") and target[1:] not in ids:
            findings.error(
                path,
                line + 1,
                _("The link leads to “%(target)s”, which is not here."),
                target=target,
            )
        elif target.startswith(TERM):
            if terms is not None and target.removeprefix(TERM) not in terms:
                findings.error(
                    path,
                    line + 1,
                    _("The glossary has no “%(key)s”."),
                    key=target.removeprefix(TERM),
                )
        elif not target.startswith(("#", "https://", "http://", "mailto:")):
            findings.error(
                path,
                line + 1,
                _("“%(target)s” is neither a web address nor a block of this page."),
                target=target,
            )
