from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST


def home(request: HttpRequest) -> HttpResponse:
    return render(request, "public/home.html")


@require_POST
def set_language(request: HttpRequest) -> HttpResponse:
    """Keep the reader's choice of interface language in a cookie and go back."""
    wanted = request.POST.get("language", "")
    target = request.POST.get("next", "/")
    if not url_has_allowed_host_and_scheme(target, allowed_hosts={request.get_host()}):
        target = "/"
    response = redirect(target)
    if wanted in dict(settings.LANGUAGES):
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            wanted,
            max_age=settings.LANGUAGE_COOKIE_AGE,
            samesite="Lax",
            secure=settings.SESSION_COOKIE_SECURE,
            httponly=True,
        )
    return response


def code(request: HttpRequest) -> HttpResponse:
    return render(request, "public/code.html")


def link(request: HttpRequest, token: str) -> HttpResponse:
    return render(request, "public/link.html")


@require_POST
def leave(request: HttpRequest) -> HttpResponse:
    response = redirect("public:home")
    response.delete_cookie(settings.PARTICIPANT_COOKIE)
    return response
