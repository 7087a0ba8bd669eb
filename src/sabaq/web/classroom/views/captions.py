"""Reading captions, for everybody in the class; writing them, for those who lead or interpret it."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_POST, require_safe

from sabaq.classroom.services.captions import say_caption
from sabaq.kernel import clock
from sabaq.kernel.errors import DomainError
from sabaq.kernel.writes import once
from sabaq.people.enums import CLASS_ROLES
from sabaq.web.classroom.captions import captions_fragment
from sabaq.web.classroom.views.door import TEACHING_ROLES, in_a_word, is_quick, session_for
from sabaq.web.requests import Request, write_id_of


@require_safe
def captions(request: Request, session: object, language: str) -> HttpResponse:
    """Give the last lines in one language, or in `all`; 204 where the page has them."""
    return captions_fragment(request, session_for(request, session), language)


@require_POST
def say(request: Request, session: object) -> HttpResponse:
    """Take one line exactly once; without script lead back to the form, ready for the next."""
    found_session, at = session_for(request, session), clock.now()
    edition_id = found_session.edition_id
    if not request.actor.has_role(*CLASS_ROLES, edition_id=edition_id):
        raise Http404
    language, text = request.POST.get("language", ""), request.POST.get("text", "")

    def put() -> dict[str, Any]:
        return {
            "caption": str(say_caption(found_session, language, text, by=request.actor, at=at).uuid)
        }

    body = {"session": str(found_session.uuid), "language": language, "text": text}
    try:
        once(request.actor.key, write_id_of(request), body, put, at=at)
    except DomainError as error:
        if is_quick(request):
            return in_a_word(error)
        messages.error(request, str(error))
    if is_quick(request):
        return HttpResponse(status=204)
    leads = request.actor.has_role(*TEACHING_ROLES, edition_id=edition_id)
    way = reverse("trainer:console" if leads else "classroom:room", args=[found_session.uuid])
    return redirect(f"{way}?{urlencode({'captioner': language})}#captions-desk")
