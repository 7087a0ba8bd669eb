"""The web child of `sabaq serve`: uvicorn on a socket that the parent has already bound."""

import os
import socket

import uvicorn

from sabaq.ops import lifeline
from sabaq.ops.files import raise_open_files
from sabaq.ops.tree import LISTEN_FD


def main() -> None:
    """Serve until told to stop; open streams get three seconds to end."""
    lifeline.watch()
    raise_open_files()
    listener = socket.socket(fileno=int(os.environ[LISTEN_FD]))
    config = uvicorn.Config(
        "sabaq.config.asgi:application",
        lifespan="on",
        log_config=None,
        access_log=False,  # paths may carry tokens
        server_header=False,
        proxy_headers=False,  # Django alone decides whom to believe: sabaq.web.address
        timeout_graceful_shutdown=3,
    )
    uvicorn.Server(config).run(sockets=[listener])


if __name__ == "__main__":
    main()
