"""A plain browser: cookies, forms, files, redirects, and a count of every byte on the wire."""

import gzip
import http.client
import io
import json
import secrets
import socket
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from typing import Any, cast
from urllib.parse import urlencode, urljoin, urlsplit

from sabaq.ops.rehearsal.pages import Form, Node, read_page
from sabaq.ops.rehearsal.weather import CALM, Weather

PATIENCE_SECONDS = 60
# The server closes an idle connection after a few seconds; a browser opens a new one before it writes.
IDLE_SECONDS = 2.0
# A phone that hears nothing sends again, under the same write id.
SENDINGS = 5
Fields = Mapping[str, "str | Sequence[str]"]


class Unexpected(AssertionError):
    """The server answered otherwise than the play needs to go on."""


@dataclass
class Traffic:
    """What went over the wire, heads included, TLS excluded."""

    requests: int = 0
    size: int = 0


@dataclass
class File:
    name: str
    content: bytes
    content_type: str = "application/octet-stream"


@dataclass
class Answer:
    """What came back; `page` is its HTML as a tree."""

    path: str
    status: int
    headers: http.client.HTTPMessage
    body: bytes
    was_sent_again: bool = False
    _page: Node | None = field(default=None, repr=False)

    @property
    def text(self) -> str:
        return self.body.decode("utf-8", "replace")

    @property
    def location(self) -> str:
        return self.headers.get("Location", "")

    @property
    def is_redirect(self) -> bool:
        return self.status in {301, 302, 303, 307, 308}

    @property
    def page(self) -> Node:
        if self._page is None:
            self._page = read_page(self.text)
        return self._page

    def json(self) -> Any:
        return json.loads(self.body)

    def form(self, action: str, **hidden: str) -> Form:
        """Give the form whose action ends with `action` and that holds these values, or raise `Unexpected`."""
        for form in self.page.forms():
            holds = all(form.fields.get(name) == value for name, value in hidden.items())
            if urlsplit(urljoin(self.path, form.action)).path.endswith(action) and holds:
                return form
        raise Unexpected(f"{self.path} ({self.status}) has no form for {action}")


class _CountedReader(io.RawIOBase):
    def __init__(self, raw: io.RawIOBase, traffic: Traffic) -> None:
        self._raw, self._traffic = raw, traffic

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int | None:
        count = cast("int | None", self._raw.readinto(buffer))
        self._traffic.size += count or 0
        return count

    def close(self) -> None:
        self._raw.close()
        super().close()


class _CountedSocket:
    """A socket as `http.client` uses it, counting what passes."""

    def __init__(self, plain: socket.socket, traffic: Traffic) -> None:
        self._plain, self._traffic = plain, traffic

    def sendall(self, data: bytes) -> None:
        self._plain.sendall(data)
        self._traffic.size += len(data)

    def makefile(self, _mode: str) -> io.BufferedReader:
        raw = cast("io.RawIOBase", self._plain.makefile("rb", buffering=0))
        return io.BufferedReader(_CountedReader(raw, self._traffic))

    def __getattr__(self, name: str) -> Any:
        return getattr(self._plain, name)


class CountedConnection(http.client.HTTPConnection):
    """An HTTP connection whose bytes are counted."""

    def __init__(self, host: str, traffic: Traffic, timeout: float = PATIENCE_SECONDS) -> None:
        super().__init__(host, timeout=timeout)
        self.traffic = traffic

    def connect(self) -> None:
        super().connect()
        self.sock = _CountedSocket(self.sock, self.traffic)


