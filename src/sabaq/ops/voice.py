"""What the tree of processes agrees on about the voice engine: found once by the parent, told to all children.

Loads nothing: the parent of the tree imports it.
"""

import importlib.util
import json
import os
import secrets
import shutil
import socket
from collections.abc import Mapping
from dataclasses import asdict, dataclass

# In it the parent tells its children of the engine; nobody else sets it.
TOLD = "SABAQ_VOICE_ENGINE"
RTP_PORTS = "20000-20999"


@dataclass(frozen=True)
class Engine:
    """Janus as a child of ours: where it is asked, on the loopback alone, and the secrets of this start.

    `rtp_ports` are the UDP ports of voice, "first-last"; `address` is the server's own address for voice
    ("" for every one it has), `public_address` the one that others see, where these differ.
    """

    program: str
    port: int
    api_secret: str
    admin_secret: str
    rtp_ports: str = RTP_PORTS
    address: str = ""
    public_address: str = ""

    def told(self) -> str:
        """Give what `engine_told` reads."""
        return json.dumps(asdict(self))


def find_engine(environ: Mapping[str, str]) -> tuple[Engine | None, str]:
    """Give the engine, with a port and secrets of this start; or None and one line that says why not."""
    if environ.get("SABAQ_VOICE", "1") == "0":
        return None, ""
    program = shutil.which("janus", path=environ.get("PATH"))
    if program is None:
        return None, (
            "no voice: janus is not installed, and classes go on as text. On Debian: apt install janus"
        )
    if importlib.util.find_spec("websockets") is None:
        return None, "no voice: this environment is older than voice. Run: make setup"
    engine = Engine(
        program,
        _free_port(),
        secrets.token_urlsafe(24),
        secrets.token_urlsafe(24),
        environ.get("SABAQ_VOICE_PORTS") or RTP_PORTS,
        environ.get("SABAQ_VOICE_ADDRESS", ""),
        environ.get("SABAQ_VOICE_PUBLIC_ADDRESS", ""),
    )
    return engine, ""


def engine_told() -> Engine | None:
    """Give the engine of which the parent has told this process, or None where there is no voice."""
    told = os.environ.get(TOLD)
    return Engine(**json.loads(told)) if told else None


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
