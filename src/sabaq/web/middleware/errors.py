"""A `DomainError` that no view answered becomes a page that says what happened and what to do."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from sabaq.kernel.errors import DomainError
from sabaq.kernel.ratelimit import TooManyAttempts


class DomainErrors:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, DomainError):
            return None
        response = render(
            request,
            [f"{exception.status}.html", "error.html"],
            {"error": exception, "status": exception.status},
            status=exception.status,
        )
        if isinstance(exception, TooManyAttempts):
            response.headers["Retry-After"] = str(exception.values["minutes"] * 60)
        return response