class Browser:
    """One person's browser. Answers are given as they come; `go` and `submit` follow redirects."""

    def __init__(self, address: str, *, language: str = "en", weather: Weather = CALM) -> None:
        self.address = address
        self.weather = weather
        self.host = urlsplit(address).netloc
        self.language = language
        self.cookies: dict[str, str] = {}
        self.traffic = Traffic()
        self._connection: CountedConnection | None = None
        self._used_at = 0.0
        self._lock = threading.Lock()

    def get(self, path: str) -> Answer:
        return self._ask("GET", path)

    def go(self, path: str) -> Answer:
        """Open a page, over its redirects; raise `Unexpected` unless it is there."""
        answer = self.follow(self.get(path))
        if answer.status != http.HTTPStatus.OK:
            raise Unexpected(f"GET {path}: {answer.status}")
        return answer

    def post(self, path: str, fields: Fields | None = None, *, quick: bool = False) -> Answer:
        """Send a form of our own making, with the token that every form of this browser carries.

        `quick` asks for the short answer that the page's own script gets.
        """
        sent = {"csrfmiddlewaretoken": self.cookies.get("csrftoken", ""), **(fields or {})}
        body = urlencode(sent, doseq=True).encode()
        return self._ask("POST", path, body, "application/x-www-form-urlencoded", quick=quick)

    def send(self, answer: Answer, form: Form, fields: Fields | None = None) -> Answer:
        """Send a form of a page with what it holds, and `fields` over it; give the bare answer."""
        path = urljoin(answer.path, form.action) or answer.path
        return self.post(path, {**form.fields, **(fields or {})})

    def submit(self, answer: Answer, form: Form, fields: Fields | None = None) -> Answer:
        """Send a form of a page and go where it leads; raise `Unexpected` when it comes back."""
        sent = self.send(answer, form, fields)
        if sent.was_sent_again and sent.status in {200, 404, 409}:
            return self.follow(self.get(answer.path))  # what was sent first has arrived
        if not sent.is_redirect:
            raise Unexpected(f"POST {sent.path}: {sent.status}: {sent.page.complaints()}")
        return self.follow(sent)

    def upload(self, path: str, fields: Fields, name: str, file: File) -> Answer:
        """Send a form with one file in it."""
        mark = secrets.token_hex(16)
        sent = {"csrfmiddlewaretoken": self.cookies.get("csrftoken", ""), **fields}
        parts = [
            f'--{mark}\r\nContent-Disposition: form-data; name="{key}"\r\n\r\n{value}\r\n'.encode()
            for key, value in sent.items()
        ]
        head = (
            f'--{mark}\r\nContent-Disposition: form-data; name="{name}"; filename="{file.name}"\r\n'
            f"Content-Type: {file.content_type}\r\n\r\n"
        )
        body = b"".join([*parts, head.encode(), file.content, f"\r\n--{mark}--\r\n".encode()])
        return self._ask("POST", path, body, f"multipart/form-data; boundary={mark}")

    def follow(self, answer: Answer) -> Answer:
        """Go on while the answer leads elsewhere."""
        for _ in range(10):
            if not answer.is_redirect:
                return answer
            answer = self.get(urljoin(answer.path, answer.location))
        raise Unexpected(f"{answer.path} leads in circles")

    def close(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def headers(self) -> dict[str, str]:
        cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        return {
            "Host": self.host,
            "Accept-Language": self.language,
            "Accept-Encoding": "gzip",
            **({"Cookie": cookies} if cookies else {}),
        }

    def _ask(
        self,
        method: str,
        address: str,
        body: bytes | None = None,
        content_type: str = "",
        *,
        quick: bool = False,
    ) -> Answer:
        parts = urlsplit(address)
        path = parts.path + (f"?{parts.query}" if parts.query else "")
        headers = self.headers() | ({"X-Requested-With": "fetch"} if quick else {})
        if body is not None:
            headers |= {"Content-Type": content_type, "Content-Length": str(len(body))}
        with self._lock:
            response, content, sendings = self._exchange(method, path, body, headers)
        self._keep_cookies(response.headers)
        if response.headers.get("Content-Encoding") == "gzip":
            content = gzip.decompress(content)
        return Answer(path, response.status, response.headers, content, sendings > 1)

    def _exchange(
        self, method: str, path: str, body: bytes | None, headers: Mapping[str, str]
    ) -> tuple[http.client.HTTPResponse, bytes, int]:
        """Send until there is an answer; give it with its body and how often it was sent."""
        for sending in range(1, SENDINGS + 1):
            try:
                self.weather.before()
                connection = self._fresh_connection()
                self.traffic.requests += 1
                _send(connection, method, path, body, headers)
                self.weather.sent()
                response = connection.getresponse()
                content = response.read()
            except (OSError, http.client.HTTPException):
                self.close()
                if sending == SENDINGS or not self.weather.has_passed():
                    raise
                continue
            self._used_at = time.monotonic()
            if response.will_close:
                self.close()
            self.weather.answered()
            return response, content, sending
        raise Unexpected(f"{path} was never answered")

    def _fresh_connection(self) -> CountedConnection:
        if self._connection is None or time.monotonic() - self._used_at > IDLE_SECONDS:
            self.close()
            self._connection = CountedConnection(self.host, self.traffic)
        return self._connection

    def _keep_cookies(self, headers: http.client.HTTPMessage) -> None:
        for line in headers.get_all("Set-Cookie", []):
            for name, morsel in SimpleCookie(line).items():
                if morsel["max-age"] == "0" or not morsel.value:
                    self.cookies.pop(name, None)
                else:
                    self.cookies[name] = morsel.value


def _send(
    connection: CountedConnection,
    method: str,
    path: str,
    body: bytes | None,
    headers: Mapping[str, str],
) -> None:
    try:
        connection.request(method, path, body, dict(headers))
    except (BrokenPipeError, ConnectionResetError):
        if body is None:
            raise
        # A refusal may come before the whole body is out: what the server said is still to be read.
