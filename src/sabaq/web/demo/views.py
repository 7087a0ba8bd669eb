"""Changing places in the demo: anybody may be anybody. These addresses exist in a demo alone."""

from django.conf import settings
from django.contrib.auth import login
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sabaq.enrolment.access import actor_of_link, cookie_for
from sabaq.enrolment.models import AccessLink
from sabaq.enrolment.services import enter_by_link
from sabaq.kernel import clock
from sabaq.kernel.places import place_of
from sabaq.people.enums import Role
from sabaq.web.demo import cast
from sabaq.web.demo.phone import OWN, PHONE, is_phone
from sabaq.web.middleware.headers import POLICY
from sabaq.web.public.signing_in import come_in, keep_language
from sabaq.web.requests import Request

# Kept in the session of the staff: an account may hold several roles, and one of them is played.
PLAYED = "demo_role"


@require_safe
def begin(request: Request) -> HttpResponse:
    """Show everybody whom a newcomer can be, and what to do first as whom."""
    edition = cast.edition()
    context = {
        "edition": edition,
        "now": clock.now(),
        "place": place_of(edition.zone) if edition else "",
        "session": cast.session_going_on(),
        "players": cast.players(),
        "links": cast.links(),
        "is_phone": is_phone(request),
        "password": settings.DEMO_PASSWORD,
    }
    return render(request, "demo/begin.html", context)


@require_POST
def be(request: Request) -> HttpResponse:
    """Sign in as a role of the staff, as `participant`, or as the participant with this enrolment."""
    who = request.POST.get("who", "")
    player = cast.player_of(who)
    if player is not None:
        return _play(request, player)
    link = cast.link_for(request.LANGUAGE_CODE) if who == Role.PARTICIPANT else _link_of(who)
    if link is None:
        raise Http404
    response = come_in(request, link, at=clock.now())
    # A newcomer goes on in the language that she reads, whatever the officer's.
    keep_language(response, request.LANGUAGE_CODE)
    return response


@require_http_methods(["GET", "HEAD", "POST"])
def side_by_side(request: Request) -> HttpResponse:
    """Show the trainer's console and a participant's phone beside each other; POST signs both in."""
    if is_phone(request):
        raise Http404
    if request.method == "POST":
        return _sign_both_in(request)
    session = cast.session_going_on()
    context = {
        "are_in": request.actor.is_staff
        and f"{OWN}{settings.PARTICIPANT_COOKIE}" in request.COOKIES,
        "trainer_page": reverse("trainer:console", args=[session.uuid])
        if session
        else reverse("trainer:sessions"),
        "phone_page": PHONE
        + (reverse("classroom:room", args=[session.uuid]) if session else reverse("learner:today")),
    }
    response = render(request, "demo/side_by_side.html", context)
    response.headers["Content-Security-Policy"] = f"{POLICY}; frame-src 'self'"
    _let_the_phone_speak(request, response)
    return response


def _play(request: Request, player: cast.Player) -> HttpResponse:
    response = redirect(player.part.page())
    _sign_staff_in(request, response, player)
    return response


def _sign_staff_in(request: Request, response: HttpResponse, player: cast.Player) -> None:
    login(request, player.account, backend=settings.AUTHENTICATION_BACKENDS[0])
    request.session[PLAYED] = str(player.part.role)
    response.delete_cookie(settings.PARTICIPANT_COOKIE, samesite="Lax")


def _sign_both_in(request: Request) -> HttpResponse:
    trainer, link = cast.player_of(Role.TRAINER), cast.link_for(request.LANGUAGE_CODE)
    if trainer is None or link is None:
        raise Http404
    now, response = clock.now(), redirect("demo:side_by_side")
    _sign_staff_in(request, response, trainer)
    enter_by_link(link, by=actor_of_link(link), at=now)
    response.set_cookie(
        OWN + settings.PARTICIPANT_COOKIE, cookie_for(link, at=now), httponly=True, samesite="Lax"
    )
    return response


def _let_the_phone_speak(request: Request, response: HttpResponse) -> None:
    """The phone beside the console follows the language chosen for both."""
    response.set_cookie(
        OWN + settings.LANGUAGE_COOKIE_NAME, request.LANGUAGE_CODE, httponly=True, samesite="Lax"
    )


def _link_of(enrolment: str) -> AccessLink | None:
    try:
        return cast.links().filter(enrolment__uuid=enrolment).first()
    except ValidationError:
        return None
