"""Lessons, in pages that open over a slow network, and whole for printing."""

from datetime import date
from functools import lru_cache

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_http_methods, require_safe

from sabaq.courses.models import Edition
from sabaq.courses.packs import Pack, Topic
from sabaq.courses.packs.paging import on_page, pages_of
from sabaq.courses.packs.render import ShownBlock, shown_blocks
from sabaq.enrolment.models import Enrolment
from sabaq.enrolment.services import mark_lesson_read, note_page_read
from sabaq.kernel import clock
from sabaq.web.content import as_read, kilobytes, topic_in
from sabaq.web.learner.slides import slides_weight
from sabaq.web.requests import Request, enrolment_of, participants_only


@participants_only
@require_http_methods(["GET", "HEAD", "POST"])
def lesson(request: Request, topic: str, page: int = 0) -> HttpResponse:
    """Show one page of a topic's lesson: the one asked for, or where she stopped reading.

    A form sent here notes that the page is read; the last one marks the lesson as read.
    """
    enrolment = enrolment_of(request)
    pack, found = topic_in(enrolment.edition, topic)
    pages = pages_of(pack, found)
    if page > max(len(pages), 1):
        raise Http404
    if request.method == "POST":
        return _go_on(request, enrolment, topic, page or len(pages), of=len(pages))
    number = page or min(enrolment.lesson_pages.get(topic, 0) + 1, max(len(pages), 1))
    context = _shown(enrolment.edition, pack, found, pages[number - 1] if pages else ())
    return render(
        request,
        "learner/lesson.html",
        {
            **context,
            "number": number,
            "count": len(pages),
            "is_read": topic in enrolment.lessons_read,
            "slides_kb": slides_weight(pack, found, get_language() or "en"),
            "whole_kb": _whole_weight(pack, topic, get_language() or "en"),
        },
    )


def _go_on(
    request: Request, enrolment: Enrolment, topic: str, page: int, *, of: int
) -> HttpResponse:
    if page < of:
        note_page_read(enrolment, topic, page)
        return redirect("learner:lesson_page", topic, page + 1)
    mark_lesson_read(enrolment, topic, by=request.actor, at=clock.now())
    messages.success(request, gettext("The lesson is marked as read."))
    return redirect("learner:today")


@participants_only
@require_safe
def whole_lesson(request: Request, topic: str) -> HttpResponse:
    """Show the whole lesson on one page, to print or to keep."""
    edition = enrolment_of(request).edition
    pack, found = topic_in(edition, topic)
    everything = tuple(name for page in pages_of(pack, found) for name in page)
    return render(request, "learner/lesson_whole.html", _shown(edition, pack, found, everything))


def _shown(edition: Edition, pack: Pack, topic: Topic, page: tuple[str, ...]) -> dict[str, object]:
    blocks = on_page(_blocks(edition, pack, topic), page)
    sources = [block for block in topic.lesson.blocks if block.id in page] if topic.lesson else []
    return {
        "edition": edition,
        "topic": topic,
        **as_read(blocks, sources, pack.glossary),
        "aids": [aid for aid in pack.aids.values() if aid.topic == topic.key],
    }


def _blocks(edition: Edition, pack: Pack, topic: Topic) -> tuple[ShownBlock, ...]:
    today = edition.day_of(clock.now())
    return shown_blocks(pack, topic, get_language() or "en", today=today)


@lru_cache(maxsize=64)
def _whole_weight(pack: Pack, topic_key: str, language: str) -> int:
    """Give what the whole lesson costs, in KB on the wire."""
    topic = pack.topic(topic_key)
    blocks = shown_blocks(pack, topic, language, today=date.max) if topic else ()
    return kilobytes("".join(block.html for block in blocks), pack.pictures.values())
