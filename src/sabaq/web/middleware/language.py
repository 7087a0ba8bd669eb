from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.cache import patch_vary_headers

# Readers of these languages read Russian far more often than English until theirs is complete.
_RUSSIAN_FIRST = frozenset({"kk", "ky", "tg", "tk", "uz"})


class ReaderLanguage:
    """Chooses the interface language: the reader's own choice (cookie), else what the browser asks for."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        language = reader_language(request)
        request.LANGUAGE_CODE = language
        # Only while answering: a thread serves readers of several languages, and tasks and tests too.
        with translation.override(language):
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        patch_vary_headers(response, ("Accept-Language", "Cookie"))
        return response


def reader_language(request: HttpRequest) -> str:
    """Give the interface language of whoever sent this request."""
    return _chosen(request) or _asked_for(request) or settings.LANGUAGE_CODE


def interface_language(language: str) -> str:
    """Give the interface language that serves a reader of `language` best."""
    known = dict(settings.LANGUAGES)
    if language in known:
        return language
    return "ru" if language in _RUSSIAN_FIRST and "ru" in known else settings.LANGUAGE_CODE


def _chosen(request: HttpRequest) -> str | None:
    language = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME)
    return language if language in dict(settings.LANGUAGES) else None


def _asked_for(request: HttpRequest) -> str | None:
    header = request.headers.get("Accept-Language", "")
    for part in header.split(",")[:10]:
        code = part.split(";")[0].strip().lower().split("-")[0]
        if code in dict(settings.LANGUAGES) or code in _RUSSIAN_FIRST:
            return interface_language(code)
    return None
