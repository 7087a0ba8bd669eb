"""Help, and stepping out."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_safe

from sabaq.classroom.services.helping import call_help
from sabaq.courses.queries import support_contacts
from sabaq.kernel import clock
from sabaq.kernel.ids import new_uuid
from sabaq.web.classroom.browsers import browser_of
from sabaq.web.classroom.forms import HelpForm
from sabaq.web.classroom.views.door import is_quick, own_act, session_for
from sabaq.web.requests import Request, enrolment_of


@require_http_methods(["GET", "HEAD", "POST"])
def help_me(request: Request, session: object) -> HttpResponse:
    """Call the host, from a page of its own that never reloads by itself."""
    found_session = session_for(request, session)
    if not request.actor.is_participant:
        raise Http404
    form, at = HelpForm(request.POST or None), clock.now()
    if request.method != "POST" or not form.is_valid():
        return _ask_again(request, form, found_session)
    said, actor = form.cleaned_data, request.actor
    circumstances = form.circumstances(browser_of(request.headers.get("User-Agent", "")))

    def act(enrolment_id: int) -> dict[str, Any]:
        call_help(
            found_session,
            said["trouble"],
            said["text"],
            circumstances,
            enrolment_id=enrolment_id,
            by=actor,
            at=at,
        )
        return {}

    return own_act(request, found_session, said, act, at=at)


@require_safe
def step_out(request: Request, session: object) -> HttpResponse:
    """Show where she finds support, and the way back. It tells nobody and writes nothing down."""
    found_session = session_for(request, session)
    support = support_contacts(found_session.edition, enrolment_of(request).person.country)
    context = {"session": found_session, "edition": found_session.edition, "support": support}
    return render(request, "classroom/step_out.html", context)


def _ask_again(request: Request, form: HelpForm, session: Any) -> HttpResponse:
    status = 422 if form.is_bound else 200
    if form.is_bound and is_quick(request):
        words = " ".join(str(error) for errors in form.errors.values() for error in errors)
        return HttpResponse(words, status=status, content_type="text/plain")
    context = {
        "session": session,
        "edition": session.edition,
        "form": form,
        "write_id": request.POST.get("write_id") or new_uuid(),
    }
    return render(request, "classroom/help.html", context, status=status)
