"""Pages open to everybody: the start page, the ways in and out, what is kept."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST, require_safe

from sabaq.courses.models import Edition
from sabaq.enrolment.access import open_code
from sabaq.enrolment.access import open_link as link_behind
from sabaq.enrolment.models import AccessLink
from sabaq.kernel import clock
from sabaq.web import limits
from sabaq.web.middleware.headers import tell_only_the_host
from sabaq.web.public.forms import CodeForm, code_form
from sabaq.web.public.signing_in import come_in, go_out, keep_language
from sabaq.web.requests import Request, pages_of
from sabaq.web.shared import is_shared


@require_safe
def home(request: Request) -> HttpResponse:
    """Say what this is and show the ways in; whoever is in already goes on to her own pages."""
    own = pages_of(request)
    return (
        redirect(own) if own else render(request, "public/home.html", {"form": code_form(request)})
    )


@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    """Say what this service keeps of anybody, cookies included."""
    return render(request, "public/privacy.html")


@require_POST
def set_language(request: HttpRequest) -> HttpResponse:
    """Keep the reader's choice of interface language in a cookie and go back."""
    wanted = request.POST.get("language", "")
    target = request.POST.get("next", "/")
    if not url_has_allowed_host_and_scheme(target, allowed_hosts={request.get_host()}):
        target = "/"
    # Not `redirect`, which would take a bare word for the name of a view.
    response = HttpResponseRedirect(target)
    if wanted in dict(settings.LANGUAGES):
        keep_language(response, wanted)
    return response


@tell_only_the_host
def link(request: Request, token: str) -> HttpResponse:
    """Show whose personal link this is (GET changes nothing: messengers open links for a preview); enter by POST."""
    now = clock.now()
    who = limits.neighbourhood(request)
    limits.LINKS.refuse_when_exhausted(who, at=now)
    access = link_behind(token, at=now)
    if access is None:
        limits.LINKS.count(who, at=now)
        return render(request, "public/link_closed.html", {"form": code_form(request)}, status=404)
    if is_shared(request) and access.enrolment is not None:
        # Here the code is asked for at every entry: a link stays in the history of the browser.
        context = {"form": code_form(request), "came_by_link": True}
        return render(request, "public/code.html", context)
    if request.method == "POST":
        return _answer(request, access, at=now)
    if request.access is not None and request.access.pk == access.pk:
        return redirect("public:home")
    return render(request, "public/link.html", {"whose": _whose(access)})


@tell_only_the_host
def code(request: Request) -> HttpResponse:
    """Take a typed code, show whose it is, and let its holder in."""
    if request.method != "POST":
        return render(request, "public/code.html", {"form": code_form(request)})
    now = clock.now()
    who = limits.neighbourhood(request)
    limits.CODES.refuse_when_exhausted(who, at=now)
    form = CodeForm(request.POST)
    if not form.is_valid():
        return render(request, "public/code.html", {"form": form}, status=422)
    access = open_code(form.cleaned_data["code"], at=now)
    if access is None:
        limits.CODES.count(who, at=now)
        form.say_it_opens_nothing()
        return render(request, "public/code.html", {"form": form}, status=422)
    if "answer" in request.POST:
        return _answer(request, access, at=now, shared=form.cleaned_data["shared"])
    context = {"whose": _whose(access), **form.cleaned_data}
    return render(request, "public/link.html", context)


@require_safe
def still_here(request: HttpRequest) -> HttpResponse:
    """Take note, on a shared device, that somebody reads or writes without asking for a page."""
    return HttpResponse(status=204)


@require_POST
def leave(request: HttpRequest) -> HttpResponse:
    """Sign out; nothing of the person stays on the device."""
    return go_out(request)


def _answer(
    request: Request, access: AccessLink, *, at: datetime, shared: bool = False
) -> HttpResponse:
    if request.POST.get("answer") == "me":
        return come_in(request, access, at=at, shared=shared)
    return render(request, "public/not_me.html", {"form": code_form(request)})


def _whose(access: AccessLink) -> dict[str, Any]:
    """Give all that a stranger who finds a link may learn: a display name, a course, its dates."""
    session, enrolment, room = access.session, access.enrolment, access.room
    edition: Edition
    if room:
        edition, name = room.edition, str(room)
    else:
        edition = enrolment.edition if enrolment else session.edition  # type: ignore[union-attr]
        name = str(enrolment.person) if enrolment else str(access.guest)
    return {
        "is_room": room is not None,
        "name": name,
        "title": edition.title,
        "first": edition.starts_on,
        "last": edition.ends_on,
    }
