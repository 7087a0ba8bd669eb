"""What says that it is written in other letters than ours is refused, and not misread."""

from collections.abc import Callable

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse

_OURS = frozenset({"utf-8", "utf8", "us-ascii", "ascii"})


class Charsets:
    """Answers 400 to a request in another encoding than UTF-8, in which browsers send our forms."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        charset = (request.content_params or {}).get("charset", "utf-8")
        if charset.strip().casefold() not in _OURS:
            raise BadRequest("charset")
        return self.get_response(request)
