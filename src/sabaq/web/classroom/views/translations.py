"""Translating a poll made on the spot: from the console, and from the page that interpreters follow."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from sabaq.classroom.services.spot_polls import translate_poll
from sabaq.kernel import clock
from sabaq.kernel.errors import DomainError
from sabaq.people.enums import Role
from sabaq.web.classroom.views.door import TEACHING_ROLES, is_quick, session_for
from sabaq.web.requests import Request

TRANSLATING_ROLES = (*TEACHING_ROLES, Role.INTERPRETER)


@require_POST
def translate(request: Request, session: object, poll: str) -> HttpResponse:
    """Take the words of a poll in one more language."""
    found_session, actor = session_for(request, session), request.actor
    if not actor.has_role(*TRANSLATING_ROLES, edition_id=found_session.edition_id):
        raise Http404
    try:
        translate_poll(
            found_session,
            poll,
            language=request.POST.get("language", ""),
            question=request.POST.get("question", ""),
            texts=request.POST.getlist("text"),
            by=actor,
            at=clock.now(),
        )
    except DomainError as error:
        if is_quick(request):
            return HttpResponse(str(error), status=error.status, content_type="text/plain")
        messages.error(request, str(error))
    if is_quick(request):
        return HttpResponse(status=204)
    leads = actor.has_role(*TEACHING_ROLES, edition_id=found_session.edition_id)
    return redirect("trainer:console" if leads else "classroom:room", found_session.uuid)
