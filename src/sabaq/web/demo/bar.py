"""The demo bar: on every page of a demo, above what is Sabaq's own, and in no template of it."""

import re
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.template.loader import render_to_string
from django.templatetags.static import static

from sabaq.people.enums import Role
from sabaq.web.demo import cast
from sabaq.web.demo.phone import is_framed, is_phone
from sabaq.web.demo.views import PLAYED

# Behind the link that skips to the content, which stays the first thing a keyboard meets.
_TOP = re.compile(rb'<body[^>]*>\s*(?:<a class="skip"[^>]*>[^<]*</a>)?')


class DemoBar:
    """Puts the bar into whole pages. Stands innermost, where the token of forms can still be asked for."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if _has_room(request, response):
            _put(request, response)
        return response


def _has_room(request: HttpRequest, response: HttpResponseBase) -> bool:
    return (
        isinstance(response, HttpResponse)
        and response.headers.get("Content-Type", "").startswith("text/html")
        and request.headers.get("X-Requested-With") != "fetch"
        and not is_framed(request)
        and b"</head>" in response.content
    )


def _put(request: HttpRequest, response: HttpResponse) -> None:
    sheet = f'<link rel="stylesheet" href="{static("sabaq/demo.css")}"></head>'
    page = response.content.replace(b"</head>", sheet.encode(), 1)
    bar = render_to_string("demo/bar.html", _shown(request), request).encode()
    response.content = _TOP.sub(lambda top: top[0] + bar, page, count=1)
    # The bar says who is signed in: what may be kept of a page of the news must not say so later.
    response.headers["Cache-Control"] = "no-store"
    del response.headers["ETag"]


def _shown(request: HttpRequest) -> dict[str, object]:
    actor = request.actor  # type: ignore[attr-defined]
    played = request.session.get(PLAYED) if actor.is_staff else None
    if actor.is_participant:
        played = Role.PARTICIPANT
    return {
        "players": [player for player in cast.players() if player.part.is_in_bar],
        "played": played,
        "is_phone": is_phone(request),
    }
