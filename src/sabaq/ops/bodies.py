"""A request goes to one of the few threads once its body is here, and its thread is free once the answer is made.

A thread that waits for the rest of a body answers nobody else: four phones that lost their network while they
sent something, or one visitor who never sends what was promised, would stop every page. Waiting here costs an
open connection and no more.
"""

import asyncio
import contextvars
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from tempfile import SpooledTemporaryFile
from typing import IO, Any, cast

from a2wsgi.wsgi import build_environ

Scope = dict[str, Any]
Message = dict[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
# What answers a request whose body is here.
Pages = Callable[[Scope, IO[bytes], Send], Awaitable[None]]

# Seconds without a byte after which a body is given up.
PATIENCE = 60.0
# What is larger waits in a file; answers and votes never are.
_IN_MEMORY = 262_144
_DIGITS = 20


def in_threads(wsgi: Any, *, threads: int, largest: int) -> "WholeBodies":
    """Give a WSGI application as ASGI, in so many threads that wait for nobody's network."""
    return WholeBodies(InOneCrossing(wsgi, threads=threads), largest=largest)


class InOneCrossing:
    """Makes a whole answer in a thread, and brings it back to the loop at once.

    The library crosses between the two for the head, for each piece and for the end, and waits each time: that
    costs more than a small page. Here a thread never waits for a reader who takes nothing either. Long answers
    (the log of a class, a few megabytes) are rare and only for staff.
    """

    def __init__(self, wsgi: Any, *, threads: int) -> None:
        self._wsgi = wsgi
        self._threads = ThreadPoolExecutor(threads, thread_name_prefix="WSGI")

    async def __call__(self, scope: Scope, body: IO[bytes], send: Send) -> None:
        environ = build_environ(cast("Any", scope), cast("Any", body))
        in_context = contextvars.copy_context().run
        loop = asyncio.get_running_loop()
        head, answer = await loop.run_in_executor(self._threads, in_context, self._answer, environ)
        await send({"type": "http.response.start", **head})
        await send({"type": "http.response.body", "body": answer})

    def _answer(self, environ: Any) -> tuple[Message, bytes]:
        head: Message = {}

        def start(status: str, headers: list[tuple[str, str]], _error: Any = None) -> None:
            head["status"] = int(status.split(" ", 1)[0])
            head["headers"] = [
                (name.lower().encode("latin1"), value.encode("latin1")) for name, value in headers
            ]

        pieces = self._wsgi(environ, start)
        try:
            return head, b"".join(pieces)
        finally:
            if hasattr(pieces, "close"):
                pieces.close()


class WholeBodies:
    """Hands requests on to `pages` with their body whole, or without any.

    A body that declares more than `largest` bytes, or no length at all, is not taken in: of the first the pages
    say that it is too large by what it declares, of the second Django reads nothing.
    """

    def __init__(self, pages: Pages, *, largest: int, patience: float = PATIENCE) -> None:
        self.pages, self.largest, self.patience = pages, largest, patience

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if not 0 < _declared(scope) <= self.largest:
            await self.pages(scope, BytesIO(), send)
            return
        with SpooledTemporaryFile(max_size=_IN_MEMORY) as body:
            try:
                is_whole = await self._take_in(receive, body)
            except TimeoutError:
                await _give_up(send)
                return
            if is_whole:
                body.seek(0)
                await self.pages(scope, body, send)

    async def _take_in(self, receive: Receive, body: IO[bytes]) -> bool:
        """Write down what comes; tell whether all came before the sender went away."""
        while True:
            async with asyncio.timeout(self.patience):
                message = await receive()
            if message["type"] != "http.request":
                return False
            body.write(message.get("body", b""))
            if not message.get("more_body", False):
                return True


def _declared(scope: Scope) -> int:
    """Give the declared length in bytes; 0 where there is none, or none that is a number."""
    for name, value in scope["headers"]:
        if name == b"content-length" and value.isdigit() and len(value) < _DIGITS:
            return int(value)
    return 0


async def _give_up(send: Send) -> None:
    headers = [
        (b"connection", b"close"),
        (b"cache-control", b"no-store"),
        (b"content-length", b"0"),
    ]
    await send({"type": "http.response.start", "status": 408, "headers": headers})
    await send({"type": "http.response.body", "body": b""})
