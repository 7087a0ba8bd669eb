"""A mail server that takes every message and keeps it: enough of SMTP for Python's client."""

import email
import email.policy
import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.message import EmailMessage


@dataclass
class PostOffice:
    """What arrived so far, and whose mail is refused. `url` is where a server sends its mail to."""

    url: str = ""
    messages: list[EmailMessage] = field(default_factory=list)
    refused: set[str] = field(default_factory=set)

    def to(self, address: str) -> list[EmailMessage]:
        return [message for message in list(self.messages) if message["To"] == address]


class _Counter(socketserver.StreamRequestHandler):
    """One sender at the counter."""

    server: "_Building"

    def handle(self) -> None:
        self._say(220)
        for line in self.rfile:
            word = line[:4].upper()
            if word == b"DATA":
                self._say(354)
                self._keep()
            self._say(550 if word == b"RCPT" and self._is_refused(line.decode()) else 250)

    def _is_refused(self, line: str) -> bool:
        return any(f"<{address}>" in line for address in self.server.office.refused)

    def _keep(self) -> None:
        lines = []
        while (line := self.rfile.readline()) not in {b".\r\n", b""}:
            lines.append(line.removeprefix(b"."))
        if line:  # a sender that was killed half way has sent nothing
            message = email.message_from_bytes(b"".join(lines), policy=email.policy.default)
            self.server.office.messages.append(message)

    def _say(self, code: int) -> None:
        self.wfile.write(b"%d ok\r\n" % code)


class _Building(socketserver.ThreadingTCPServer):
    daemon_threads = True
    office: PostOffice

    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing about senders that were killed at the counter."""


@contextmanager
def post_office() -> Iterator[PostOffice]:
    """Open a post office on this machine for the length of the block."""
    with _Building(("127.0.0.1", 0), _Counter) as server:
        server.office = PostOffice(f"smtp://127.0.0.1:{server.server_address[1]}")
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server.office
        server.shutdown()
