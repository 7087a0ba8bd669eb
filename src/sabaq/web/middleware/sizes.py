"""What is too large is refused before it is read, with a page that says so."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


class RequestSizes:
    """Answers 413 by the declared length: files up to `UPLOAD_LIMIT`, anything else up to Django's limit.

    A body without a declared length is not read by Django at all. It stands before the CSRF check, which
    would read the body.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Any, args: Any, kwargs: Any
    ) -> HttpResponse | None:
        is_upload = request.content_type == "multipart/form-data"
        limit = settings.UPLOAD_LIMIT if is_upload else settings.DATA_UPLOAD_MAX_MEMORY_SIZE
        if _declared(request) <= limit:
            return None
        return render(request, "413.html", status=413)


def _declared(request: HttpRequest) -> int:
    try:
        return int(request.META.get("CONTENT_LENGTH") or 0)
    except ValueError:
        return 0
