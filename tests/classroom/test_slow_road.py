"""The slow road: voice over the line itself, and as one answer without an end, with the engine in memory."""

import asyncio

import pytest

from sabaq.classroom.ports import Frame
from sabaq.web.live.app import LiveApp
from sabaq.web.live.ogg import SILENCE, OggOpus, checksum, samples
from sabaq.web.live.slow_road import Batch, SlowListener, Taps
from tests.classroom.test_live import Follower, true
from tests.classroom.test_live import ticket_to as ticket
from tests.classroom.test_voice import SDP, Line, do, on_air, voices
from tests.classroom.test_voice import interpreter as interpreter
from tests.classroom.test_voice import session as session
from tests.classroom.test_voice import she as she
from tests.classroom.test_voice import trainer as trainer
from tests.loops import run_apart

pytestmark = pytest.mark.django_db(transaction=True)
FLOOR_WORD, BOOTH_WORD = b"\xfb\x03floor", b"\xfb\x03booth"


class SlowLine(Line):
    """A line that notes the sound that comes over it."""

    def __init__(self, *args):
        self.sound = []
        super().__init__(*args)

    async def _take(self, message):
        if message.get("bytes"):
            self.sound.append(message["bytes"])
        else:
            await super()._take(message)


def say(room, place, opus, times=1):
    """Say something on the microphones that are tapped in this place."""
    for number in range(times):
        for tap in tuple(room.taps):
            if tap.feed.place == place:
                tap.heard(Frame(1000 + 2880 * number, opus))


def frames_of(message):
    """Give the number, the first time, and (milliseconds, Opus) of each frame of a message."""
    found, at = [], 5
    while at < len(message):
        since, length = (
            int.from_bytes(message[at : at + 2]),
            int.from_bytes(message[at + 2 : at + 4]),
        )
        found.append((since, message[at + 4 : at + 4 + length]))
        at += 4 + length
    return message[0], int.from_bytes(message[1:5]), found


def test_a_message_carries_frames_with_their_times_also_where_these_begin_anew():
    frames = (Frame(2**32 - 2880, b"a"), Frame(0, b"bc"), Frame(2880, b""))

    assert frames_of(Batch(300, frames).message) == (
        300 % 256,
        2**32 - 2880,
        [(0, b"a"), (60, b"bc"), (120, b"")],
    )


def test_whoever_takes_the_slow_road_hears_her_language_over_the_line(
    session,
    trainer,
    interpreter,
    she,
):
    async def scenario(app, engine):
        listener = SlowLine(app, session, ticket(session, enrolment_id=she.pk))
        listener.say({"road": "line"})
        listener.say({"hear": "ru"})
        speaker = Line(app, session, trainer)
        speaker.say({"speak": "floor", "offer": SDP})
        await listener.until("channels", ["floor"])
        room = engine.rooms[session.uuid]
        nothing = [tap.feed.place for tap in room.taps]
        booth = Line(app, session, interpreter)
        booth.say({"speak": "booth", "offer": SDP})
        await booth.until("answer")
        await do(lambda: on_air(session, interpreter))
        await listener.until("hears", "ru")
        await true(lambda: room.taps)
        say(room, "floor", FLOOR_WORD)
        say(room, "booth", BOOTH_WORD, times=4)
        await true(lambda: listener.sound)
        offered = listener.last("offer")
        listener.say({"hear": ""})
        await true(lambda: not room.taps)
        return nothing, frames_of(listener.sound[0]), offered, len(room.listeners)

    nothing, (_, begins, frames), offered, at_the_engine = voices(scenario)

    assert nothing == []
    assert begins == 1000
    assert frames == [(60 * number, BOOTH_WORD) for number in range(4)]
    assert (offered, at_the_engine) == (None, 0)


def test_a_microphone_is_tapped_once_for_all_and_not_for_nobody(session, trainer):
    async def scenario(app, engine):
        lines = [SlowLine(app, session, ticket(session)) for _ in range(3)]
        for line in lines:
            line.say({"road": "line"})
            line.say({"hear": "floor"})
        speaker = Line(app, session, trainer)
        speaker.say({"speak": "floor", "offer": SDP})
        for line in lines:
            await line.until("hears", "floor")
        room = engine.rooms[session.uuid]
        await true(lambda: room.taps)
        say(room, "floor", FLOOR_WORD)
        await true(lambda: all(line.sound for line in lines))
        taps = [len(room.taps)]
        await lines[0].leave()
        lines[1].say({"road": "own"})
        await lines[1].until("offer")
        taps.append(len(room.taps))
        await lines[2].leave()
        taps.append(len(room.taps))
        return taps, {line.sound[0] for line in lines}

    taps, sounds = voices(scenario)

    assert taps == [1, 1, 0]
    assert len(sounds) == 1


