"""The public check of a certificate: it confirms number, course, dates and state; it never names."""

from datetime import timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from sabaq.credentials.queries import certificate_numbered
from sabaq.credentials.rules import tidy_number
from sabaq.kernel import clock
from sabaq.kernel.ratelimit import count_attempt

CHECKS_PER_HOUR = 120


def check(request: HttpRequest) -> HttpResponse:
    """Ask for a number; a GET form, so that the answer has an address."""
    typed = request.GET.get("number", "").strip()
    if typed:
        return redirect("public:check_number", tidy_number(typed)[:40])
    return render(request, "public/check.html", {})


def check_number(request: HttpRequest, number: str) -> HttpResponse:
    """Say whether a certificate with this number is valid, replaced or withdrawn, or is not ours."""
    count_attempt(
        "certificate-check",
        request.META.get("REMOTE_ADDR", ""),
        limit=CHECKS_PER_HOUR,
        per=timedelta(hours=1),
        at=clock.now(),
    )
    certificate = certificate_numbered(number)
    return render(
        request,
        "public/check.html",
        {"number": number, "certificate": certificate, "asked": True},
        status=200 if certificate else 404,
    )
