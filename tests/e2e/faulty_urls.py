"""The addresses of the house, and some that fail as no page of ours should."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.urls import path

from sabaq.config.urls import handler400, handler403, handler404, handler500, urlpatterns
from sabaq.kernel.errors import DomainError

__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]

FAULTS = {"403": PermissionDenied, "422": DomainError, "500": RuntimeError}


def fail(request: HttpRequest, fault: str) -> HttpResponse:
    raise FAULTS[fault]


urlpatterns = [*urlpatterns, path("fails/<str:fault>/", fail)]
