"""The public check of a certificate: it confirms number, course, dates and state, and a name to whoever knows it.

It never tells a name. What is typed comes as POST, so that it stands in no address and no log.
"""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from sabaq.credentials.enums import CertificateState
from sabaq.credentials.queries import certificate_numbered
from sabaq.credentials.rules.names import is_same_name
from sabaq.credentials.rules.numbers import tidy_number
from sabaq.credentials.rules.printed import printed_from
from sabaq.kernel import clock
from sabaq.web import limits

LONGEST_NAME = 200


@require_safe
def check(request: HttpRequest) -> HttpResponse:
    """Ask for a number; a GET form, so that the answer has an address."""
    typed = request.GET.get("number", "").strip()
    if typed:
        return redirect("public:check_number", tidy_number(typed)[:40])
    return render(request, "public/check.html", {})


@require_http_methods(["GET", "HEAD", "POST"])
def check_number(request: HttpRequest, number: str) -> HttpResponse:
    """Say whether a certificate with this number is valid, replaced or withdrawn, or is not ours.

    A POST asks besides whether the name typed is the one on it; of what is not valid nothing is said.
    """
    limits.CHECKS.count(limits.neighbourhood(request), at=clock.now())
    certificate = certificate_numbered(number)
    page: dict[str, object] = {"number": number, "certificate": certificate, "asked": True}
    if certificate is None:
        return render(request, "public/check.html", page, status=404)
    page["course"] = printed_from(certificate.printed).course_titles
    typed = request.POST.get("name", "")[:LONGEST_NAME].strip()
    if typed and certificate.state == CertificateState.VALID:
        names = (certificate.native_name, certificate.latin_name)
        page["name_check"] = _compare(request, certificate.number, typed, names)
    return render(request, "public/check.html", page)


def _compare(request: HttpRequest, number: str, typed: str, names: tuple[str, str]) -> str:
    """Give "same" or "other"; who tries names one after another is soon told to wait."""
    at, who = clock.now(), limits.neighbourhood(request)
    guesses = ((limits.NAMES_OF_ADDRESS, who), (limits.NAMES_OF_NUMBER, number))
    for limit, key in guesses:
        limit.refuse_when_exhausted(key, at=at)
    if is_same_name(typed, *names):
        return "same"
    for limit, key in guesses:
        limit.count(key, at=at)
    return "other"
