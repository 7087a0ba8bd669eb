"""Every page of a pack without an edition: for whoever prepares, teaches or interprets a course.

The views show a `Shown`; where it comes from (an imported version, or a folder being written) is not theirs.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from functools import wraps
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from sabaq.courses.packs import Finding, Pack, Severity, Topic
from sabaq.courses.packs.parts import Item, Lesson, Poll, Term
from sabaq.courses.packs.render import card_html, shown_blocks
from sabaq.courses.queries import findings_of, may_see_keys, pack_of, versions_visible_to
from sabaq.kernel import clock
from sabaq.kernel.i18n import text_in
from sabaq.people.enums import Language
from sabaq.web.content import as_read, sheet_as_read, slides_of
from sabaq.web.requests import Request, found, staff_only


@dataclass(frozen=True)
class Shown:
    """A pack as its preview shows it; `imported_at` is None while it is only a folder."""

    uuid: UUID
    pack: Pack
    today: date
    findings: Callable[[], list[Finding]]
    imported_at: datetime | None = None
    keys: bool = False

    def topic(self, key: str) -> Topic:
        """Give the topic, or answer 404."""
        topic = self.pack.topic(key)
        if topic is None:
            raise Http404
        return topic


Page = Callable[..., HttpResponse]
# Of a term in one language: the language, its name and its meaning there, "" where it is not translated.
Column = tuple[str, str, str]


def page_of_a_pack(page: Page) -> Page:
    """Open a page of a pack to staff; `shows` is the page itself, for whoever has a pack at hand."""

    @staff_only
    @require_safe
    @wraps(page)
    def guarded(request: Request, version: UUID, **which: Any) -> HttpResponse:
        row = found(versions_visible_to(request.actor), uuid=version)
        now = clock.now()
        shown = Shown(
            uuid=row.uuid,
            pack=pack_of(row),
            today=now.date(),
            findings=lambda: findings_of(row, today=now.date()),
            imported_at=row.imported_at,
            keys=may_see_keys(request.actor),
        )
        return page(request, shown, **which)

    guarded.shows = page  # type: ignore[attr-defined]
    return guarded


@staff_only
@require_safe
def packs(request: Request) -> HttpResponse:
    """List the course versions."""
    versions = [(version, pack_of(version)) for version in versions_visible_to(request.actor)]
    return render(request, "office/packs.html", {"versions": versions})


@page_of_a_pack
def overview(request: Request, shown: Shown) -> HttpResponse:
    """Show what is in the pack, and what its author should mend."""
    items = list(shown.pack.items.values())
    topics = [
        (
            topic,
            sum(item.topic == topic.key for item in items),
            sum(slide.minutes or 0 for slide in topic.deck.slides) if topic.deck else 0,
        )
        for topic in shown.pack.topics
    ]
    findings = shown.findings()
    to_mend = [one for one in findings if one.severity is not Severity.NOTE]
    context = {"topics": topics, "findings": findings, "to_mend": to_mend}
    return _page(request, shown, "office/pack.html", **context)


@page_of_a_pack
def lesson(request: Request, shown: Shown, topic: str) -> HttpResponse:
    """Show a topic's lesson whole."""
    asked = shown.topic(topic)
    if asked.lesson is None:
        raise Http404
    blocks = shown_blocks(shown.pack, asked, _language(request, shown), today=shown.today)
    context = {
        "topic": asked,
        **as_read(blocks, asked.lesson.blocks, shown.pack.glossary),
    }
    return _page(request, shown, "office/pack_lesson.html", **context)


@page_of_a_pack
def slides(request: Request, shown: Shown, topic: str) -> HttpResponse:
    """Show a topic's slides with the notes for trainer and interpreter, and the polls prepared for them."""
    asked = shown.topic(topic)
    if asked.deck is None:
        raise Http404
    pages = slides_of(shown.pack, topic, _language(request, shown))
    rows = [
        (slide, source.minutes, _poll(asked, source.poll))
        for slide, source in zip(pages, asked.deck.slides, strict=True)
    ]
    taken = {source.poll for source in asked.deck.slides}
    context = {
        "topic": asked,
        "rows": rows,
        "more_polls": [poll for poll in asked.polls if poll.key not in taken],
    }
    return _page(request, shown, "office/pack_slides.html", **context)


