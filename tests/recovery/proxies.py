"""A bad network between browser and server: it cuts, holds back, or falls silent, as real ones do."""

import socket
import threading
import time
from contextlib import suppress
from typing import Self
from urllib.parse import urlsplit

_HEAD_ENDS = b"\r\n\r\n"


class BadNetwork:
    """A proxy on loopback, one request a connection. `url` is the server's address through it.

    `holds_streams`: the answer to a request for a stream is kept back until it has ended, as a proxy that
    buffers does. `cuts_after`: no connection lives longer than so many seconds. `is_silent`: nothing moves
    any more, in either direction, and nobody is told.
    """

    def __init__(
        self, server_url: str, *, holds_streams: bool = False, cuts_after: float = 0
    ) -> None:
        where = urlsplit(server_url)
        self._upstream = (where.hostname or "", where.port or 80)
        self._holds_streams, self._cuts_after = holds_streams, cuts_after
        self.is_silent = False
        self.streams_asked_for = self.cuts = 0
        self._open: set[socket.socket] = set()
        self._listener = socket.create_server(("127.0.0.1", 0), backlog=128)
        self.url = f"{where.scheme}://{where.hostname}:{self._listener.getsockname()[1]}"
        threading.Thread(target=self._accept, daemon=True).start()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._listener.close()
        self.cut()

    def cut(self) -> None:
        """Cut every connection there is."""
        for one in tuple(self._open):
            self._end(one)

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                browser, _ = self._listener.accept()
                self._open.add(browser)
                threading.Thread(target=self._serve, args=(browser,), daemon=True).start()

    def _serve(self, browser: socket.socket) -> None:
        with suppress(OSError):
            head = self._head(browser)
            server = socket.create_connection(self._upstream, timeout=60)
            self._open.add(server)
            if self._cuts_after:
                timer = threading.Timer(self._cuts_after, self._cut_one, (browser, server))
                timer.daemon = True
                timer.start()
            is_stream = b"/events" in head.split(b"\r\n", 1)[0]
            self.streams_asked_for += is_stream
            server.sendall(head)
            threading.Thread(target=self._pipe, args=(browser, server), daemon=True).start()
            self._pipe(server, browser, holds=is_stream and self._holds_streams)
        self._end(browser)

    def _head(self, browser: socket.socket) -> bytes:
        """Read the request's head; ask the server to close when it has answered."""
        read = b""
        while _HEAD_ENDS not in read:
            more = browser.recv(65536)
            if not more:
                raise ConnectionError
            read += more
        self._while_silent()
        head, _, body = read.partition(_HEAD_ENDS)
        lines = [
            line for line in head.split(b"\r\n") if not line.lower().startswith(b"connection:")
        ]
        return b"\r\n".join([*lines, b"Connection: close"]) + _HEAD_ENDS + body

    def _pipe(self, source: socket.socket, target: socket.socket, *, holds: bool = False) -> None:
        held = b""
        with suppress(OSError):
            while more := source.recv(65536):
                self._while_silent()
                if holds:
                    held += more
                else:
                    target.sendall(more)
            target.sendall(held)
            target.shutdown(socket.SHUT_WR)

    def _while_silent(self) -> None:
        """What is under way when the line falls silent never arrives."""
        while self.is_silent:
            time.sleep(0.05)

    def _cut_one(self, *both: socket.socket) -> None:
        self.cuts += 1
        for one in both:
            self._end(one)

    def _end(self, one: socket.socket) -> None:
        self._open.discard(one)
        with suppress(OSError):
            one.shutdown(socket.SHUT_RDWR)
        one.close()
