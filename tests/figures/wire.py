"""A browser's side of one HTTP/1.1 connection, counted to the byte in both directions.

Sends what Chromium on a phone sends, keeps cookies, and fetches a page's styles, scripts and icon once, as
their `immutable` allows. Nothing is left out but TLS.
"""

import gzip
import re
import socket
from dataclasses import dataclass, field
from urllib.parse import urlencode, urlsplit

import brotli

_ALWAYS = {
    "sec-ch-ua": '"Chromium";v="130", "Not?A_Brand";v="99"',
    "sec-ch-ua-mobile": "?1",
    "sec-ch-ua-platform": '"Android"',
    "User-Agent": "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) "
    "Chrome/130.0.0.0 Mobile Safari/537.36",
}
_OF_A_PAGE = {
    "Upgrade-Insecure-Requests": "1",
    "Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,image/apng,*/*;q=0.8",
    "Sec-Fetch-Site": "same-origin",
    "Sec-Fetch-Mode": "navigate",
    "Sec-Fetch-User": "?1",
    "Sec-Fetch-Dest": "document",
}
_OF_AN_ASSET = {"Accept": "*/*", "Sec-Fetch-Site": "same-origin", "Sec-Fetch-Mode": "no-cors"}
_LAST = {"Accept-Encoding": "gzip, deflate, br, zstd"}
_ASSET = re.compile(r'(?:src|href)="(/static/[^"]+)"')
_TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')


@dataclass
class Answer:
    """One answer, its body decoded, and the bytes of request and answer as they crossed the wire."""

    status: int
    headers: dict[str, str]
    text: str
    body_bytes: int
    wire_bytes: int


@dataclass
class Visit:
    """A page as a reader gets it: redirects followed, assets fetched."""

    path: str
    page: Answer
    wire_bytes: int
    scripts: dict[str, int]


@dataclass
class CountingBrowser:
    """One reader's browser. `language` is what it asks for."""

    url: str
    language: str = "ru"
    cookies: dict[str, str] = field(default_factory=dict)
    cache: dict[str, Answer] = field(default_factory=dict)
    here: str = ""
    _token: str = ""
    _socket: socket.socket | None = None

    def open(self, path: str) -> Visit:
        """Open a page, with what it needs and the browser does not have yet."""
        return self._visit("GET", path, {})

    def send(self, path: str, **form: str) -> Visit:
        """Send a form of the page that is open, follow where it leads, and open that page."""
        return self._visit("POST", path, form)

    def post(self, path: str, **form: str) -> Answer:
        """Send a form as a page's script does: its answer is not opened."""
        return self.ask("POST", path, form, _OF_AN_ASSET)

    def _visit(self, method: str, path: str, form: dict[str, str]) -> Visit:
        spent = 0
        while True:
            answer = self.ask(method, path, form, _OF_A_PAGE)
            spent += answer.wire_bytes
            if answer.status not in {301, 302, 303}:
                break
            method, path, form = "GET", answer.headers["location"], {}
        self.here = path
        self._token = found[1] if (found := _TOKEN.search(answer.text)) else ""
        assets = sorted(set(_ASSET.findall(answer.text)))
        for asset in assets:
            if asset not in self.cache:
                self.cache[asset] = self.ask("GET", asset, {}, _OF_AN_ASSET)
                spent += self.cache[asset].wire_bytes
        scripts = {asset: self.cache[asset].body_bytes for asset in assets if asset.endswith(".js")}
        return Visit(path, answer, spent, scripts)

    def ask(self, method: str, path: str, form: dict[str, str], kind: dict[str, str]) -> Answer:
        """Ask once over the kept connection; a form gets the token of the page that was opened last."""
        body = ""
        more = dict(kind)
        if method == "POST":
            body = urlencode({"csrfmiddlewaretoken": self._token, **form})
            more |= {
                "Content-Type": "application/x-www-form-urlencoded",
                "Content-Length": str(len(body)),
                "Cache-Control": "max-age=0",
                "Origin": self.url,
            }
        if self.here:
            more["Referer"] = self.url + self.here
        if self.cookies:
            more["Cookie"] = "; ".join(f"{k}={v}" for k, v in self.cookies.items())
        host = urlsplit(self.url).netloc
        headers = {"Host": host, "Connection": "keep-alive", **_ALWAYS, **more, **_LAST}
        headers["Accept-Language"] = f"{self.language},en;q=0.5"
        head = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
        request = f"{method} {path} HTTP/1.1\r\n{head}\r\n{body}".encode()
        return self._exchange(request)

    def _exchange(self, request: bytes) -> Answer:
        connection = self._connection()
        connection.sendall(request)
        received = connection.recv(65536)
        if not received:  # the server had ended the idle connection: ask anew, as browsers do
            self.close()
            return self._exchange(request)
        while b"\r\n\r\n" not in received:
            received += self._more(connection)
        head, _, body = received.partition(b"\r\n\r\n")
        status, *lines = head.decode("latin-1").split("\r\n")
        headers = {}
        for line in lines:
            name, _, value = line.partition(": ")
            if name.lower() == "set-cookie":
                self._keep(value)
            headers[name.lower()] = value
        while not _is_whole(headers, body):
            body += self._more(connection)
        return Answer(
            int(status.split()[1]),
            headers,
            _decoded(headers, body),
            len(body),
            len(request) + len(head) + 4 + len(body),
        )

    def _connection(self) -> socket.socket:
        if self._socket is None:
            where = urlsplit(self.url)
            self._socket = socket.create_connection(("127.0.0.1", where.port or 80), timeout=60)
        return self._socket

    @staticmethod
    def _more(connection: socket.socket) -> bytes:
        more = connection.recv(65536)
        assert more, "the server closed the connection in the middle of an answer"
        return more

    def _keep(self, cookie: str) -> None:
        name, _, value = cookie.split(";", 1)[0].partition("=")
        if "max-age=0" in cookie.lower() or not value.strip('"'):
            self.cookies.pop(name, None)
        else:
            self.cookies[name] = value

    def close(self) -> None:
        if self._socket is not None:
            self._socket.close()
            self._socket = None


def _is_whole(headers: dict[str, str], body: bytes) -> bool:
    if "content-length" in headers:
        return len(body) >= int(headers["content-length"])
    if headers.get("transfer-encoding") == "chunked":
        return body.endswith(b"0\r\n\r\n")
    return True


def _decoded(headers: dict[str, str], body: bytes) -> str:
    if headers.get("transfer-encoding") == "chunked":
        chunks, rest = [], body
        while True:
            size, _, rest = rest.partition(b"\r\n")
            if not int(size, 16):
                break
            chunks.append(rest[: int(size, 16)])
            rest = rest[int(size, 16) + 2 :]
        body = b"".join(chunks)
    encoding = headers.get("content-encoding", "")
    if encoding == "gzip":
        body = gzip.decompress(body)
    elif encoding == "br":
        body = brotli.decompress(body)
    return body.decode("utf-8", "replace")
