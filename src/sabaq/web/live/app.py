"""`/live/<session>/events` (server-sent events) and `/live/<session>/poll` (long polling), as bare ASGI.

Each event carries its `seq` and `prev`, the seq before it *of that follower's audience*, so that a loss
on the way shows. Nothing here is compressed, cached or logged, and no thread or connection is held per
follower.
"""

import asyncio
import json
from collections.abc import Awaitable, Callable, Iterable
from typing import Any, cast
from urllib.parse import parse_qs

from sabaq.kernel import clock
from sabaq.kernel.tokens import TokenExpired, TokenInvalid
from sabaq.web.live.hub import Followed, Hub, Seen
from sabaq.web.live.tickets import Ticket, read_ticket

Send = Callable[[dict[str, Any]], Awaitable[None]]
Receive = Callable[[], Awaitable[dict[str, Any]]]
BEAT_EVERY = 15.0
POLL_WAITS = 25.0
_HEADERS = [
    (b"cache-control", b"no-store"),
    (b"x-accel-buffering", b"no"),
    (b"x-content-type-options", b"nosniff"),
]
# EventSource waits two seconds before it reconnects by itself.
# The page trusts the stream once it has heard the greeting: a proxy that buffers keeps it back.
_GREETING = b"retry: 2000\nevent: hello\ndata:\n\n"
_BEAT = b"event: beat\ndata:\n\n"
# The ticket ends, and the stream with it; the page comes back with a new one, if it still may.
_RENEW = b"event: renew\ndata:\n\n"
_LARGEST_SEQ = 2**31 - 1


class LiveApp:
    """The bare ASGI application under `/live/`."""

    def __init__(self, hub: Hub) -> None:
        self.hub = hub

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
            if str(ticket.session_uuid) != session:
                await _answer(send, 403, {"error": "ticket-of-another-session"})
            elif what == "events":
                await self._stream(ticket, after, receive, send)
            elif what == "poll":
                await self._poll(ticket, after, receive, send)
            else:
                await _answer(send, 404, {})

    async def _stream(self, ticket: Ticket, after: int, receive: Receive, send: Send) -> None:
        followed = await self.hub.follow(ticket.session_id, ticket.enrolment_id)
        gone = asyncio.ensure_future(_until_gone(receive))
        try:
            await _start(send, 200, b"text/event-stream; charset=utf-8")
            await _body(send, _GREETING)
            position = _Position(ticket, after)
            ends_at = _clock() + ticket.good_for.total_seconds()
            while not gone.done() and not self.hub.closing.is_set():
                if _clock() >= ends_at:
                    await _body(send, _RENEW)
                    break
                news = followed.news
                batch = position.next(await self._unread(followed, position.read_to))
                # A beat tells both ends, and every proxy between, that the line is open.
                if batch:
                    await _body(send, b"".join(_as_sse(message) for message in batch))
                elif not await _woken(news, gone, min(BEAT_EVERY, ends_at - _clock())):
                    await _body(send, _BEAT)
            await send({"type": "http.response.body", "body": b"", "more_body": False})
        except OSError:
            pass  # the follower has gone
        finally:
            gone.cancel()
            self.hub.leave(followed, ticket.enrolment_id)

    async def _poll(self, ticket: Ticket, after: int, receive: Receive, send: Send) -> None:
        followed = await self.hub.follow(ticket.session_id, ticket.enrolment_id)
        gone = asyncio.ensure_future(_until_gone(receive))
        try:
            position = _Position(ticket, after)
            batch: list[dict[str, Any]] = []
            deadline = _clock() + POLL_WAITS
            while not batch and not gone.done() and not self.hub.closing.is_set():
                news = followed.news
                batch = position.next(await self._unread(followed, position.read_to))
                left = deadline - _clock()
                if not batch and (left <= 0 or not await _woken(news, gone, left)):
                    break
            if self.hub.closing.is_set() and not batch:
                await _answer(send, 503, {"error": "going-down"})
            else:
                await _answer(send, 200, {"events": batch, "last": position.last})
        finally:
            gone.cancel()
            self.hub.leave(followed, ticket.enrolment_id)

    async def _unread(self, followed: Followed, seq: int) -> list[Seen]:
        kept = followed.since(seq)
        if kept is not None:
            return kept
        up_to = followed.events[0].seq - 1 if followed.events else followed.read_to
        older = await self.hub.backlog(followed.session_id, seq, up_to)
        return older + (followed.since(up_to) or [])


class _Position:
    """How far one follower has read: `read_to` over all events, `last` over those she may see."""

    def __init__(self, ticket: Ticket, after: int) -> None:
        self.ticket = ticket
        self.read_to = self.last = after

    def next(self, unread: Iterable[Seen]) -> list[dict[str, Any]]:
        messages = []
        for event in unread:
            self.read_to = event.seq
            if self.ticket.sees(event.audience, event.enrolment_id):
                messages.append(
                    {"seq": event.seq, "prev": self.last, "kind": event.kind, **event.payload}
                )
                self.last = event.seq
        return messages


def _as_sse(message: dict[str, Any]) -> bytes:
    data = json.dumps(message, separators=(",", ":"))
    return f"id: {message['seq']}\ndata: {data}\n\n".encode()


async def _woken(news: asyncio.Event, gone: "asyncio.Future[None]", seconds: float) -> bool:
    """Wait for news or for the follower to go, at most `seconds`; tell whether either came."""
    waiting: asyncio.Future[Any] = asyncio.ensure_future(news.wait())
    done, _ = await asyncio.wait(
        {waiting, cast("asyncio.Future[Any]", gone)},
        timeout=seconds,
        return_when=asyncio.FIRST_COMPLETED,
    )
    waiting.cancel()
    return bool(done)


async def _until_gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


async def _start(send: Send, status: int, content_type: bytes) -> None:
    headers = [(b"content-type", content_type), *_HEADERS]
    await send({"type": "http.response.start", "status": status, "headers": headers})


async def _body(send: Send, data: bytes) -> None:
    await send({"type": "http.response.body", "body": data, "more_body": True})


async def _answer(send: Send, status: int, content: dict[str, Any]) -> None:
    await _start(send, status, b"application/json")
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
