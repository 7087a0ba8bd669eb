"""The classroom's `MediaEngine`, by Janus' VideoRoom: one room a class, one feed a microphone."""

import secrets
from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import Any
from uuid import UUID

from sabaq.adapters.janus.link import Handle, Link
from sabaq.adapters.janus.listener import JanusListener
from sabaq.adapters.janus.sdp import fine, thin
from sabaq.adapters.janus.tap import JanusTap
from sabaq.classroom.ports import EngineGone, EngineRefused, Feed, Frame, VoiceRoom
from sabaq.ops.voice import Engine

# Those who lead, several on the floor, and two in each of seven booths; each may bring a fine feed besides.
MOST_SPEAKERS = 64
_THIN, _FINE = "thin", "fine"
_EXISTS_ALREADY, _NO_SUCH_ROOM = 427, 426


class JanusEngine:
    """See `sabaq.classroom.ports.MediaEngine`."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._link: Link | None = None

    async def start(self) -> None:
        self._link = Link(self._engine.port, self._engine.api_secret)
        self._link.start()

    async def stop(self) -> None:
        if self._link:
            await self._link.stop()

    @property
    def is_alive(self) -> bool:
        return self._link is not None and self._link.alive.is_set()

    async def room(
        self, session: UUID, *, changed: Callable[[], None], gone: Callable[[], None]
    ) -> VoiceRoom:
        if self._link is None:
            raise EngineGone
        handle = await self._link.attach()
        room = JanusRoom(self._link, handle, session.hex, changed, self._engine.admin_secret)
        handle.heard, handle.gone = room.heard, gone
        try:
            await self._make(handle, session.hex)
            await room.join()
        except EngineRefused as error:
            await handle.detach()
            raise EngineGone from error
        return room

    async def close_room(self, session: UUID) -> None:
        if self._link is None:
            return
        with suppress(EngineGone, EngineRefused):
            handle = await self._link.attach()
            body = {"request": "destroy", "room": session.hex, "secret": self._engine.admin_secret}
            try:
                await handle.ask(body)
            finally:
                await handle.detach()

    async def _make(self, handle: Handle, room: str) -> None:
        body = {
            "request": "create",
            "admin_key": self._engine.admin_secret,
            "secret": self._engine.admin_secret,
            "room": room,
            "is_private": True,
            "publishers": MOST_SPEAKERS,
            "audiocodec": "opus",
            "opus_fec": True,
            "opus_dtx": True,
            "bitrate": 96_000,
            "audiolevel_event": False,
            "record": False,
            "lock_record": True,
            "threads": 2,
        }
        try:
            await handle.ask(body)
        except EngineRefused as refusal:
            if refusal.args[0] != _EXISTS_ALREADY:
                raise


class JanusRoom:
    """See `sabaq.classroom.ports.VoiceRoom`. Its handle joins without a microphone, to hear who speaks."""

    def __init__(
        self, link: Link, handle: Handle, name: str, changed: Callable[[], None], secret: str
    ) -> None:
        self.name, self._secret = name, secret
        self._link, self._handle, self._changed = link, handle, changed
        self._feeds: dict[str, Feed] = {}

    async def join(self) -> None:
        data, _ = await self._handle.ask(
            {"request": "join", "ptype": "publisher", "room": self.name, "id": _name("watch", "")}
        )
        self._add(data)

    @property
    def feeds(self) -> frozenset[Feed]:
        return frozenset(self._feeds.values())

    def heard(self, data: dict[str, Any], _sdp: str) -> None:
        for what in ("unpublished", "leaving"):
            self._feeds.pop(str(data.get(what, "")), None)
        self._add(data)
        self._changed()

    def listener(self, offer: Callable[[str], None]) -> JanusListener:
        return JanusListener(self._link, self.name, offer)

    async def speak(
        self, place: str, speaker: str, offer: str, *, is_fine: bool = False
    ) -> "JanusSpeaker":
        handle = await self._link.attach()
        body = {
            "request": "joinandconfigure",
            "ptype": "publisher",
            "room": self.name,
            "id": _name(place, speaker, is_fine=is_fine),
            "keyframe": False,
        }
        try:
            _, answer = await handle.ask(body, jsep={"type": "offer", "sdp": offer})
        except (EngineGone, EngineRefused):
            await handle.detach()
            raise
        return JanusSpeaker(handle, fine(answer) if is_fine else thin(answer))

    async def tap(self, feed: Feed, heard: Callable[[Frame], None]) -> JanusTap:
        words = {"room": self.name, "secret": self._secret, "admin_key": self._secret}
        tap = JanusTap(self._handle, words)
        await tap.open(feed, heard)
        return tap

    async def leave(self) -> None:
        await self._handle.detach()

    def _add(self, data: Mapping[str, Any]) -> None:
        for one in data.get("publishers", ()):
            key = str(one["id"])
            place, kind, speaker = key.split("|")[:3]
            self._feeds[key] = Feed(key, place, speaker, is_fine=kind == _FINE)


class JanusSpeaker:
    """See `sabaq.classroom.ports.Speaker`."""

    def __init__(self, handle: Handle, answer: str) -> None:
        self._handle, self.answer = handle, answer

    async def candidate(self, candidate: Mapping[str, Any] | None) -> None:
        await self._handle.trickle(candidate)

    async def close(self) -> None:
        await self._handle.detach()


def _name(place: str, speaker: str, *, is_fine: bool = False) -> str:
    """Give a name that was never used: whoever comes back does not meet her own ghost."""
    return f"{place}|{_FINE if is_fine else _THIN}|{speaker}|{secrets.token_hex(6)}"
