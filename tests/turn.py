"""The real coturn as `sabaq serve` configures it, and a client that says what it answers (RFC 8489, RFC 8656)."""

import hashlib
import hmac
import os
import shutil
import socket
import struct
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sabaq.adapters.coturn.configuration import configuration
from sabaq.classroom.ports import Detour
from sabaq.ops.turn import TurnServer, own_address
from tests.conftest import missing
from tests.nginx import free_port, wait_for

_COOKIE = 0x2112A442
_ALLOCATE, _PERMIT = 0x003, 0x008
_ERROR_BIT = 0x110
_NAME, _INTEGRITY, _ERROR, _PEER = 0x0006, 0x0008, 0x0009, 0x0012
_REALM, _NONCE, _TRANSPORT = 0x0014, 0x0015, 0x0019
_UDP, _TCP = 17, 6


def turn_server(port: int | None = None) -> TurnServer:
    """Give a server that leads to this machine's own address; skip the test where there is no coturn, or no address."""
    program, address = shutil.which("turnserver"), own_address()
    if program is None:
        missing("turnserver (Debian package coturn)")
    if not address:
        missing("an IPv4 address beside the loopback")
    return TurnServer(program, port or free_port(), "secret of this test", address, "localhost")


@contextmanager
def coturn(server: TurnServer, folder: Path) -> Iterator["subprocess.Popen[bytes]"]:
    """Run the real coturn as it is configured for `server`."""
    path = folder / "turnserver.conf"
    path.write_text(configuration(server, folder))
    with (folder / "turnserver.log").open("wb") as log:
        process = subprocess.Popen(
            [server.program, "-c", str(path)], stdout=log, stderr=log, cwd=folder
        )
    try:
        wait_for(server.port)
        time.sleep(0.2)
        yield process
    finally:
        process.kill()
        process.wait(timeout=10)


class TurnClient:
    """A browser's side of a detour: each request gives 0, or the number by which it was refused."""

    def __init__(self, line: socket.socket, detour: Detour) -> None:
        self._line, self._detour = line, detour
        self._realm = self._nonce = b""
        self._id = os.urandom(12)
        line.settimeout(10)

    def allocate(self, transport: int = _UDP) -> int:
        """Ask for a relay, first as nobody, as every client does, and then by name."""
        what = [(_TRANSPORT, struct.pack("!I", transport << 24))]
        refused = self._ask(_ALLOCATE, what)
        return self._ask(_ALLOCATE, what, by_name=True) if refused == 401 else refused

    def allocate_tcp(self) -> int:
        return self.allocate(_TCP)

    def permit(self, address: str) -> int:
        """Ask for leave to send to an address."""
        family = socket.AF_INET6 if ":" in address else socket.AF_INET
        raw = socket.inet_pton(family, address)
        key = struct.pack("!I", _COOKIE) + self._id
        kind = 2 if family == socket.AF_INET6 else 1
        port = struct.pack("!BBH", 0, kind, 9 ^ (_COOKIE >> 16))
        peer = port + bytes(a ^ b for a, b in zip(raw, key, strict=False))
        return self._ask(_PERMIT, [(_PEER, peer)], by_name=True)

    def _ask(self, method: int, what: list[tuple[int, bytes]], *, by_name: bool = False) -> int:
        if by_name:
            name = self._detour.name.encode()
            what = [*what, (_NAME, name), (_REALM, self._realm), (_NONCE, self._nonce)]
        body = b"".join(_attribute(kind, value) for kind, value in what)
        if by_name:
            words = f"{self._detour.name}:{self._realm.decode()}:{self._detour.word}".encode()
            key = hashlib.md5(words, usedforsecurity=False).digest()
            signed = _header(method, len(body) + 24, self._id) + body
            body += _attribute(_INTEGRITY, hmac.digest(key, signed, "sha1"))
        self._line.sendall(_header(method, len(body), self._id) + body)
        refused = self._answer(method)
        self._id = os.urandom(12)
        return refused

    def _answer(self, method: int) -> int:
        kind, length, _ = struct.unpack("!HHI", self._read(20)[:8])
        body, at, found = self._read(length), 0, {}
        while at < length:
            which, size = struct.unpack_from("!HH", body, at)
            found[which] = body[at + 4 : at + 4 + size]
            at += 4 + size + -size % 4
        self._realm = found.get(_REALM, self._realm)
        self._nonce = found.get(_NONCE, self._nonce)
        if kind != method | _ERROR_BIT:
            return 0
        return found[_ERROR][2] * 100 + found[_ERROR][3]

    def _read(self, count: int) -> bytes:
        said = b""
        while len(said) < count:
            more = self._line.recv(count - len(said))
            if not more:
                raise ConnectionError
            said += more
        return said


def _header(method: int, length: int, number: bytes) -> bytes:
    return struct.pack("!HHI", method, length, _COOKIE) + number


def _attribute(kind: int, value: bytes) -> bytes:
    return struct.pack("!HH", kind, len(value)) + value + bytes(-len(value) % 4)
