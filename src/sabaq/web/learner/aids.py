"""Job aids, exercises and the glossary: what stays useful after the course."""

from functools import lru_cache

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from sabaq.courses.packs import Pack
from sabaq.courses.packs.glossary import terms_matching
from sabaq.courses.queries import pack_of, support_contacts
from sabaq.kernel import clock
from sabaq.kernel.i18n import text_in
from sabaq.web.content import kilobytes, sheet_as_read, topic_in
from sabaq.web.requests import Request, enrolment_of, participants_only


@participants_only
@require_safe
def aids(request: Request) -> HttpResponse:
    """List the job aids."""
    edition = enrolment_of(request).edition
    shown = pack_of(edition.version).aids.values()
    return render(request, "learner/aids.html", {"edition": edition, "aids": shown})


@participants_only
@require_safe
def aid(request: Request, key: str) -> HttpResponse:
    """Show one job aid, with the contacts of the reader's country; it prints on one A4 page."""
    enrolment = enrolment_of(request)
    edition = enrolment.edition
    pack = pack_of(edition.version)
    found = pack.aids.get(key)
    if found is None:
        raise Http404
    today, language = edition.day_of(clock.now()), get_language() or "en"
    return render(
        request,
        "learner/aid.html",
        {
            "edition": edition,
            "aid": found,
            **sheet_as_read(pack, found.sheet, language, today=today),
            "contacts": support_contacts(edition, enrolment.person.country),
        },
    )


@participants_only
@require_safe
def exercise(request: Request, topic: str) -> HttpResponse:
    """Show the group exercise of a topic; what it says to the trainer stands in the course's own pages."""
    edition = enrolment_of(request).edition
    pack, found = topic_in(edition, topic)
    if found.exercise is None:
        raise Http404
    today, language = edition.day_of(clock.now()), get_language() or "en"
    return render(
        request,
        "learner/exercise.html",
        {
            "edition": edition,
            "topic": found,
            **sheet_as_read(pack, found.exercise.for_participants(), language, today=today),
        },
    )


@participants_only
@require_safe
def glossary(request: Request) -> HttpResponse:
    """Give the list of terms, or with `?q=` those that have a word in their name, explained."""
    edition = enrolment_of(request).edition
    asked = request.GET.get("q", "").strip()[:80]
    pack, language = pack_of(edition.version), get_language() or "en"
    found = terms_matching(pack.glossary.values(), asked, language)
    context = {
        "edition": edition,
        "asked": asked,
        "terms": found,
        "whole_kb": _glossary_weight(pack, language),
    }
    return render(request, "learner/glossary.html", context)


@participants_only
@require_safe
def whole_glossary(request: Request) -> HttpResponse:
    """Give every term with its meaning on one page, to print or to keep."""
    edition = enrolment_of(request).edition
    terms = terms_matching(pack_of(edition.version).glossary.values(), "", get_language() or "en")
    return render(request, "learner/glossary_whole.html", {"edition": edition, "terms": terms})


@lru_cache(maxsize=16)
def _glossary_weight(pack: Pack, language: str) -> int:
    """Give what all terms with their meanings cost, in KB on the wire."""
    terms = pack.glossary.values()
    names = "".join(f"{term.key}{name}" for term in terms for name in term.term.values())
    return kilobytes(names + "".join(text_in(term.definition, language).text for term in terms))
