"""Machine interfaces: is the server well, and how busy is it."""

from django.db import connection
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_safe
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest


@require_safe
def health(request: HttpRequest) -> JsonResponse:
    """Answer 200 when the database answers."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return JsonResponse({"status": "ok"})


@require_safe
def metrics(request: HttpRequest) -> HttpResponse:
    """Give Prometheus metrics, only to this machine itself and never through the proxy."""
    if (
        request.META.get("REMOTE_ADDR") not in {"127.0.0.1", "::1"}
        or "HTTP_X_FORWARDED_FOR" in request.META
    ):
        raise Http404
    return HttpResponse(generate_latest(), content_type=CONTENT_TYPE_LATEST)
