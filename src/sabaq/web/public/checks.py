"""The public check of a certificate: it confirms number, course, dates and state; it never names."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from sabaq.credentials.queries import certificate_numbered
from sabaq.credentials.rules.numbers import tidy_number
from sabaq.kernel import clock
from sabaq.web import limits


@require_safe
def check(request: HttpRequest) -> HttpResponse:
    """Ask for a number; a GET form, so that the answer has an address."""
    typed = request.GET.get("number", "").strip()
    if typed:
        return redirect("public:check_number", tidy_number(typed)[:40])
    return render(request, "public/check.html", {})


@require_safe
def check_number(request: HttpRequest, number: str) -> HttpResponse:
    """Say whether a certificate with this number is valid, replaced or withdrawn, or is not ours."""
    limits.CHECKS.count(limits.neighbourhood(request), at=clock.now())
    certificate = certificate_numbered(number)
    return render(
        request,
        "public/check.html",
        {"number": number, "certificate": certificate, "asked": True},
        status=200 if certificate else 404,
    )
