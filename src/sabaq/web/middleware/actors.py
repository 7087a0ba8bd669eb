"""Who is at the door: `request.actor`, made from this sign-in alone."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from sabaq.courses.queries import actor_of_account
from sabaq.enrolment.access import actor_of_cookie
from sabaq.kernel import clock
from sabaq.people.actors import NOBODY, Actor
from sabaq.web.shared import after_answer


class CurrentActor:
    """Sets `request.actor`. A participant's cookie costs one query and no staff session is read."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.access = None  # type: ignore[attr-defined]
        request.actor = _actor(request)  # type: ignore[attr-defined]
        access = request.access  # type: ignore[attr-defined]
        response = self.get_response(request)
        after_answer(request, response, access, at=clock.now())
        return response


def _actor(request: HttpRequest) -> Actor:
    cookie = request.COOKIES.get(settings.PARTICIPANT_COOKIE)
    if cookie:
        actor, access = actor_of_cookie(cookie, at=clock.now())
        if access is not None:
            request.access = access  # type: ignore[attr-defined]
            return actor
    if settings.SESSION_COOKIE_NAME in request.COOKIES and request.user.is_authenticated:
        return actor_of_account(request.user)
    return NOBODY