def test_whoever_takes_it_too_slowly_misses_the_oldest_and_never_falls_behind():
    async def scenario():
        slow, taken = asyncio.Event(), []

        async def send(message):
            await slow.wait()
            taken.append(frames_of(message)[1])

        listener = SlowListener(Taps(None), send)
        for at in range(100):
            listener.take(Batch(0, (Frame(at, b"x"),)))
            await asyncio.sleep(0)
        slow.set()
        await true(lambda: taken and taken[-1] == 99)
        await listener.close()
        return taken

    taken = run_apart(scenario())

    assert taken == [0, *range(88, 100)]


def pages_of(stream):
    """Give (kind, granule, packets) of each page; each must carry its right sum."""
    found = []
    while stream:
        assert stream[:5] == b"OggS\x00"
        count = stream[26]
        lengths = stream[27 : 27 + count]
        ends = 27 + count + sum(lengths)
        page, stream = stream[:ends], stream[ends:]
        assert int.from_bytes(page[22:26], "little") == checksum(page[:22] + bytes(4) + page[26:])
        at, packets = 27 + count, []
        for length in lengths:
            packets.append(page[at : at + length])
            at += length
        found.append((page[5], int.from_bytes(page[6:14], "little"), packets))
    return found


def test_a_stream_of_ogg_counts_what_it_holds():
    # The sum of the nine digits by this polynomial, from the catalogue of CRCs (CRC-32/CKSUM without its last step
    # and its length; begun at nought).
    assert checksum(b"123456789") == 0x89A1897F
    stream = OggOpus(7)
    written = stream.beginning() + stream.page([SILENCE] * 3) + stream.page([b"\x08" + b"x" * 30])

    (first, zero, heads), (_, _, tags), (_, three, packets), (_, more, _) = pages_of(written)

    assert (first, zero, heads[0][:8], tags[0][:8]) == (2, 0, b"OpusHead", b"OpusTags")
    assert (three, packets) == (3 * 2880, [SILENCE] * 3)
    assert more == three + 960 == stream.written


@pytest.mark.parametrize(
    ("packet", "milliseconds"),
    [("18", 60), ("0b02", 40), ("78", 20), ("e0", 2.5), ("f9", 40), (SILENCE.hex(), 60)],
)
def test_a_packet_says_how_long_it_lasts(packet, milliseconds):
    assert samples(bytes.fromhex(packet)) == milliseconds * 48


def test_a_plain_answer_holds_what_is_said_and_silence_where_nothing_is(
    session,
    trainer,
    she,
):
    async def scenario(app, engine):
        live = LiveApp(app.hub, app)
        hers = ticket(session, enrolment_id=she.pk)
        speaker = Line(app, session, trainer)
        speaker.say({"speak": "floor", "offer": SDP})
        await speaker.until("answer")
        listener = Follower(live, session, f"{hers}&hear=floor", what="sound")
        room = engine.rooms[session.uuid]
        await true(lambda: room.taps)
        say(room, "floor", FLOOR_WORD, times=4)
        await true(lambda: FLOOR_WORD in listener.raw)
        await true(lambda: listener.raw.count(SILENCE) > 3)
        status = listener.status
        await listener.leave()
        await true(lambda: not room.taps)
        refused = []
        for hear in ("kk", "", "../x"):
            other = Follower(live, session, f"{hers}&hear={hear}", what="sound")
            await true(lambda other=other: other.status is not None)
            refused.append(other.status)
        return status, listener.raw, refused

    status, raw, refused = voices(scenario)

    assert status == 200
    packets = [packet for _, _, packets in pages_of(raw)[2:] for packet in packets]
    assert packets.count(FLOOR_WORD) == 4
    assert set(packets) == {FLOOR_WORD, SILENCE}
    assert refused == [404, 404, 404]
