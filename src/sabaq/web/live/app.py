"""`/live/<session>/events` (server-sent events), `…/poll` (long polling) and `…/sound`, as bare ASGI.

Each event carries its `seq` and `prev`, the seq before it *of that follower's audience*, so that a loss
on the way shows. Nothing here is compressed, cached or logged, and no thread or connection is held per
follower.
"""

import asyncio
import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from functools import partial
from typing import Any, cast
from urllib.parse import parse_qs

from sabaq.kernel import clock
from sabaq.kernel.tokens import TokenExpired, TokenInvalid
from sabaq.web.live.hub import Hub
from sabaq.web.live.lines import GREETING, OVER, RENEW, Followed, Line, Position, Send
from sabaq.web.live.sound import sound
from sabaq.web.live.tickets import Ticket, read_ticket
from sabaq.web.live.voice import VoiceApp

Receive = Callable[[], Awaitable[dict[str, Any]]]
POLL_WAITS = 25.0
# Where there is no room for one more to wait, she asks again after so many seconds.
ASK_AGAIN_AFTER = 10
_HEADERS = [
    (b"cache-control", b"no-store"),
    (b"x-accel-buffering", b"no"),
    (b"x-content-type-options", b"nosniff"),
]
_LARGEST_SEQ = 2**31 - 1


@dataclass(frozen=True, slots=True)
class Asked:
    """What stands in an address: events after which number, and what she wishes to hear."""

    after: int
    hear: str


class LiveApp:
    """The bare ASGI application under `/live/`."""

    def __init__(self, hub: Hub, voice: VoiceApp | None = None) -> None:
        self.hub, self.voice = hub, voice
        # What follows /live/<session>/ in an address: each has a line in tests/doors/live_table.py.
        self.ways = {"events": self._stream, "poll": self._poll, "sound": self._sound}

    async def __call__(self, scope: dict[str, Any], receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] != "GET":
            await _answer(send, 405, {})
            return
        text = scope["query_string"].decode("latin-1")
        query = {key: values[0] for key, values in parse_qs(text).items()}
        session, _, what = scope["path"].removeprefix("/live/").partition("/")
        try:
            ticket = read_ticket(query.get("ticket", ""), at=clock.now())
            after = _number(_header(scope, b"last-event-id") or query.get("after", ""))
        except TokenExpired:
            await _answer(send, 401, {"error": "ticket-expired"})
        except (TokenInvalid, ValueError):
            await _answer(send, 403, {"error": "ticket-invalid"})
        else:
            follow = self.ways.get(what)
            if str(ticket.session_uuid) != session:
                await _answer(send, 403, {"error": "ticket-of-another-session"})
            elif self.hub.has_lapsed(ticket):
                await _answer(send, 401, {"error": "ticket-lapsed"})
            elif follow is None:
                await _answer(send, 404, {})
            else:
                await follow(ticket, Asked(after, query.get("hear", "")), receive, send)

    async def _stream(self, ticket: Ticket, asked: Asked, receive: Receive, send: Send) -> None:
        if self.hub.is_full:
            await _answer(send, 503, {"error": "full"}, retry_after=ASK_AGAIN_AFTER)
            return
        followed = await self.hub.follow(ticket)
        line = Line(followed, Position(ticket, asked.after, asked.after), send, now=_clock())
        try:
            await _start(send, 200, b"text/event-stream; charset=utf-8")
            await send({"type": "http.response.body", "body": GREETING, "more_body": True})
            await line.catch_up(partial(self._unread, followed))
            if self.hub.closing.is_set():
                line.end()
            elif followed.is_over:
                line.end(OVER)
            elif self.hub.has_lapsed(ticket):
                line.end(RENEW)
            await _until_gone(receive)
        except OSError:
            pass  # the follower has gone
        finally:
            line.leave()
            self.hub.leave(followed, ticket)

    async def _poll(self, ticket: Ticket, asked: Asked, receive: Receive, send: Send) -> None:
        is_full = self.hub.is_full
        followed = await self.hub.follow(ticket)
        gone = asyncio.ensure_future(_until_gone(receive))
        try:
            position = Position(ticket, asked.after, asked.after)
            deadline = _clock() + (0 if is_full else POLL_WAITS)
            while True:
                news = followed.news
                batch = position.next(await self._unread(followed, position.read_to))
                left = deadline - _clock()
                ends = gone.done() or self.hub.closing.is_set() or self.hub.has_lapsed(ticket)
                if batch or ends or followed.is_over or left <= 0:
                    break
                await _woken(news, gone, left)
            if batch or not (self.hub.closing.is_set() or self.hub.has_lapsed(ticket)):
                events = [event.message(prev) for event, prev in batch]
                wait = ASK_AGAIN_AFTER if is_full else 0
                content = {"events": events, "last": position.last, "wait": wait}
                await _answer(send, 200, {**content, "over": followed.is_over})
            elif self.hub.has_lapsed(ticket):
                await _answer(send, 401, {"error": "ticket-lapsed"})
            else:
                await _answer(send, 503, {"error": "going-down"})
        finally:
            gone.cancel()
            self.hub.leave(followed, ticket)

    async def _sound(self, ticket: Ticket, asked: Asked, receive: Receive, send: Send) -> None:
        if self.voice is None:
            await _answer(send, 404, {})
            return
        status = await sound(self.voice, ticket, asked.hear, receive, send)
        if status != 200:
            await _answer(send, status, {"error": "no-voice"})

    async def _unread(self, followed: Followed, seq: int) -> list[Any]:
        kept = followed.since(seq)
        if kept is not None:
            return kept
        up_to = followed.events[0].seq - 1 if followed.events else followed.read_to
        older = await self.hub.backlog(followed.session_id, seq, up_to)
        return older + (followed.since(up_to) or [])


async def _woken(news: asyncio.Event, gone: "asyncio.Future[None]", seconds: float) -> None:
    """Wait for news or for the follower to go, at most `seconds`."""
    waiting: asyncio.Future[Any] = asyncio.ensure_future(news.wait())
    await asyncio.wait(
        {waiting, cast("asyncio.Future[Any]", gone)},
        timeout=seconds,
        return_when=asyncio.FIRST_COMPLETED,
    )
    waiting.cancel()


async def _until_gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


async def _start(
    send: Send, status: int, content_type: bytes, more: tuple[tuple[bytes, bytes], ...] = ()
) -> None:
    headers = [(b"content-type", content_type), *_HEADERS, *more]
    await send({"type": "http.response.start", "status": status, "headers": headers})


async def _answer(
    send: Send, status: int, content: dict[str, Any], *, retry_after: int = 0
) -> None:
    more = ((b"retry-after", str(retry_after).encode()),) if retry_after else ()
    await _start(send, status, b"application/json", more)
    body = json.dumps(content, separators=(",", ":")).encode()
    await send({"type": "http.response.body", "body": body, "more_body": False})


def _header(scope: dict[str, Any], name: bytes) -> str:
    return next((value.decode("latin-1") for key, value in scope["headers"] if key == name), "")


def _clock() -> float:
    return asyncio.get_running_loop().time()


def _number(text: str) -> int:
    number = int(text or "0")
    if not 0 <= number <= _LARGEST_SEQ:
        raise ValueError
    return number
