from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
# An answer to a page's own script is no page: it may do nothing, and its headers are all weight.
POLICY_FOR_SCRIPTS = "default-src 'none'; frame-ancestors 'none'"
PERMISSIONS = "camera=(), geolocation=(), microphone=(), payment=(), usb=()"


# What the head of an answer without content needs not say: nothing is shown, kept or led on from it.
_OF_CONTENT = (
    "Content-Language",
    "Content-Type",
    "Cross-Origin-Opener-Policy",
    "Referrer-Policy",
    "Vary",
    "X-Content-Type-Options",
)


class SecurityHeaders:
    """A strict content security policy on every answer, and no caching unless a view allows it.

    Styles and scripts are no pages: on them it would only be weight, 300 bytes for each on a first visit. Nor is
    an answer without content, of which a test of ten questions brings ten. Stands outside all that adds headers.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.path.startswith(settings.STATIC_URL) and response.status_code == HTTPStatus.OK:
            return response
        if not response.has_header("Cache-Control"):
            response.headers["Cache-Control"] = "no-store"
        if response.status_code == HTTPStatus.NO_CONTENT:
            for name in _OF_CONTENT:
                del response.headers[name]
            return response
        if request.headers.get("X-Requested-With") == "fetch":
            response.headers["Content-Security-Policy"] = POLICY_FOR_SCRIPTS
            return response
        # Only the news are meant to be found by search engines; they say so themselves.
        response.headers.setdefault("X-Robots-Tag", "noindex")
        # A picture has a stricter one of its own.
        response.headers.setdefault("Content-Security-Policy", POLICY)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS)
        response.headers["X-Frame-Options"] = "DENY"  # for browsers older than frame-ancestors
        return response


def tell_only_the_host(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Keep this page's address, which is a key, out of every Referer.

    Not `no-referrer`: with it browsers send `Origin: null` with the page's own form, which the CSRF check
    must refuse. `strict-origin` says the host, never the path.
    """

    @wraps(view)
    def careful(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        response.headers["Referrer-Policy"] = "strict-origin"
        response.headers["X-Robots-Tag"] = "noindex"
        return response

    return careful
