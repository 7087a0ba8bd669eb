"""One browser's voice line: what its holder hears, and what she says if she may."""

import asyncio
import json
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from sabaq.classroom.ports import Detours, EngineRefused, Feed, Listener, Speaker
from sabaq.classroom.queries.booths import interprets
from sabaq.classroom.queries.floor import may_speak
from sabaq.classroom.rules.channels import BOOTH, FLOOR
from sabaq.web.live.slow_road import SlowListener
from sabaq.web.live.tickets import Ticket
from sabaq.web.live.wishes import (
    APART,
    EAR,
    LINE,
    MOUTH,
    Answered,
    Candidate,
    Hear,
    Hush,
    NotUnderstood,
    Road,
    Speak,
    SpeakFine,
    Wish,
)

if TYPE_CHECKING:
    from sabaq.web.live.voice_hall import Hall

# More in ten seconds is no browser: a page says some twenty things when it begins, and a few a minute then.
_MOST_WISHES, _WITHIN = 200, 10.0
# How long a detour may be begun, and after how long another is told: a microphone may be switched on at any time.
DETOUR_FOR, DETOUR_ANEW = 600.0, 300.0


class VoiceLine:
    """`wanted` is what she chose to hear: a language, the floor, or nothing yet.

    `interprets` tells whether she is an interpreter of this class; `heard_speakers` are those she hears now.
    """

    def __init__(
        self,
        hall: "Hall",
        ticket: Ticket,
        send: Callable[[dict[str, Any]], Awaitable[None]],
        detours: Detours | None = None,
    ) -> None:
        self.hall, self.ticket, self._send = hall, ticket, send
        self.wanted = self.spoken_on = ""
        self.ended = asyncio.Event()
        self.end_code = 1000
        self.interprets = self.with_partner = False
        self.heard_speakers: frozenset[str] = frozenset()
        self._listener: Listener | None = None
        # A way to hear that is not the engine's own.
        self._road: Callable[[], Listener] | None = None
        self._hears_elsewhere = False
        self._speaker: Speaker | None = None
        self._fine: Speaker | None = None
        self._is_fine_wanted = False
        self._last_state: dict[str, Any] = {}
        self._wishes, self._since = 0, 0.0
        self._detours, self._detour_anew_at = detours, 0.0

    @property
    def speaker_key(self) -> str:
        """Give whose voice it would be; "" for those who never have one, as a room's screen."""
        if self.ticket.enrolment_id is not None:
            return f"enrolment:{self.ticket.enrolment_id}"
        return f"account:{self.ticket.account_id}" if self.ticket.account_id is not None else ""

    @property
    def needs_fine(self) -> bool:
        """Tell whether she is to hear the fine feeds: who interprets, unless her road is the slow one."""
        return self.interprets and self._road is None

    async def begin_to_listen(self) -> None:
        """Look who she is."""
        session_id, account_id = self.ticket.session_id, self.ticket.account_id
        if account_id is not None:
            self.interprets = await self.hall.hub.ask(lambda: interprets(account_id, session_id))

    async def begin(self) -> None:
        """Look who she is, and say how the class stands."""
        await self.begin_to_listen()
        await self.tell_detour()
        await self.tell_news(self.hall.state_for(self))

    async def tell_detour(self) -> None:
        """Tell how voice comes to a browser without UDP, and tell it anew before that lapses."""
        now = asyncio.get_running_loop().time()
        if self._detours and now >= self._detour_anew_at:
            self._detour_anew_at = now + DETOUR_ANEW
            detour = self._detours.detour(DETOUR_FOR)
            # As a browser wants it (RTCIceServer).
            names = {"urls": detour.urls, "username": detour.name, "credential": detour.word}
            await self.tell({"detour": names})

    async def do(self, wish: Wish) -> None:
        """Do what she wishes, if she may."""
        self._count()
        match wish:
            case Hear(channel, with_partner):
                await self._hear(channel, with_partner=with_partner)
            case Answered(sdp) if self._listener:
                await self._listener.answered(sdp)
            case Speak(place, sdp):
                await self._speak(place, sdp)
            case SpeakFine(sdp):
                await self._speak_fine(sdp)
            case Road(road):
                await self._go_by(road)
            case Hush():
                await self._leave_off()
            case Candidate(candidate, of):
                await self._pass_on(candidate, of)
            case _:
                raise NotUnderstood

    async def settle(self) -> None:
        """Let her hear what she is to hear now, and say what that is."""
        feeds = frozenset() if self._hears_elsewhere else self.hall.feeds_for(self)
        self.heard_speakers = frozenset(feed.speaker for feed in feeds)
        if feeds and self._listener is None:
            self._listener = self._road() if self._road else self.hall.listener(self._offer)
        if self._listener:
            await self._listener.hear(feeds)
        await self.tell_news(self.hall.state_for(self))

    def take_road(self, road: Callable[[], Listener] | None) -> None:
        """Hear by this from now on; None is the engine's own way."""
        self._road = road

    async def want_fine(self, *, wanted: bool) -> None:
        """Ask her page for a fine feed of her microphone beside the thin one, or for none."""
        if wanted == self._is_fine_wanted:
            return
        self._is_fine_wanted = wanted
        if not wanted:
            await self._end_fine()
        await self.tell({"fine": wanted})

    async def may_still_speak(self) -> bool:
        return await self._may_speak(self.spoken_on)

    async def hush(self, why: str) -> None:
        """End her microphone; `why` is told to the page where it was not her own wish."""
        speaker, self._speaker, self.spoken_on = self._speaker, None, ""
        self._is_fine_wanted = False
        await self._end_fine()
        if speaker:
            await speaker.close()
        if why:
            await self.tell({"hushed": why})

    def end(self, code: int) -> None:
        if not self.ended.is_set():
            self.end_code = code
            self.ended.set()

    async def tell_news(self, state: dict[str, Any]) -> None:
        """Tell how things stand, unless she knows."""
        if state != self._last_state:
            self._last_state = state
            await self.tell(state)

    async def tell(self, message: dict[str, Any]) -> None:
        await self._say({"text": json.dumps(message, separators=(",", ":"))})

    async def close(self) -> None:
        await self.hush("")
        listener, self._listener = self._listener, None
        if listener:
            await listener.close()

    def hears(self, feed: Feed) -> bool:
        """Nobody hears herself."""
        return feed.speaker != self.speaker_key or not self.speaker_key

    async def _hear(self, channel: str, *, with_partner: bool) -> None:
        if channel and channel != FLOOR and channel not in self.hall.languages:
            raise NotUnderstood
        self.wanted, self.with_partner = channel, with_partner and self.interprets
        await self.settle()
        if self.interprets:
            await self.hall.ask_for_fine()

    async def _go_by(self, road: str) -> None:
        listener, self._listener = self._listener, None
        taps = self.hall.taps
        self.take_road((lambda: SlowListener(taps, self._give)) if road == LINE else None)
        self._hears_elsewhere = road == APART
        if listener:
            await listener.close()
        await self.settle()

    async def _leave_off(self) -> None:
        """Switch her microphone off, as she wishes; in a booth that ends her turn."""
        was_in_booth = self.spoken_on == BOOTH
        await self.hush("")
        if was_in_booth:
            await self.hall.booths.end_turn_of(self.speaker_key)

    async def _pass_on(self, candidate: dict[str, Any] | None, of: str) -> None:
        sides = {EAR: self._listener, MOUTH: self._speaker}
        if side := sides.get(of, self._fine):
            with suppress(EngineRefused):
                await side.candidate(candidate)

    async def _speak(self, place: str, sdp: str) -> None:
        if not await self._may_speak(place):
            await self.tell({"hushed": "forbidden"})
            return
        await self.hush("")
        await self.hall.hush_others(self)
        self._speaker = await self.hall.speak(place, self.speaker_key, sdp)
        self.spoken_on = place
        await self.tell({"answer": self._speaker.answer})

    async def _speak_fine(self, sdp: str) -> None:
        """Take a fine feed while one is wanted, or none any more; what comes later than that is let be."""
        await self._end_fine()
        if sdp and self._is_fine_wanted and self.spoken_on:
            place, key = self.spoken_on, self.speaker_key
            self._fine = await self.hall.speak(place, key, sdp, is_fine=True)
            await self.tell({"fineAnswer": self._fine.answer})

    async def _end_fine(self) -> None:
        fine, self._fine = self._fine, None
        if fine:
            await fine.close()

    async def _may_speak(self, place: str) -> bool:
        """Ask the database: a ticket says who she is, and what she may do can have changed since."""
        session, ticket = self.ticket.session_id, self.ticket
        who = {"enrolment_id": ticket.enrolment_id, "account_id": ticket.account_id}
        return bool(
            self.speaker_key and await self.hall.hub.ask(lambda: may_speak(place, session, **who))
        )

    async def _give(self, sound: bytes) -> None:
        await self._say({"bytes": sound})

    async def _say(self, what: dict[str, Any]) -> None:
        try:
            await self._send({"type": "websocket.send", **what})
        except (OSError, RuntimeError):
            self.end(1000)

    def _offer(self, sdp: str) -> None:
        self.hall.later(self.tell({"offer": sdp}))

    def _count(self) -> None:
        now = asyncio.get_running_loop().time()
        if now - self._since > _WITHIN:
            self._wishes, self._since = 0, now
        self._wishes += 1
        if self._wishes > _MOST_WISHES:
            raise NotUnderstood
