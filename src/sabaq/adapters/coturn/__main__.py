"""The detour child of `sabaq serve`: writes coturn's configuration, and becomes coturn.

What coturn says is thrown away: addresses of people stand in it. So what commonly goes wrong is looked at first.
"""

import os
import socket
import sys

from sabaq.adapters.coturn.configuration import configuration
from sabaq.ops.becoming import bind_to_parent, voice_folder, write_private
from sabaq.ops.turn import TurnServer, detour_told


def main() -> None:
    """Replace this process by coturn."""
    server = detour_told()
    if server is None:
        sys.exit("sabaq: this is started by `sabaq serve`, which tells it of the detour.")
    _look(server)
    folder = voice_folder()
    path = folder / "turnserver.conf"
    write_private(path, configuration(server, folder))
    bind_to_parent()
    silence = os.open(os.devnull, os.O_WRONLY)
    for stream in (sys.stdout, sys.stderr):
        os.dup2(silence, stream.fileno())
    os.chdir(folder)
    os.execv(server.program, [server.program, "-c", str(path)])  # noqa: S606 - no shell is wanted


def _look(server: TurnServer) -> None:
    """End with a plain line where coturn could not listen."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("0.0.0.0", server.port))  # noqa: S104 - browsers come to it
        except OSError as error:
            sys.exit(
                f"sabaq: no detour for voice: cannot listen on TCP {server.port}: {error.strerror}."
                " Choose another with SABAQ_TURN_PORT."
            )


if __name__ == "__main__":
    main()
