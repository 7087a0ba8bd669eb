"""The booths of one class in this process: who is on air, by what microphone, and who hears her.

Who is on air stands in the database alone, and is asked of it after every event of a booth. A microphone in a
booth is heard by listeners only while its holder is on air: a handover moves listeners from one microphone
that is open to another that is open, so nothing is clipped and no two are heard.
"""

import asyncio
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from sabaq.classroom.events import booths as events
from sabaq.classroom.ports import Feed
from sabaq.classroom.queries.booths import SeatSeen, seats_seen
from sabaq.classroom.rules.channels import BOOTH, heard_on
from sabaq.classroom.services.booths import leave_air
from sabaq.courses.models import Session
from sabaq.kernel import clock
from sabaq.people.actors import Actor
from sabaq.web.live.lines import Seen

if TYPE_CHECKING:
    from sabaq.web.live.hub import Hub
    from sabaq.web.live.voice_line import VoiceLine

# Somebody on air without a microphone for that long has gone; a line that broke is back sooner.
GONE_AFTER = 5.0
_KINDS = {
    kind.__name__
    for kind in (
        events.BoothEntered,
        events.BoothTurned,
        events.HandoverAsked,
        events.HandoverTakenBack,
        events.InterpreterOffAir,
        events.InterpreterOnAir,
    )
}


class Booths:
    """`seats` are by speaker; `seq` is the number of the last event of a booth."""

    def __init__(self, hub: "Hub", session_id: int) -> None:
        self.seats: dict[str, SeatSeen] = {}
        self.seq = 0
        self._hub, self._session_id = hub, session_id
        self._silent_since: dict[str, float] = {}

    async def look(self) -> bool:
        """Ask the database who sits where and who is on air; tell whether others are heard now."""
        session_id, before = self._session_id, self._on_air
        self.seats = await self._hub.ask(lambda: seats_seen(session_id))
        return before != self._on_air

    def note(self, seen: Iterable[Seen]) -> bool:
        """Take from the log that something happened in a booth; tell whether it did."""
        numbers = [event.seq for event in seen if event.kind in _KINDS]
        self.seq = max([self.seq, *numbers])
        return bool(numbers)

    def channel_of(self, feed: Feed) -> str:
        """Give where a microphone is heard: on the floor, in a language, or ("") nowhere."""
        return heard_on(feed.place, feed.speaker, self._on_air)

    def choose(self, line: "VoiceLine", channel: str, feeds: Iterable[Feed]) -> frozenset[Feed]:
        """Give the microphones of a channel as this line hears them, and her partner's if she wishes.

        Each speaker is heard once: interpreters hear the fine feed where there is one, others the thin one.
        """
        mine = [feed for feed in feeds if line.hears(feed)]
        on_channel = [feed for feed in mine if channel and self.channel_of(feed) == channel]
        fine = {feed.speaker for feed in on_channel if feed.is_fine and line.needs_fine}
        chosen = {feed for feed in on_channel if feed.is_fine == (feed.speaker in fine)}
        if line.with_partner and (own := self.seats.get(line.speaker_key)):
            heard = {feed.speaker for feed in chosen}
            chosen |= {
                feed
                for feed in mine
                if not feed.is_fine
                and feed.speaker not in heard
                and self.channel_of(feed)
                and feed.place == BOOTH
                and self.seats[feed.speaker].booth == own.booth
            }
        return frozenset(chosen)

    def state_for(self, line: "VoiceLine", lines: Iterable["VoiceLine"]) -> dict[str, Any]:
        """Give what an interpreter's page shows: how many hear her, and who of her booth is here."""
        own = self.seats.get(line.speaker_key)
        others = [one for one in lines if one.speaker_key != line.speaker_key]
        mates = (self.seats.get(one.speaker_key) for one in others if one.interprets)
        return {
            "seq": self.seq,
            "listeners": sum(line.speaker_key in one.heard_speakers for one in others),
            "here": sorted(
                {mate.uuid for mate in mates if mate and own and mate.booth == own.booth}
            ),
        }

    @property
    def _on_air(self) -> dict[str, str]:
        return {seat.speaker: seat.into for seat in self.seats.values() if seat.is_on_air}

    async def end_turn_of(self, speaker: str) -> None:
        """End the turn and the asking of somebody whose microphone is off."""
        if seat := self.seats.get(speaker):
            session_id, account_id = self._session_id, seat.account_id
            await self._hub.ask(lambda: _leave(session_id, account_id))

    async def end_empty_turns(self, feeds: Iterable[Feed]) -> None:
        """End the turns of those on air whose microphone has been away for a while."""
        now = asyncio.get_running_loop().time()
        heard = {feed.speaker for feed in feeds if feed.place == BOOTH}
        empty = {s.speaker for s in self.seats.values() if s.is_on_air and s.speaker not in heard}
        self._silent_since = {one: self._silent_since.get(one, now) for one in empty}
        for speaker, since in tuple(self._silent_since.items()):
            if now - since >= GONE_AFTER:
                await self.end_turn_of(speaker)


def _leave(session_id: int, account_id: int) -> None:
    session = Session.objects.get(pk=session_id)
    leave_air(session, account_id, by=Actor(account_id=account_id), at=clock.now())
