"""One browser's hearing: which stream of its connection carries which feed."""

import asyncio
from collections.abc import Callable, Collection, Mapping
from contextlib import suppress
from typing import Any

from sabaq.adapters.janus.link import Handle, Link
from sabaq.classroom.ports import EngineGone, EngineRefused, Feed

_TRIES = 4


class JanusListener:
    """See `sabaq.classroom.ports.Listener`.

    A feed in the place of another is switched, which needs no word with the browser and leaves no gap;
    one more, or one less, is a new offer. While an offer is unanswered Janus keeps what it is asked for later, and
    asking again would give the same feed twice.
    """

    def __init__(self, link: Link, room: str, offer: Callable[[str], None]) -> None:
        self._link, self._room, self._offer = link, room, offer
        self._handle: Handle | None = None
        # What each stream of the connection carries, by its mid.
        self._carried: dict[str, str] = {}
        self._wanted: set[str] = set()
        self._is_kept_for_later = False
        self._tasks: set[asyncio.Task[None]] = set()
        self._one_at_a_time = asyncio.Lock()

    async def hear(self, feeds: Collection[Feed]) -> None:
        self._wanted = {feed.key for feed in feeds}
        await self._settle()

    async def _settle(self) -> None:
        async with self._one_at_a_time:
            for _ in range(_TRIES):
                is_right = sorted(self._carried.values()) == sorted(self._wanted)
                if is_right or self._is_kept_for_later:
                    return
                try:
                    await self._towards(self._wanted)
                except EngineRefused:
                    # A speaker who left between two looks: what is true is told by an event, and asked again.
                    await asyncio.sleep(0.05)
                    return

    async def answered(self, sdp: str) -> None:
        if self._handle:
            await self._handle.ask(
                {"request": "start", "room": self._room}, jsep={"type": "answer", "sdp": sdp}
            )

    async def candidate(self, candidate: Mapping[str, Any] | None) -> None:
        if self._handle:
            await self._handle.trickle(candidate)

    async def close(self) -> None:
        async with self._one_at_a_time:
            if self._handle:
                await self._handle.detach()
            self._handle, self._carried, self._is_kept_for_later = None, {}, False

    async def _towards(self, wanted: set[str]) -> None:
        if self._handle is None:
            await self._join(wanted)
            return
        more = sorted(wanted - set(self._carried.values()))
        first = {key: mid for mid, key in reversed(self._carried.items()) if key in wanted}
        less = [mid for mid, key in self._carried.items() if first.get(key) != mid]
        if more and less:
            changes = [
                {"feed": key, "mid": "0", "sub_mid": mid}
                for key, mid in zip(more, less, strict=False)
            ]
            data, _ = await self._handle.ask({"request": "switch", "streams": changes})
            for change in changes:
                self._carried[change["sub_mid"]] = change["feed"]
            self._note(data)
            return
        body: dict[str, Any] = {"request": "update"}
        if more:
            body["subscribe"] = [{"feed": key, "mid": "0"} for key in more]
        if less:
            body["unsubscribe"] = [{"sub_mid": mid} for mid in less]
        self._heard(*await self._handle.ask(body))

    async def _join(self, wanted: set[str]) -> None:
        if not wanted:
            return
        handle = await self._link.attach()
        handle.heard = self._heard
        body = {
            "request": "join",
            "ptype": "subscriber",
            "room": self._room,
            "streams": [{"feed": key, "mid": "0"} for key in sorted(wanted)],
        }
        try:
            data, sdp = await handle.ask(body, jsep=None)
        except EngineRefused:
            await handle.detach()
            raise
        self._handle = handle
        self._heard(data, sdp)

    def _heard(self, data: dict[str, Any], sdp: str) -> None:
        self._note(data)
        if data.get("videoroom") == "updating":
            self._is_kept_for_later = True
        elif "streams" in data and self._is_kept_for_later:
            self._is_kept_for_later = False
            task = asyncio.ensure_future(self._settle_quietly())
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)
        if sdp:
            self._offer(sdp)

    async def _settle_quietly(self) -> None:
        with suppress(EngineGone):  # the line is told of that by its room
            await self._settle()

    def _note(self, data: Mapping[str, Any]) -> None:
        """Take over what the engine says that each stream carries."""
        if "streams" not in data:
            return
        self._carried = {
            str(one["mid"]): str(one["feed_id"])
            for one in data["streams"]
            if one.get("active", True) and one.get("feed_id")
        }
