"""Job aids, exercises and the glossary: what stays useful after the course."""

from zoneinfo import ZoneInfo

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from sabaq.courses.packs.glossary import terms_matching
from sabaq.courses.packs.render import shown_sheet
from sabaq.courses.queries import pack_of, support_contacts
from sabaq.kernel import clock
from sabaq.web.content import passages_of, topic_in, words_of
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
    today = clock.now().astimezone(ZoneInfo(edition.zone)).date()
    blocks = shown_sheet(pack, found.sheet, get_language() or "en", today=today)
    return render(
        request,
        "learner/aid.html",
        {
            "edition": edition,
            "aid": found,
            "passages": passages_of(blocks),
            "words": words_of(found.sheet.blocks, pack.glossary),
            "contacts": support_contacts(edition, enrolment.person.country),
        },
    )


@participants_only
@require_safe
def exercise(request: Request, topic: str) -> HttpResponse:
    """Show the group exercise of a topic."""
    edition = enrolment_of(request).edition
    pack, found = topic_in(edition, topic)
    if found.exercise is None:
        raise Http404
    today = clock.now().astimezone(ZoneInfo(edition.zone)).date()
    blocks = shown_sheet(pack, found.exercise, get_language() or "en", today=today)
    return render(
        request,
        "learner/exercise.html",
        {
            "edition": edition,
            "topic": found,
            "passages": passages_of(blocks),
            "words": words_of(found.exercise.blocks, pack.glossary),
        },
    )


@participants_only
@require_safe
def glossary(request: Request) -> HttpResponse:
    """Give the list of terms, or with `?q=` those that have a word in their name, explained."""
    edition = enrolment_of(request).edition
    asked = request.GET.get("q", "").strip()[:80]
    pack = pack_of(edition.version)
    found = terms_matching(pack.glossary.values(), asked, get_language() or "en")
    context = {"edition": edition, "asked": asked, "terms": found}
    return render(request, "learner/glossary.html", context)
