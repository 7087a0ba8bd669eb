"""Packets of RTP as the engine forwards them, and what is made of them."""

from hypothesis import given
from hypothesis import strategies as st

from sabaq.adapters.janus.tap import _Ear, read_rtp
from sabaq.classroom.ports import Frame


def rtp(number: int, at: int, opus: bytes, *, first: int = 0x80, between: bytes = b"") -> bytes:
    return b"".join(
        (bytes([first, 111]), number.to_bytes(2), at.to_bytes(4), bytes(4), between, opus)
    )


@given(
    number=st.integers(0, 2**16 - 1),
    at=st.integers(0, 2**32 - 1),
    opus=st.binary(min_size=1, max_size=200),
    sources=st.integers(0, 15),
    words=st.none() | st.integers(0, 4),
    padding=st.integers(0, 20),
)
def test_a_packet_says_when_and_what(number, at, opus, sources, words, padding):
    first = 0x80 | sources | (0 if words is None else 0x10) | (0x20 if padding else 0)
    more = bytes(4 * sources)
    if words is not None:
        more += b"\xbe\xde" + words.to_bytes(2) + bytes(4 * words)
    behind = bytes(padding - 1) + bytes([padding]) if padding else b""

    read = read_rtp(rtp(number, at, opus, first=first, between=more) + behind)

    assert read == (number, Frame(at, opus))


@given(st.binary(max_size=60))
def test_whatever_is_no_packet_is_left_out_and_nothing_breaks(data):
    read = read_rtp(data)

    assert read is None or (data[0] >> 6 == 2 and read[1].opus in data)


def test_frames_come_in_their_order_also_where_numbers_begin_anew():
    heard = []
    ear = _Ear(lambda frame: heard.append(frame.at))
    for number, at in ((65534, 1), (65535, 2), (1, 4), (0, 3), (1, 4), (2, 5)):
        ear.datagram_received(rtp(number, at, b"x"), ("127.0.0.1", 1))

    assert heard == [1, 2, 4, 5]
