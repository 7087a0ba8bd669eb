"""Personal links and codes never reach logs, metrics, Referer or caches; answers carry the headers that keep it so."""

import io
import logging
from contextlib import contextmanager

import pytest
import structlog
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.test import Client
from prometheus_client import generate_latest

from sabaq.config import logs
from sabaq.enrolment.links import link_code, link_token
from tests.factories import AccessLinkFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("still_clock")]


@contextmanager
def logged():
    """Configure logging as the server does, and give what it writes."""
    root = logging.getLogger()
    kept = root.handlers[:], root.level
    names = ("uvicorn.access", "django.request", "django.security", "fontTools")
    levels = {name: logging.getLogger(name).level for name in names}
    text = io.StringIO()
    logs.configure({})
    root.handlers[0].setStream(text)
    try:
        yield text
    finally:
        root.handlers, root.level = kept
        for name, level in levels.items():
            logging.getLogger(name).setLevel(level)
        structlog.reset_defaults()


def broken(*_args: object, **_kwargs: object) -> None:
    raise ImproperlyConfigured("something broke")


def test_no_log_line_and_no_metric_carries_a_link_or_a_code():
    link = AccessLinkFactory()
    token, code = link_token(link.uuid), link_code(link.uuid)
    client = Client(raise_request_exception=False)

    with logged() as text:
        client.get(f"/i/{token}/")
        client.get(f"/i/{token}x/")
        client.get(f"/i/{token}")
        client.get(f"/i/{token}/more/")
        client.post("/code/", {"code": code})
        client.post(f"/i/{token}/", {"answer": "me"})
        client.get("/me/")
        logging.getLogger("uvicorn.access").info('127.0.0.1 - "GET /i/%s/ HTTP/1.1" 200', token)
        written = text.getvalue()

    metrics = generate_latest().decode()
    assert '"route": "public:link"' in written
    assert 'route="public:link"' in metrics
    for secret in (token, code, link.uuid.hex, str(link.uuid), str(link.enrolment.person)):
        assert secret not in written
        assert secret not in metrics


def test_a_page_that_breaks_is_logged_without_the_link_that_broke_it(monkeypatch):
    token = link_token(AccessLinkFactory().uuid)
    monkeypatch.setattr("sabaq.web.public.views.link_behind", broken)
    client = Client(raise_request_exception=False)

    with logged() as text:
        response = client.get(f"/i/{token}/")
        written = text.getvalue()

    assert response.status_code == 500
    assert "something broke" in written
    assert "/i/***" in written
    assert token not in written


def test_methods_that_clients_invent_make_no_new_metric():
    Client().generic("BREW", "/healthz")

    assert 'method="other"' in generate_latest().decode()
    assert "BREW" not in generate_latest().decode()


@pytest.mark.parametrize("path", ["/i/{token}/", "/code/"])
def test_the_link_page_tells_other_pages_the_host_only_and_is_kept_nowhere(client, path):
    token = link_token(AccessLinkFactory().uuid)

    response = client.get(path.format(token=token))

    assert response.headers["Referrer-Policy"] == "strict-origin"
    assert response.headers["Cache-Control"] == "no-store"
    assert response.headers["X-Robots-Tag"] == "noindex"


def test_the_link_page_asks_no_other_host_for_anything(client):
    html = client.get(f"/i/{link_token(AccessLinkFactory().uuid)}/").content.decode()

    assert "http://" not in html
    assert "https://" not in html


def test_a_wrong_host_is_refused(client):
    assert client.get("/", headers={"Host": "evil.example"}).status_code == 400


def test_a_form_without_its_token_is_answered_with_what_to_do(client):
    response = Client(enforce_csrf_checks=True).post("/code/", {"code": "0000-0000"})

    assert response.status_code == 403
    assert "Go back, copy a long text if you wrote one" in response.content.decode()


@pytest.mark.parametrize(
    ("content_type", "size"),
    [
        ("application/x-www-form-urlencoded", settings.DATA_UPLOAD_MAX_MEMORY_SIZE + 1),
        ("multipart/form-data; boundary=x", settings.UPLOAD_LIMIT + 1),
    ],
)
def test_what_is_too_large_is_refused_before_it_is_read_and_the_page_says_so(
    client, content_type, size
):
    response = client.generic(
        "POST", "/code/", b"code=1", content_type=content_type, CONTENT_LENGTH=str(size)
    )

    assert response.status_code == 413
    assert "What you sent is too large" in response.content.decode()


def test_too_many_fields_are_answered_like_too_large(client):
    fields = {f"f{n}": "1" for n in range(settings.DATA_UPLOAD_MAX_NUMBER_FIELDS + 1)}

    response = client.post("/language/", fields)

    assert response.status_code == 413


def test_metrics_are_for_this_machine_only(client):
    assert client.get("/metrics").status_code == 200
    assert client.get("/metrics", REMOTE_ADDR="192.0.2.1").status_code == 404
    assert client.get("/metrics", headers={"X-Forwarded-For": "192.0.2.1"}).status_code == 404


@pytest.mark.parametrize(
    ("target", "leads_to"),
    [("foo", "foo"), ("office:editions", "/"), ("//other.example", "/"), ("/check/", "/check/")],
)
def test_a_choice_of_language_leads_back_within_this_house(client, target, leads_to):
    response = client.post("/language/", {"language": "ru", "next": target})

    assert (response.status_code, response.headers["Location"]) == (302, leads_to)
