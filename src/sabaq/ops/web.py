"""The web child of `sabaq serve`: uvicorn on a socket that the parent has already bound."""

import os
import socket

import uvicorn

from sabaq.ops import lifeline
from sabaq.ops.files import raise_open_files
from sabaq.ops.preparation import prepare_first
from sabaq.ops.tree import LISTEN_FD
from sabaq.ops.voice import engine_told

# A beat comes every 15 seconds; two may be lost.
SILENT_MS = 40_000
# Of what a browser says on its voice line; the line itself takes less.
LONGEST_WISH = 64_000


def main() -> None:
    """Serve until told to stop; open streams get three seconds to end."""
    lifeline.watch()
    prepare_first()
    raise_open_files()
    listener = socket.socket(fileno=int(os.environ[LISTEN_FD]))
    _notice_the_silent(listener)
    config = uvicorn.Config(
        "sabaq.config.asgi:application",
        lifespan="on",
        # Voice lines alone are WebSockets; their pings find out who has gone without a word.
        ws="websockets-sansio" if engine_told() else "none",
        ws_max_size=LONGEST_WISH,
        ws_per_message_deflate=False,
        log_config=None,
        access_log=False,  # paths may carry tokens
        server_header=False,
        proxy_headers=False,  # Django alone decides whom to believe: sabaq.web.address
        timeout_graceful_shutdown=3,
    )
    uvicorn.Server(config).run(sockets=[listener])


def _notice_the_silent(listener: socket.socket) -> None:
    """End connections whose other end takes nothing for this long; those accepted inherit it.

    A laptop that sleeps closes nothing. Without this the beats to it are sent again for a quarter of an hour,
    and it would be in class for as long.
    """
    if hasattr(socket, "TCP_USER_TIMEOUT"):
        listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, SILENT_MS)


if __name__ == "__main__":
    main()
