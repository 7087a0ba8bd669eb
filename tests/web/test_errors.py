"""Error pages: in the reader's language wherever the fault arose, and never Django's own bare one."""

from io import BytesIO
from typing import Any
from wsgiref.util import setup_testing_defaults

import pytest
from django.test import Client

from sabaq.config.wsgi import application


def fails_before(get_response):
    def fail(request):
        raise RuntimeError

    return fail


def fails_after(get_response):
    def fail(request):
        get_response(request)
        raise RuntimeError

    return fail


def ask(method: str, charset: str) -> tuple[str, str]:
    """Send a request as the server takes it in; give the status and the page."""
    environ: dict[str, Any] = {
        "REQUEST_METHOD": method,
        "PATH_INFO": "/privacy/",
        "QUERY_STRING": "next=/today/",
        "CONTENT_TYPE": f"text/plain; charset={charset}",
        "HTTP_ACCEPT_LANGUAGE": "ru",
        "HTTP_HOST": "localhost",
        "wsgi.input": BytesIO(),
    }
    setup_testing_defaults(environ)
    said: list[str] = []
    answer = application(environ, lambda status, headers: said.append(status))
    return said[0][:3], b"".join(answer).decode()


@pytest.mark.django_db
@pytest.mark.parametrize("fault", [fails_before, fails_after])
def test_a_fault_around_everything_is_told_in_the_readers_language(settings, fault):
    settings.MIDDLEWARE = [f"{__name__}.{fault.__name__}", *settings.MIDDLEWARE]

    response = Client(headers={"accept-language": "ru"}, raise_request_exception=False).get("/")

    assert (response.status_code, response.headers["Content-Language"]) == (500, "ru")
    assert "Ошибка на нашей стороне" in response.content.decode()


def test_a_host_that_is_not_ours_is_told_so_in_the_readers_language():
    client = Client(headers={"accept-language": "ru", "host": "elsewhere.example"})

    response = client.get("/")

    assert response.status_code == 400
    assert "Не удалось разобрать этот запрос" in response.content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize(
    "charset", ["hex", "undefined", "idna", "utf-16", "rot13", "latin-1", "no-such-letters", "é"]
)
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_what_is_written_in_other_letters_is_refused_on_our_own_page(method, charset):
    status, page = ask(method, charset)

    assert status == "400"
    assert "Не удалось разобрать этот запрос" in page


@pytest.mark.django_db
@pytest.mark.parametrize("charset", ["utf-8", "UTF8", '"utf-8"', "us-ascii"])
def test_what_says_that_it_is_in_our_letters_is_read(charset):
    status, _page = ask("GET", charset)

    assert status == "200"
