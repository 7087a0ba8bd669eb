"""Lessons and the handout of their slides, in the reader's language."""

import math
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_http_methods, require_safe

from sabaq.courses.models import Edition
from sabaq.courses.packs import Pack, Topic
from sabaq.courses.packs.render import ShownBlock, ShownSlide, shown_blocks, shown_slide
from sabaq.courses.queries import pack_of
from sabaq.enrolment.services import mark_lesson_read
from sabaq.kernel import clock
from sabaq.web.requests import Request, enrolment_of, participants_only

# What a page of ours weighs around its text: frame and headers.
FRAME_BYTES = 2200


@dataclass(frozen=True)
class Passage:
    """Blocks in a row that share a language and a state of translation, so that one note serves them all."""

    language: str
    is_fallback: bool
    is_stale: bool
    blocks: tuple[ShownBlock, ...]


@participants_only
@require_http_methods(["GET", "HEAD", "POST"])
def lesson(request: Request, topic: str) -> HttpResponse:
    """Show a topic's lesson, or its aims while it is being prepared; a form sent here marks it as read."""
    enrolment, now = enrolment_of(request), clock.now()
    if request.method == "POST":
        mark_lesson_read(enrolment, topic, by=request.actor, at=now)
        messages.success(request, gettext("The lesson is marked as read."))
        return redirect("learner:today")
    edition = enrolment.edition
    pack, found = _topic(edition, topic)
    language = get_language() or "en"
    today = now.astimezone(ZoneInfo(edition.zone)).date()
    return render(
        request,
        "learner/lesson.html",
        {
            "edition": edition,
            "topic": found,
            "passages": passages_of(shown_blocks(pack, found, language, today=today)),
            "is_read": topic in enrolment.lessons_read,
            "slides_kb": slides_weight(pack, found, language),
        },
    )


@participants_only
@require_safe
def slides(request: Request, topic: str) -> HttpResponse:
    """Show all slides of a topic in order, to be read or printed."""
    edition = enrolment_of(request).edition
    pack, found = _topic(edition, topic)
    shown = slides_of(pack, found.key, get_language() or "en")
    return render(
        request, "learner/slides.html", {"edition": edition, "topic": found, "slides": shown}
    )


def _topic(edition: Edition, key: str) -> tuple[Pack, Topic]:
    pack = pack_of(edition.version)
    topic = pack.topic(key)
    if topic is None:
        raise Http404
    return pack, topic


def passages_of(blocks: Iterable[ShownBlock]) -> list[Passage]:
    """Group blocks that follow each other in the same language and state."""
    passages: list[Passage] = []
    for block in blocks:
        last = passages[-1] if passages else None
        state = (block.language, block.is_fallback, block.is_stale)
        if last and state == (last.language, last.is_fallback, last.is_stale):
            passages[-1] = Passage(*state, (*last.blocks, block))
        else:
            passages.append(Passage(*state, (block,)))
    return passages


@lru_cache(maxsize=64)
def slides_of(pack: Pack, topic: str, language: str) -> tuple[ShownSlide, ...]:
    """Give a topic's slides in `language`, rendered once per process (a pack never changes)."""
    found = pack.topic(topic)
    deck = found.deck if found else None
    return tuple(shown_slide(slide, language) for slide in deck.slides) if deck else ()


@lru_cache(maxsize=64)
def _slides_weight(pack: Pack, topic: str, language: str) -> int:
    return kilobytes("".join(f"{one.title}{one.body}" for one in slides_of(pack, topic, language)))


def slides_weight(pack: Pack, topic: Topic, language: str) -> int:
    """Give what opening the slides costs, in KB on the wire; 0 where there are none."""
    return _slides_weight(pack, topic.key, language) if topic.deck else 0


def kilobytes(text: str) -> int:
    """Give what a page around `text` weighs compressed, in KB rounded up."""
    return math.ceil((len(zlib.compress(text.encode(), 6)) + FRAME_BYTES) / 1000)
