"""Bodies are taken in before a thread is taken: who sends slowly, or never, waits alone."""

import asyncio
import socket
from urllib.parse import urlsplit
from urllib.request import urlopen

import pytest

from sabaq.ops.bodies import WholeBodies, in_threads
from tests.loops import run_apart

LARGEST = 200_000
UNFINISHED = (
    b"POST /code/ HTTP/1.1\r\nHost: localhost\r\nCookie: csrftoken=" + b"a" * 32 + b"\r\n"
    b"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 500\r\n\r\ncode="
)


async def echo(_scope, body, send):
    """Answer with the body."""
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": body.read()})


def sent(*messages, length, patience=5.0):
    """Send these pieces of a body, then nothing more; give the status and what the page made of it."""
    scope = {"type": "http", "headers": [] if length is None else [(b"content-length", length)]}
    coming, said = list(messages), []

    async def receive():
        if not coming:
            await asyncio.Event().wait()
        return coming.pop(0)

    async def send(message):
        said.append(message)

    run_apart(WholeBodies(echo, largest=LARGEST, patience=patience)(scope, receive, send))
    return (said[0]["status"], said[1]["body"]) if said else None


def piece(body, *, more):
    return {"type": "http.request", "body": body, "more_body": more}


@pytest.mark.parametrize("size", [1, 65_536, 65_537, LARGEST])
def test_a_body_that_came_in_pieces_reaches_the_page_as_it_was_sent(size):
    body = bytes(number % 251 for number in range(size))
    pieces = [piece(body[at : at + 1000], more=at + 1000 < size) for at in range(0, size, 1000)]

    assert sent(*pieces, length=b"%d" % size) == (200, body)


@pytest.mark.parametrize(
    "length", [None, b"0", b"", b"-5", b"0x5", b"9" * 5000, b"%d" % (LARGEST + 1)]
)
def test_a_body_that_is_not_taken_in_is_not_waited_for(length):
    assert sent(length=length) == (200, b"")


def test_a_body_whose_sender_goes_away_reaches_no_page():
    assert sent(piece(b"ab", more=True), {"type": "http.disconnect"}, length=b"5") is None


def test_a_body_that_stops_coming_is_given_up():
    assert sent(piece(b"ab", more=True), length=b"5", patience=0.05) == (408, b"")


GET = {
    "type": "http",
    "method": "GET",
    "path": "/",
    "query_string": b"",
    "http_version": "1.1",
    "headers": [],
}


def answered(wsgi, *messages, headers=()):
    """Ask a WSGI application through its threads; give all that was sent."""
    coming, said = list(messages), []

    async def receive():
        return coming.pop(0)

    async def send(message):
        said.append(message)

    pages = in_threads(wsgi, threads=1, largest=LARGEST)
    run_apart(pages({**GET, "method": "POST", "headers": list(headers)}, receive, send))
    return said


class Pieces:
    """What a page answers piece by piece, and whether it was closed."""

    is_closed = False

    def __iter__(self):
        yield from (b"one ", b"two")

    def close(self):
        self.is_closed = True


def test_a_page_in_its_thread_reads_the_body_and_its_answer_comes_back_whole():
    pieces = Pieces()

    def page(environ, start_response):
        assert environ["wsgi.input"].read(int(environ["CONTENT_LENGTH"])) == b"abc"
        start_response("201 Created", [("X-Said", "é"), ("Set-Cookie", "a"), ("Set-Cookie", "b")])
        return pieces

    head, body = answered(page, piece(b"abc", more=False), headers=[(b"content-length", b"3")])

    assert head["status"] == 201
    cookies = [(b"set-cookie", b"a"), (b"set-cookie", b"b")]
    assert head["headers"] == [(b"x-said", "é".encode("latin1")), *cookies]
    assert body["body"] == b"one two"
    assert pieces.is_closed


def test_what_a_page_raises_reaches_the_server_and_nothing_was_sent():
    def page(environ, start_response):
        start_response("200 OK", [])
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        answered(page)


def stream(environ, start_response):
    start_response("200 OK", [])
    return [b"line\n"] * 1000


def test_readers_who_take_nothing_hold_no_thread():
    pages = in_threads(stream, threads=1, largest=LARGEST)
    taken = []

    async def take(message):
        taken.append(message.get("body", b""))

    async def take_nothing(message):
        await asyncio.Event().wait()

    async def read_beside_a_stalled_one():
        stalled = asyncio.ensure_future(pages(GET, asyncio.Event().wait, take_nothing))
        await asyncio.sleep(0)
        async with asyncio.timeout(30):
            await pages(GET, asyncio.Event().wait, take)
        stalled.cancel()

    run_apart(read_beside_a_stalled_one())

    assert b"".join(taken) == b"line\n" * 1000


@pytest.mark.e2e
@pytest.mark.slow
def test_twenty_who_never_finish_what_they_send_hold_up_nobody(sabaq_server):
    address = urlsplit(sabaq_server.url)
    waiting = []
    try:
        for _ in range(20):
            waiting.append(socket.create_connection((address.hostname, address.port)))
            waiting[-1].sendall(UNFINISHED)
        answers = [urlopen(f"{sabaq_server.url}/code/", timeout=30).status for _ in range(10)]
    finally:
        for connection in waiting:
            connection.close()

    assert answers == [200] * 10
