"""Decks: one Markdown file per language; every heading `##` begins a slide, matched by id."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.utils.translation import gettext_lazy as _

from sabaq.courses.packs.digests import block_hash
from sabaq.courses.packs.findings import Findings
from sabaq.courses.packs.lessons import Sheet, check_links, check_made_from, refuse_unknown_ids
from sabaq.courses.packs.markdown import Chunk, chunks_of, plain_length
from sabaq.courses.packs.parts import Deck, Poll, Slide
from sabaq.courses.packs.tables import Tongues
from sabaq.courses.packs.typography import typeset

# What stays readable from the back of a room, and on a phone without scrolling.
TITLE_HOLDS = 70
BODY_HOLDS = 420
LINES_HELD = 7
LONGEST_SLIDE = 180  # minutes

_NOTES = ("notes", "interpreter")


@dataclass
class _Draft:
    """One slide in one language while its file is read."""

    chunk: Chunk
    title: str
    body: list[str] = field(default_factory=list)
    said: dict[str, str] = field(default_factory=dict)  # notes and interpreter

    @property
    def shown(self) -> str:
        return "\n\n".join(self.body)

    @property
    def whole(self) -> str:
        return "\n".join([self.title, self.shown, *(self.said.get(name, "") for name in _NOTES)])


def read_deck(
    sheets: Mapping[str, Sheet], tongues: Tongues, polls: tuple[Poll, ...], findings: Findings
) -> Deck:
    """Build a deck from its sheets (by language; the source language is among them)."""
    source = sheets[tongues.source]
    drafts = _drafts(source, findings, allowed={"poll", "minutes"})
    _check_polls(drafts, source, polls, findings)
    _check_minutes(drafts, source, findings)
    translations = {
        language: _drafts(sheets[language], findings, allowed={"src"})
        for language in tongues.others
        if language in sheets
    }
    for language, translated in translations.items():
        _check_translation(sheets[language].path, drafts, translated, findings)
    slides = [_slide(draft, tongues.source, translations) for draft in drafts.values()]
    for sheet in sheets.values():
        check_links(sheet.path, sheet.text, set(drafts), findings)
    return Deck(tuple(slides))


def _drafts(sheet: Sheet, findings: Findings, *, allowed: set[str]) -> dict[str, _Draft]:
    drafts: dict[str, _Draft] = {}
    draft: _Draft | None = None
    for chunk in chunks_of(sheet.text, sheet.path, findings, allowed=allowed):
        if chunk.level == 2:
            draft = _begin(chunk, sheet, drafts, findings)
        elif draft is None:
            findings.error(
                sheet.path, chunk.line, _("A deck begins with the heading of its first slide, ##.")
            )
        elif chunk.directive:
            _note(draft, chunk, sheet, findings)
        elif chunk.level == 1:
            findings.error(sheet.path, chunk.line, _("A slide begins with ##, not with #."))
        else:
            draft.body.append(chunk.text)
    for one in drafts.values():
        _check_size(one, sheet.path, findings)
    return drafts


def _begin(chunk: Chunk, sheet: Sheet, drafts: dict[str, _Draft], findings: Findings) -> _Draft:
    draft = _Draft(chunk, chunk.text.lstrip("#").strip())
    if not chunk.id:
        findings.error(
            sheet.path,
            chunk.line,
            _("This slide has no id. Write a line such as {#first-contact} above it."),
        )
    elif chunk.id in drafts:
        findings.error(
            sheet.path,
            chunk.line,
            _("The id “%(id)s” stands here twice; first on line %(line)s."),
            id=chunk.id,
            line=drafts[chunk.id].chunk.line,
        )
    else:
        drafts[chunk.id] = draft
    return draft


def _note(draft: _Draft, chunk: Chunk, sheet: Sheet, findings: Findings) -> None:
    if chunk.directive not in _NOTES:
        findings.error(
            sheet.path,
            chunk.line,
            _("A slide has no “::: %(name)s”; it has: %(known)s."),
            name=chunk.directive,
            known=", ".join(_NOTES),
        )
    elif chunk.directive in draft.said:
        findings.error(
            sheet.path,
            chunk.line,
            _("The slide “%(id)s” has “::: %(name)s” twice."),
            id=draft.chunk.id,
            name=chunk.directive,
        )
    else:
        draft.said[chunk.directive] = chunk.text


def _check_size(draft: _Draft, path: str, findings: Findings) -> None:
    letters, lines = plain_length(draft.shown)
    if letters > BODY_HOLDS or lines > LINES_HELD or len(draft.title) > TITLE_HOLDS:
        findings.warn(
            path,
            draft.chunk.line,
            _(
                "The slide “%(id)s” holds too much: a title of %(title)s letters, %(lines)s lines and "
                "%(letters)s letters; %(most_title)s, %(most_lines)s and %(most_letters)s can be read."
            ),
            id=draft.chunk.id,
            title=len(draft.title),
            lines=lines,
            letters=letters,
            most_title=TITLE_HOLDS,
            most_lines=LINES_HELD,
            most_letters=BODY_HOLDS,
        )


def _check_polls(
    drafts: Mapping[str, _Draft], sheet: Sheet, polls: tuple[Poll, ...], findings: Findings
) -> None:
    known = {poll.key for poll in polls}
    for draft in drafts.values():
        key = draft.chunk.attributes.get("poll", "")
        if key and key not in known:
            findings.error(
                sheet.path,
                draft.chunk.line,
                _("There is no poll “%(key)s” among the polls of this deck."),
                key=key,
            )


def _check_minutes(drafts: Mapping[str, _Draft], sheet: Sheet, findings: Findings) -> None:
    for draft in drafts.values():
        written = draft.chunk.attributes.get("minutes")
        if written is not None and _minutes(draft) is None:
            findings.error(
                sheet.path,
                draft.chunk.line,
                _("“minutes=%(written)s” cannot be: write a whole number from 1 to %(most)s."),
                written=written,
                most=LONGEST_SLIDE,
            )


def _minutes(draft: _Draft) -> int | None:
    written = draft.chunk.attributes.get("minutes", "")
    minutes = int(written) if written.isdecimal() and len(written) <= len(str(LONGEST_SLIDE)) else 0
    return minutes if 1 <= minutes <= LONGEST_SLIDE else None


def _check_translation(
    path: str,
    drafts: Mapping[str, _Draft],
    translated: Mapping[str, _Draft],
    findings: Findings,
) -> None:
    chunks = {slide_id: draft.chunk for slide_id, draft in translated.items()}
    refuse_unknown_ids(path, chunks, set(drafts), findings)
    for slide_id, draft in drafts.items():
        if slide_id not in translated:
            findings.warn(
                path,
                1,
                _("The slide “%(id)s” (line %(line)s of the source) is not translated."),
                id=slide_id,
                line=draft.chunk.line,
            )
            continue
        check_made_from(path, chunks[slide_id], block_hash(draft.whole), findings)
        for name in draft.said.keys() - translated[slide_id].said.keys():
            findings.warn(
                path,
                chunks[slide_id].line,
                _("The slide “%(id)s” has no “::: %(name)s” in this language."),
                id=slide_id,
                name=name,
            )


def _slide(draft: _Draft, source: str, translations: Mapping[str, Mapping[str, _Draft]]) -> Slide:
    slide_id, wanted = draft.chunk.id, block_hash(draft.whole)
    by_language = {source: draft} | {
        language: drafts[slide_id]
        for language, drafts in translations.items()
        if slide_id in drafts
    }
    return Slide(
        id=slide_id,
        title={language: typeset(one.title, language) for language, one in by_language.items()},
        body={language: typeset(one.shown, language) for language, one in by_language.items()},
        notes=_said(by_language, "notes"),
        interpreter=_said(by_language, "interpreter"),
        hash=wanted,
        stale=frozenset(
            language
            for language, one in by_language.items()
            if language != source and one.chunk.attributes.get("src") != wanted
        ),
        poll=draft.chunk.attributes.get("poll", ""),
        minutes=_minutes(draft),
    )


def _said(by_language: Mapping[str, _Draft], name: str) -> dict[str, str]:
    return {
        language: typeset(one.said[name], language)
        for language, one in by_language.items()
        if one.said.get(name)
    }
