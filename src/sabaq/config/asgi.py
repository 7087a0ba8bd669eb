"""One ASGI application on one port: `/live/` is bare ASGI, everything else is Django as WSGI in a pool.

Django's own ASGI handler would hold a thread and a database connection per open stream. A page's thread is taken
once the whole request is here.
"""

import asyncio
import signal
import threading
from types import FrameType
from typing import Any

from django.conf import settings
from django.urls import get_resolver

from sabaq.classroom.ports import Detours, MediaEngine
from sabaq.config.wsgi import application as django_application
from sabaq.kernel.ports import get, is_provided
from sabaq.ops import garbage
from sabaq.ops.bodies import in_threads
from sabaq.ops.threads import threads
from sabaq.web.live.app import LiveApp
from sabaq.web.live.hub import Hub
from sabaq.web.live.voice import VoiceApp

pages = in_threads(django_application, threads=threads(), largest=settings.UPLOAD_LIMIT)
_live: dict[str, Any] = {}


async def application(scope: dict[str, Any], receive: Any, send: Any) -> None:
    """Route by path; the lifespan starts and stops the reader of the live classes."""
    if scope["type"] == "lifespan":
        await _lifespan(receive, send)
    elif scope["type"] == "http" and scope["path"].startswith("/live/"):
        await _live["app"](scope, receive, send)
    elif scope["type"] == "websocket" and "voice" in _live:
        await _live["voice"](scope, receive, send)
    elif scope["type"] == "http":
        await pages(scope, receive, send)
    else:
        await send({"type": "websocket.close", "code": 1000})


async def _lifespan(receive: Any, send: Any) -> None:
    hub = Hub()
    voice = _voice(hub) if is_provided(MediaEngine) else None
    _live["app"] = LiveApp(hub, voice)
    if voice:
        _live["voice"] = voice
    while True:
        message = await receive()
        if message["type"] == "lifespan.startup":
            hub.start()
            if voice:
                await voice.start()
            _end_streams_on_signals(hub)
            _load_addresses()
            garbage.settle()
        else:
            if voice:
                await voice.stop()
            hub.stop()
        await send({"type": f"{message['type']}.complete"})
        if message["type"] == "lifespan.shutdown":
            return


def _voice(hub: Hub) -> VoiceApp:
    detours = get(Detours) if is_provided(Detours) else None
    return VoiceApp(hub, get(MediaEngine), detours)


def _load_addresses() -> None:
    """Load every page's code now: the first visitor would wait for it otherwise."""
    get_resolver().check()


def _end_streams_on_signals(hub: Hub) -> None:
    """End the streams as soon as the server is told to stop: it waits for open ones before it says so."""
    if threading.current_thread() is not threading.main_thread():
        return
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        servers_own = signal.getsignal(number)

        def stop(number: int, frame: FrameType | None, servers_own: Any = servers_own) -> None:
            loop.call_soon_threadsafe(hub.close)
            if callable(servers_own):
                servers_own(number, frame)

        signal.signal(number, stop)