def _poll(topic: Topic, key: str) -> Poll | None:
    return topic.poll(key) if key else None


@page_of_a_pack
def exercise(request: Request, shown: Shown, topic: str) -> HttpResponse:
    """Show the group exercise of a topic."""
    asked = shown.topic(topic)
    if asked.exercise is None:
        raise Http404
    context = {"topic": asked, **_sheet(request, shown, asked.exercise)}
    return _page(request, shown, "office/pack_exercise.html", **context)


@page_of_a_pack
def aid(request: Request, shown: Shown, key: str) -> HttpResponse:
    """Show a job aid."""
    asked = shown.pack.aids.get(key)
    if asked is None:
        raise Http404
    context = {"aid": asked, **_sheet(request, shown, asked.sheet)}
    return _page(request, shown, "office/pack_aid.html", **context)


def _sheet(request: Request, shown: Shown, sheet: Lesson) -> dict[str, object]:
    return sheet_as_read(shown.pack, sheet, _language(request, shown), today=shown.today)


@page_of_a_pack
def items(request: Request, shown: Shown, topic: str) -> HttpResponse:
    """Show a topic's items with their keys and explanations to whoever may see them."""
    asked = shown.topic(topic)
    if not shown.keys:
        raise Http404
    aims = {aim.key: aim for aim in asked.objectives}
    rows = [
        (item, aims.get(item.objective), _tests_of(shown.pack, item))
        for item in shown.pack.items.values()
        if item.topic == topic
    ]
    return _page(request, shown, "office/pack_items.html", topic=asked, rows=rows)


def _tests_of(pack: Pack, item: Item) -> list[str]:
    language = get_language() or "en"
    asking = (test for test in pack.tests.values() if test.item(item.key))
    return [text_in(test.title, language).text for test in asking]


@page_of_a_pack
def surveys(request: Request, shown: Shown) -> HttpResponse:
    """Show the questions of every survey."""
    return _page(request, shown, "office/pack_surveys.html")


@page_of_a_pack
def cards(request: Request, shown: Shown) -> HttpResponse:
    """Show every legal card, those that have to be verified marked."""
    language = _language(request, shown)
    drawn = [
        card_html(card, language, today=shown.today, element_id=card.key, level=2)
        for card in shown.pack.cards.values()
    ]
    return _page(request, shown, "office/pack_cards.html", cards=drawn)


@page_of_a_pack
def glossary(request: Request, shown: Shown) -> HttpResponse:
    """Show the words of every topic, one column a language, as interpreters print them."""
    language = _language(request, shown)
    terms = sorted(
        shown.pack.glossary.values(), key=lambda term: text_in(term.term, language).text.casefold()
    )
    columns = {term.key: _columns(term, shown.pack.languages) for term in terms}
    parts: list[tuple[Topic | None, list[list[Column]]]] = [
        (topic, [columns[term.key] for term in terms if topic.key in term.topics])
        for topic in shown.pack.topics
    ]
    parts.append((None, [columns[term.key] for term in terms if not term.topics]))
    context = {"parts": [part for part in parts if part[1]], "count": len(terms)}
    return _page(request, shown, "office/pack_glossary.html", **context)


def _columns(term: Term, languages: Iterable[str]) -> list[Column]:
    return [(code, term.term.get(code, ""), term.definition.get(code, "")) for code in languages]


def _page(request: Request, shown: Shown, template: str, **context: object) -> HttpResponse:
    language = _language(request, shown)
    about = {
        "shown": shown,
        "pack": shown.pack,
        "content_language": language,
        "tongues": [(code, _name_of(code)) for code in shown.pack.languages],
        # Kept on every link of the page while it is not simply the reader's own.
        "query": "" if language == get_language() else f"?in={language}",
    }
    return render(request, template, {**about, **context})


def _language(request: Request, shown: Shown) -> str:
    """Give the language in which the content is shown: the one asked for, else the reader's, else the source's."""
    spoken = shown.pack.languages
    wanted = (request.GET.get("in", ""), get_language() or "")
    return next((code for code in wanted if code in spoken), shown.pack.source_language)


def _name_of(language: str) -> str:
    return str(Language(language).label) if language in Language.values else language
