"""What the tree of processes agrees on about the detour of voice: coturn, a TURN server (RFC 8656), for who has no UDP.

Found once by the parent, told to all children. Loads nothing: the parent of the tree imports it.
"""

import fcntl
import json
import os
import re
import secrets
import shutil
import socket
import struct
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from urllib.parse import urlsplit

# In it the parent tells its children of the detour; nobody else sets it.
DETOUR_TOLD = "SABAQ_DETOUR"
# The one that RFC 8656 registers.
TURN_PORT = 3478
LARGEST_PORT = 65_535
# netdevice(7): the address of a network card.
_SIOCGIFADDR = 0x8915


@dataclass(frozen=True)
class TurnServer:
    """coturn as a child of ours: where browsers reach it, the one address it leads to, and the secret of this start.

    `host` and `port` are for TURN over TCP. `tls_host` is "name" or "name:port" where a proxy takes TURN over TLS,
    "" where none does. `address` is Janus' own, an IPv4 address.
    """

    program: str
    port: int
    secret: str
    address: str
    host: str
    tls_host: str = ""

    def told(self) -> str:
        """Give what `detour_told` reads."""
        return json.dumps(asdict(self))

    @property
    def urls(self) -> tuple[str, ...]:
        """Give the addresses for browsers (RFC 7065), the cheaper first."""
        plain = f"turn:{self.host}:{self.port}?transport=tcp"
        if not self.tls_host:
            return (plain,)
        name, _, port = self.tls_host.partition(":")
        return plain, f"turns:{name}:{port or 443}?transport=tcp"


def find_detour(environ: Mapping[str, str], address: str) -> tuple[TurnServer | None, str]:
    """Give the detour to the engine at this address ("" for every one the machine has), with a secret of this start; or None and one line that says why not."""
    if environ.get("SABAQ_TURN", "1") == "0":
        return None, ""
    program = shutil.which("turnserver", path=environ.get("PATH"))
    if program is None:
        return None, (
            "no detour for voice: coturn is not installed, and whoever has no UDP hears nothing."
            " On Debian: apt install coturn"
        )
    port = environ.get("SABAQ_TURN_PORT") or str(TURN_PORT)
    if not port.isascii() or not port.isdigit() or not 0 < int(port) <= LARGEST_PORT:
        return None, f"no detour for voice: SABAQ_TURN_PORT={port} is no port"
    tls_host = environ.get("SABAQ_TURN_HOST", "")
    if not re.fullmatch(r"([a-z0-9.-]+(:[0-9]+)?)?", tls_host, re.IGNORECASE):
        return (
            None,
            f"no detour for voice: SABAQ_TURN_HOST={tls_host} is no name, like turn.course.example",
        )
    address = address or own_address()
    if not is_ipv4(address):
        return None, (
            "no detour for voice: it leads to an IPv4 address of this machine, beside the loopback;"
            " name one in SABAQ_VOICE_ADDRESS"
        )
    host = urlsplit(environ.get("SABAQ_URL", "")).hostname or "localhost"
    server = TurnServer(
        program,
        int(port),
        secrets.token_urlsafe(24),
        address,
        f"[{host}]" if ":" in host else host,
        tls_host,
    )
    return server, ""


def detour_told() -> TurnServer | None:
    """Give the detour of which the parent has told this process, or None where there is none."""
    told = os.environ.get(DETOUR_TOLD)
    return TurnServer(**json.loads(told)) if told else None


def own_address() -> str:
    """Give an IPv4 address of this machine that is not the loopback, that of the way out if there is one; or ""."""
    cards = sorted((name for _, name in socket.if_nameindex()), key=lambda name: name != _way_out())
    found = (address_of(card) for card in cards)
    return next((address for address in found if address and not address.startswith("127.")), "")


def address_of(card: str) -> str:
    """Give the IPv4 address of a network card; "" where it has none."""
    asked = struct.pack("256s", card.encode()[:15])
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as any_socket:
        try:
            answer = fcntl.ioctl(any_socket.fileno(), _SIOCGIFADDR, asked)
        except OSError:
            return ""
    return socket.inet_ntoa(answer[20:24])


def _way_out() -> str:
    """Give the network card of the route to everywhere (the first in /proc/net/route with destination 0), or ""."""
    try:
        lines = Path("/proc/net/route").read_text("ascii").splitlines()[1:]
    except OSError:
        return ""
    rows = (line.split() for line in lines)
    return next((row[0] for row in rows if row[1] == "00000000"), "")


def is_ipv4(text: str) -> bool:
    try:
        socket.inet_pton(socket.AF_INET, text)
    except OSError:
        return False
    return True
