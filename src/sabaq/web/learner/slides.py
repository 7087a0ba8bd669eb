"""The handout of a topic's slides, in the reader's language."""

from functools import lru_cache

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from sabaq.courses.packs import Pack, Topic
from sabaq.web.content import kilobytes, slides_of, topic_in
from sabaq.web.requests import Request, enrolment_of, participants_only


@participants_only
@require_safe
def slides(request: Request, topic: str) -> HttpResponse:
    """Show all slides of a topic in order, to be read or printed."""
    edition = enrolment_of(request).edition
    pack, found = topic_in(edition, topic)
    shown = slides_of(pack, found.key, get_language() or "en")
    return render(
        request, "learner/slides.html", {"edition": edition, "topic": found, "slides": shown}
    )


@lru_cache(maxsize=64)
def _slides_weight(pack: Pack, topic: str, language: str) -> int:
    shown = "".join(f"{one.title}{one.body}" for one in slides_of(pack, topic, language))
    return kilobytes(shown, pack.pictures.values())


def slides_weight(pack: Pack, topic: Topic, language: str) -> int:
    """Give what opening the slides costs, in KB on the wire; 0 where there are none."""
    return _slides_weight(pack, topic.key, language) if topic.deck else 0
