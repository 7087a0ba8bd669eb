"""One line a request: route, status, milliseconds. Never the path, which may carry a token."""

import time
from collections.abc import Callable

import structlog
from django.http import HttpRequest, HttpResponse
from prometheus_client import Counter, Histogram

log = structlog.get_logger("sabaq.request")
REQUESTS = Counter("sabaq_requests_total", "Requests answered", ["route", "method", "status"])
SECONDS = Histogram(
    "sabaq_request_seconds",
    "Seconds to answer",
    ["route"],
    buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1, 5),
)
# Anything may stand where the method stands; a label for each would fill the memory.
_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
# Health is asked all day; and of a survey no line says when somebody answered it.
_SURVEY = "learner:survey"
_UNLOGGED = frozenset({"api:health", _SURVEY})


class RequestLog:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        begun = time.perf_counter()
        response = self.get_response(request)
        took = time.perf_counter() - begun
        method = request.method if request.method in _METHODS else "other"
        route = request.resolver_match.view_name if request.resolver_match else "-"
        # Whoever reads the counters every few seconds would have those moments too.
        if route != _SURVEY:
            REQUESTS.labels(route, method, response.status_code).inc()
            SECONDS.labels(route).observe(took)
        if route not in _UNLOGGED:
            log.info(
                "request",
                route=route,
                method=method,
                status=response.status_code,
                ms=round(took * 1000, 1),
            )
        return response
