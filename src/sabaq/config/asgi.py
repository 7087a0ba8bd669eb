"""One ASGI application on one port: `/live/` is bare ASGI, everything else is Django as WSGI in a pool.

Django's own ASGI handler would hold a thread and a database connection per open stream.
"""

import os
from typing import Any, cast

from a2wsgi import WSGIMiddleware

from sabaq.config.wsgi import application as django_application

THREADS = int(os.environ.get("SABAQ_THREADS", "4"))
pages = WSGIMiddleware(cast("Any", django_application), workers=THREADS)


async def application(scope: dict[str, Any], receive: Any, send: Any) -> None:
    """Route by path; lifespan events are acknowledged here."""
    if scope["type"] == "lifespan":
        await _lifespan(receive, send)
    else:
        await pages(scope, receive, send)  # type: ignore[arg-type]


async def _lifespan(receive: Any, send: Any) -> None:
    while True:
        message = await receive()
        await send({"type": f"{message['type']}.complete"})
        if message["type"] == "lifespan.shutdown":
            return
