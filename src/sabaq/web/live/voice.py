"""`/live/<session>/voice`: a browser's voice line, a WebSocket that carries its wishes and never its voice.

A line begins with a ticket in its first message, not in its address. It holds no thread and no database
connection. Nothing of what is said on it is logged. See docs/adr/0011-live-voice.md.
"""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import Any
from uuid import UUID

from sabaq.classroom.ports import Detours, EngineGone, EngineRefused, MediaEngine
from sabaq.kernel import clock
from sabaq.kernel.tokens import TokenExpired, TokenInvalid
from sabaq.web.live.hub import Hub
from sabaq.web.live.tickets import Ticket, read_ticket
from sabaq.web.live.voice_hall import AGAIN, EXPIRED, OVER, Hall
from sabaq.web.live.voice_line import VoiceLine
from sabaq.web.live.wishes import Enter, NotUnderstood, read_wish

Receive = Callable[[], Awaitable[dict[str, Any]]]
Send = Callable[[dict[str, Any]], Awaitable[None]]
REFUSED, NOT_UNDERSTOOD = 4403, 4400
TICKET_WITHIN = 5.0
# What follows /live/<session>/ in its address.
WAY = "voice"


class VoiceApp:
    """The voice of every class that somebody of this process hears or speaks in."""

    def __init__(self, hub: Hub, engine: MediaEngine, detours: Detours | None = None) -> None:
        self.hub, self.engine, self.detours = hub, engine, detours
        self.halls: dict[UUID, Hall] = {}
        self._opening: dict[UUID, asyncio.Task[Hall]] = {}

    async def start(self) -> None:
        await self.engine.start()

    async def stop(self) -> None:
        for hall in tuple(self.halls.values()):
            await hall.close(AGAIN)
        await self.engine.stop()

    async def __call__(self, scope: dict[str, Any], receive: Receive, send: Send) -> None:
        session, _, what = scope["path"].removeprefix("/live/").partition("/")
        await receive()
        if what != WAY or self.hub.is_full:
            await send({"type": "websocket.close", "code": 1013})
            return
        await send({"type": "websocket.accept"})
        code = await self._serve(session, receive, send)
        with suppress(OSError, RuntimeError):  # the browser has gone, or the server is going
            await send({"type": "websocket.close", "code": code})

    async def _serve(self, session: str, receive: Receive, send: Send) -> int:
        """Serve one line to its end; give the code to close it with."""
        try:
            ticket = await _ticket(session, receive)
        except TokenExpired:
            return EXPIRED
        except (TokenInvalid, NotUnderstood, TimeoutError):
            return REFUSED
        if self.hub.has_lapsed(ticket):
            return EXPIRED
        try:
            hall = await self.hall_of(ticket)
        except EngineGone:
            return AGAIN
        if hall.has_ended:
            return OVER
        line = VoiceLine(hall, ticket, send, self.detours)
        hall.lines.add(line)
        try:
            await line.begin()
            return await _listen(line, receive)
        finally:
            await self.let_go(hall, line)

    async def let_go(self, hall: Hall, line: VoiceLine) -> None:
        """End a line, and let go of a hall that nobody is in."""
        hall.lines.discard(line)
        await line.close()
        if line.interprets:
            hall.later(hall.ask_for_fine())
        if not hall.lines and self.halls.get(hall.session_uuid) is hall:
            del self.halls[hall.session_uuid]
            await hall.close(AGAIN)

    async def hall_of(self, ticket: Ticket) -> Hall:
        """Give the hall of the ticket's class; who comes while it is being opened waits for the same one."""
        session = ticket.session_uuid
        hall = self.halls.get(session)
        if hall is not None and not hall.is_closed:
            return hall
        if session not in self._opening:
            opening = asyncio.ensure_future(Hall.open(self.hub, self.engine, ticket))
            self._opening[session] = opening
            opening.add_done_callback(lambda _: self._opening.pop(session, None))
        hall = await asyncio.shield(self._opening[session])
        if not hall.is_closed:
            self.halls[session] = hall
        return hall


async def _ticket(session: str, receive: Receive) -> Ticket:
    """Give the ticket of the first message; raise where it is not one of this session."""
    message = await asyncio.wait_for(receive(), TICKET_WITHIN)
    wish = read_wish(message.get("text"))
    if not isinstance(wish, Enter):
        raise NotUnderstood
    ticket = read_ticket(wish.ticket, at=clock.now())
    if str(ticket.session_uuid) != session:
        raise TokenInvalid
    return ticket


async def _listen(line: VoiceLine, receive: Receive) -> int:
    """Do what the browser wishes until it goes or must go."""
    ended = asyncio.ensure_future(line.ended.wait())
    try:
        while True:
            coming = asyncio.ensure_future(receive())
            await asyncio.wait({coming, ended}, return_when=asyncio.FIRST_COMPLETED)
            if ended.done():
                coming.cancel()
                return line.end_code
            message = coming.result()
            if message["type"] == "websocket.disconnect":
                return 1000
            try:
                await line.do(read_wish(message.get("text")))
            except NotUnderstood:
                return NOT_UNDERSTOOD
            except (EngineGone, EngineRefused):
                return AGAIN
    finally:
        ended.cancel()
