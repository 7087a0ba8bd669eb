"""A participant or a guest speaker comes in, and leaves: the cookies of this browser, and nothing else."""

from datetime import datetime

from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import rotate_token
from django.shortcuts import redirect

from sabaq.enrolment.access import actor_of_link, cookie_for
from sabaq.enrolment.models import AccessLink, Enrolment
from sabaq.enrolment.rules import steps_owed
from sabaq.enrolment.services import enter_by_link
from sabaq.web.middleware.language import interface_language
from sabaq.web.shared import forget_person, is_shared, keep_signed_in, remember_shared


def come_in(
    request: HttpRequest, link: AccessLink, *, at: datetime, shared: bool = False
) -> HttpResponse:
    """Sign the holder of `link` in and lead her to her first page; whoever was signed in here is out.

    On a `shared` device a participant stays for ten minutes after her last request; a room's screen and
    a guest speaker's device are nobody's else.
    """
    actor = actor_of_link(link)
    _end_staff_session(request)
    enter_by_link(link, by=actor, at=at)
    rotate_token(request)
    response = _first_page(link)
    response.delete_cookie("messages")
    shared = shared and link.enrolment is not None
    if shared != is_shared(request):
        remember_shared(response, shared=shared)
    if shared:
        keep_signed_in(response, link, at=at)
    else:
        response.set_cookie(
            settings.PARTICIPANT_COOKIE,
            cookie_for(link, at=at),
            max_age=settings.PARTICIPANT_STAYS,
            httponly=True,
            samesite="Lax",
            secure=settings.TLS,
        )
    # A language chosen in this browser stands; otherwise hers is known from the nomination.
    if actor.language and settings.LANGUAGE_COOKIE_NAME not in request.COOKIES:
        keep_language(response, interface_language(actor.language))
    return response


def go_out(request: HttpRequest) -> HttpResponse:
    """Sign out and leave nothing of the person on the device; on a shared one the next may type her code."""
    _end_staff_session(request)
    response = redirect("public:code" if is_shared(request) else "public:home")
    forget_person(response)
    return response


def keep_language(response: HttpResponse, language: str) -> None:
    """Keep the interface language of this browser."""
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        language,
        max_age=settings.LANGUAGE_COOKIE_AGE,
        samesite="Lax",
        secure=settings.TLS,
        httponly=True,
    )


def lead_on(enrolment: Enrolment) -> HttpResponse:
    """Lead to the screens of the first opening while any is owed, and then to *today*."""
    return redirect("learner:welcome" if steps_owed(enrolment.opening) else "learner:today")


def _end_staff_session(request: HttpRequest) -> None:
    if settings.SESSION_COOKIE_NAME in request.COOKIES:
        logout(request)


def _first_page(link: AccessLink) -> HttpResponse:
    if link.room is not None:
        return redirect("classroom:hall")
    if link.enrolment is None:
        assert link.session is not None  # noqa: S101 - held by a check constraint
        return redirect("classroom:room", session=link.session.uuid)
    return lead_on(link.enrolment)
