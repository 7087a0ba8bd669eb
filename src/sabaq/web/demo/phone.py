"""A second screen in the same browser: every page once more under `/phone/`, with cookies of its own.

A browser has one set of cookies for a site, so a trainer and a participant cannot be signed in in it side by
side. Under `/phone/` the cookies carry another name, and every address that a page gives stays under it.
"""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.urls import get_script_prefix, set_script_prefix

PHONE, OWN = "/phone", "phone-"


class SecondScreen:
    """Answers `/phone/...` as `...`, for whoever is signed in on the second screen. Stands before all that reads cookies."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.path_info.startswith(f"{PHONE}/"):
            return let_be_framed(request, self.get_response(request))
        before = get_script_prefix()
        request.path_info = request.path_info.removeprefix(PHONE)
        request.META["SCRIPT_NAME"] = PHONE
        request.COOKIES = {
            name.removeprefix(OWN): value
            for name, value in request.COOKIES.items()
            if name.startswith(OWN)
        }
        set_script_prefix(f"{PHONE}/")
        try:
            response = self.get_response(request)
        finally:
            set_script_prefix(before)
        _rename_cookies(response)
        return let_be_framed(request, response)


def is_phone(request: HttpRequest) -> bool:
    """Tell whether this is a page of the second screen."""
    return bool(request.META.get("SCRIPT_NAME") == PHONE)


def is_framed(request: HttpRequest) -> bool:
    """Tell whether the page is opened inside another one, as far as the browser says so."""
    return request.headers.get("Sec-Fetch-Dest") == "iframe"


def let_be_framed(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Let our own pages show this one in a frame, where it is opened in one. Elsewhere no page may be."""
    if request.headers.get("Sec-Fetch-Dest", "iframe") == "iframe":
        policy = response.headers.get("Content-Security-Policy", "")
        response.headers["Content-Security-Policy"] = policy.replace(
            "frame-ancestors 'none'", "frame-ancestors 'self'"
        )
        response.headers["X-Frame-Options"] = "SAMEORIGIN"
    return response


def _rename_cookies(response: HttpResponse) -> None:
    for name, morsel in list(response.cookies.items()):
        del response.cookies[name]
        morsel.set(f"{OWN}{name}", morsel.value, morsel.coded_value)
        response.cookies[morsel.key] = morsel
