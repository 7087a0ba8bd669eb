"""A device that several people share: the code at every entry, nothing of the person before left behind.

The device itself is marked by a cookie that says nothing of anybody. On it a participant stays signed in
until ten minutes have passed without a request: each answer signs the cookie anew.
"""

from datetime import datetime

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from sabaq.classroom.queries.running import is_live
from sabaq.enrolment.access import cookie_for
from sabaq.enrolment.models import AccessLink

# An idle page leads here: this shows that nobody is there.
_WHEN_IDLE = {"public:code"}
# The page of a class asks for these by itself: they show that somebody is there only while it is live.
_BY_ITSELF = {"classroom:room", "classroom:now", "classroom:deck", "classroom:ticket"}


def is_shared(request: HttpRequest) -> bool:
    """Tell whether somebody has said that several people share this device."""
    return request.COOKIES.get(settings.SHARED_COOKIE) == "1"


def remember_shared(response: HttpResponse, *, shared: bool) -> None:
    """Mark the device as shared, or take the mark away."""
    if not shared:
        response.delete_cookie(settings.SHARED_COOKIE, samesite="Lax")
        return
    response.set_cookie(
        settings.SHARED_COOKIE,
        "1",
        max_age=settings.LANGUAGE_COOKIE_AGE,
        httponly=True,
        samesite="Lax",
        secure=settings.TLS,
    )


def keep_signed_in(response: HttpResponse, link: AccessLink, *, at: datetime) -> None:
    """Keep the holder of `link` signed in for ten minutes more, at most until the browser is closed."""
    response.set_cookie(
        settings.PARTICIPANT_COOKIE,
        cookie_for(link, at=at, valid_for=settings.SHARED_STAYS),
        httponly=True,
        samesite="Lax",
        secure=settings.TLS,
    )


def forget_person(response: HttpResponse) -> None:
    """Leave nothing of a person on the device.

    Clear-Site-Data is about this origin only for "cache" and "storage"; "cookies" would reach every
    sister site of the organiser's domain, so ours are deleted one by one.
    """
    for name in (
        settings.PARTICIPANT_COOKIE,
        settings.LANGUAGE_COOKIE_NAME,
        settings.CAPTIONS_COOKIE,
        "messages",
        "sabaq_asked",
    ):
        response.delete_cookie(name, samesite="Lax")
    response.headers["Clear-Site-Data"] = '"cache", "storage"'


def after_answer(
    request: HttpRequest, response: HttpResponse, access: AccessLink | None, *, at: datetime
) -> None:
    """On a shared device, count on from this request, or forget whoever has been idle too long."""
    if not is_shared(request) or settings.PARTICIPANT_COOKIE in response.cookies:
        return
    if access is None and settings.PARTICIPANT_COOKIE in request.COOKIES:
        forget_person(response)
    elif access is not None and access.enrolment is not None and _shows_somebody(request):
        keep_signed_in(response, access, at=at)


def _shows_somebody(request: HttpRequest) -> bool:
    match = request.resolver_match
    if match is None:
        return True
    if match.view_name in _WHEN_IDLE:
        return False
    if match.view_name not in _BY_ITSELF:
        return True
    return is_live(match.kwargs["session"])
