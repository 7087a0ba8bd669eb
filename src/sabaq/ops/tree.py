"""`sabaq serve` and `sabaq demo` as a process tree: this parent, web server, task worker, and voice where there is Janus."""

import http.client
import os
import socket
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from sabaq.ops.preparation import start_preparing
from sabaq.ops.supervisor import Child, Supervisor, say
from sabaq.ops.turn import DETOUR_TOLD, find_detour
from sabaq.ops.voice import TOLD, find_engine

# Where the web child finds the socket that is bound already.
LISTEN_FD = "SABAQ_LISTEN_FD"
# Where companions of the two find the server.
ADDRESS = "SABAQ_ADDRESS"
# How long a port may still be held by the streams of a server that was killed a moment ago.
PORT_PATIENCE_SECONDS = 8


def run_tree(
    host: str,
    port: int,
    *,
    preparation: Sequence[str],
    when_ready: Callable[[str], None],
    log: Path | None = None,
    companions: Mapping[str, str] | None = None,
) -> int:
    """Prepare, start web and worker, and keep both running until a signal; give the exit status.

    `preparation` is a `sabaq` command that the web child runs to its end first, so that this parent never
    loads Django, and Django is loaded once for both. Port 0 takes any free one. `when_ready` is given the address. The
    children's log lines go to `log`, or to standard error. `companions` are further children by name: a
    module each, kept running beside the two, and given the address in their environment.
    """
    try:
        listener = listen(host, port)
    except OSError as error:
        say(f"cannot listen on {host}:{port}: {error.strerror}. Choose another with --port.")
        return 1
    with listener:
        port = listener.getsockname()[1]
        os.environ["PORT"] = str(port)
        os.environ[LISTEN_FD] = str(listener.fileno())
        voice = _voice(log)
        web, *others = _children(listener, log, companions or {})
        if status := start_preparing(web, preparation):
            return status
        children = [*voice, web, *others]
        address = f"http://{_shown(host)}:{port}"
        os.environ[ADDRESS] = address
        supervisor = Supervisor(children, lambda: answers(host, port), lambda: when_ready(address))
        return supervisor.run()


def _voice(log: Path | None) -> list[Child]:
    """Give the voice engine and its detour as children, as far as this machine has them, and tell the others of them."""
    engine, why_not = find_engine(os.environ)
    for told in (TOLD, DETOUR_TOLD):
        os.environ.pop(told, None)
    if engine is None:
        if why_not:
            say(why_not)
        return []
    os.environ[TOLD] = engine.told()
    voice = Child("voice", python("sabaq.adapters.janus"), log=log, is_needed=False)
    return [voice, *_detour(engine.address, log)]


def _detour(address: str, log: Path | None) -> list[Child]:
    detour, why_not = find_detour(os.environ, address)
    if detour is None:
        if why_not:
            say(why_not)
        return []
    os.environ[DETOUR_TOLD] = detour.told()
    return [Child("detour", python("sabaq.adapters.coturn"), log=log, is_needed=False)]


def _children(
    listener: socket.socket, log: Path | None, companions: Mapping[str, str]
) -> list[Child]:
    return [
        Child("web", python("sabaq.ops.web"), pass_fds=(listener.fileno(),), log=log),
        Child("worker", python("sabaq.ops.worker"), log=log),
        *(Child(name, python(module), log=log) for name, module in companions.items()),
    ]


def python(module: str) -> list[str]:
    return [sys.executable, "-P", "-m", module]


def listen(host: str, port: int) -> socket.socket:
    """Bind before anything is started, and hold the socket while children come and go: no visitor is turned away."""
    family, kind, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    deadline = time.monotonic() + PORT_PATIENCE_SECONDS
    while True:
        listener = socket.socket(family, kind)
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind(address)
            listener.listen(2048)
        except OSError:
            listener.close()
            if time.monotonic() > deadline:
                raise
            time.sleep(0.3)
        else:
            return listener


def answers(host: str, port: int) -> bool:
    """Say whether the server answers its health page, whatever it answers."""
    connection = http.client.HTTPConnection(_reachable(host), port, timeout=2)
    try:
        connection.request("GET", "/healthz", headers={"Host": f"localhost:{port}"})
        connection.getresponse().read()
    except (OSError, http.client.HTTPException):
        return False
    else:
        return True
    finally:
        connection.close()


def _reachable(host: str) -> str:
    return {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104 - named, not bound


def _shown(host: str) -> str:
    reachable = _reachable(host)
    if reachable in {"127.0.0.1", "::1"}:
        return "localhost"
    return f"[{reachable}]" if ":" in reachable else reachable
