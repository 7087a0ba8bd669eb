"""The live class over a real server: real sockets, real signals, a real kill."""

import json
import os
import signal
import socket
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from tests.scenes import People, set_scene
from tests.servers import Server, environment, fresh_database, running

pytestmark = [pytest.mark.e2e, pytest.mark.slow]
PATIENCE_SECONDS = 30
FOLLOWERS = 200


@pytest.fixture
def people(sabaq_server: Server, server_environment: dict[str, str]) -> Iterator[People]:
    """Give the people of a class of this test's own."""
    people = People(sabaq_server.url, set_scene(server_environment))
    with people.gone:
        yield people


class Stream:
    """One line held open to `/live/…/events`, read as a browser would."""

    def __init__(self, people: People, ticket: str, *, last: int = 0) -> None:
        host, port = people.url.removeprefix("http://").split(":")
        line = socket.create_connection((host, int(port)), timeout=PATIENCE_SECONDS)
        self.socket = people.gone.enter_context(line)
        self.socket.sendall(
            f"GET /live/{people.scene.session}/events?ticket={ticket} HTTP/1.1\r\n"
            f"Host: {host}:{port}\r\nAccept-Encoding: gzip\r\nLast-Event-ID: {last}\r\n\r\n".encode()
        )
        self.heard = b""
        self.until(b"event: hello")

    def until(self, what: bytes) -> "Stream":
        while what not in self.heard:
            more = self.socket.recv(65536)
            assert more, f"the stream ended: {self.heard!r}"
            self.heard += more
        return self

    def until_its_end(self) -> bytes:
        """Give the last bytes."""
        while more := self.socket.recv(65536):
            self.heard += more
        return self.heard[-5:]

    @property
    def headers(self) -> dict[str, str]:
        lines = self.heard.split(b"\r\n\r\n")[0].decode().lower().split("\r\n")[1:]
        return dict(line.split(": ", 1) for line in lines)

    @property
    def events(self) -> list[tuple[int, int, str]]:
        lines = [line[6:] for line in self.heard.split(b"\n") if line.startswith(b"data: {")]
        read = [json.loads(line) for line in lines]
        return [(event["seq"], event["prev"], event["kind"]) for event in read]


def test_a_stream_is_neither_cached_nor_compressed_and_says_what_happens(people):
    trainer = people.trainer()
    stream = Stream(people, people.ticket(people.participant()))

    people.act(trainer, "begin")
    people.act(trainer, "slide", slide="first-minutes", expected="title")
    stream.until(b"SlideShown")

    assert stream.events == [(1, 0, "ClassBegan"), (2, 1, "SlideShown")]
    assert stream.headers["content-type"] == "text/event-stream; charset=utf-8"
    assert stream.headers["cache-control"] == "no-store"
    assert stream.headers["x-accel-buffering"] == "no"
    assert "content-encoding" not in stream.headers


def test_long_polling_waits_for_news_and_brings_the_same(people):
    trainer, anna = people.trainer(), people.participant()
    path = f"/live/{people.scene.session}/poll?ticket={people.ticket(anna)}"
    people.act(trainer, "begin")
    news = anna.get(f"{path}&after=0").json()
    people.act(trainer, "slide", slide="first-minutes", expected="title")
    later = anna.get(f"{path}&after=1").json()

    assert [event["kind"] for event in news["events"]] == ["ClassBegan"]
    assert [(event["seq"], event["prev"]) for event in later["events"]] == [(2, 1)]


def test_what_makes_no_sense_is_refused_and_breaks_nothing(people):
    anna = people.participant()
    path = f"/live/{people.scene.session}/poll?ticket="
    ticket = people.ticket(anna)

    assert anna.get(f"{path}forged&after=0").status_code == 403
    assert anna.get(f"{path}%ff&after=0").status_code == 403
    assert anna.get(f"{path}{ticket}&after=-1").status_code == 403
    assert anna.get(f"{path}{ticket}&after={10**30}").status_code == 403
    assert anna.post(f"{path}{ticket}").status_code == 405
    assert anna.get(f"/live/{people.scene.session}/other?ticket={ticket}").status_code == 404


def test_after_a_kill_a_follower_goes_on_where_she_was(people, sabaq_server):
    trainer, anna = people.trainer(), people.participant()
    people.act(trainer, "begin")
    first = Stream(people, people.ticket(anna)).until(b"ClassBegan")
    people.act(trainer, "slide", slide="first-minutes", expected="title")

    killed = sabaq_server.children()["web"]
    os.kill(killed, signal.SIGKILL)
    deadline = time.monotonic() + PATIENCE_SECONDS
    while sabaq_server.children().get("web", killed) == killed and time.monotonic() < deadline:
        time.sleep(0.1)
    people.act(people.trainer(), "slide", slide="standards", expected="first-minutes")
    again = Stream(people, people.ticket(people.participant()), last=1).until(b'"seq":3')

    assert first.events[:1] == [(1, 0, "ClassBegan")]
    assert again.events == [(2, 1, "SlideShown"), (3, 2, "SlideShown")]


def test_ctrl_c_ends_open_streams_at_once_and_cleanly(tmp_path):
    with fresh_database() as database:
        more = {"DATABASE_URL": database} if database else {}
        env = environment(tmp_path / "data", SABAQ_MODE="rehearsal", **more)
        with running("serve", "--port", "0", env=env, log=tmp_path / "log") as server:
            people = People(server.url, set_scene(env))
            with people.gone:
                ticket = people.ticket(people.participant())
                streams = [Stream(people, ticket) for _ in range(20)]
                server.process.send_signal(signal.SIGINT)
                endings = [stream.until_its_end() for stream in streams]
            status = server.stop()

    # The chunk that says: this is the end, and nothing was cut off.
    assert endings == [b"0\r\n\r\n"] * 20
    assert status == 0
    assert "Cancel" not in server.output()
    assert "Traceback" not in server.output()


def test_two_hundred_followers_cost_no_thread_and_no_database_connection(
    people, sabaq_server, server_environment
):
    trainer, anna = people.trainer(), people.participant()
    people.act(trainer, "begin")
    ticket, web = people.ticket(anna), sabaq_server.children()["web"]
    streams = [Stream(people, ticket).until(b"ClassBegan")]
    before = threads_of(web), connections_of(web, server_environment)

    streams += [Stream(people, ticket) for _ in range(FOLLOWERS - 1)]
    for stream in streams:
        stream.until(b"ClassBegan")
    during = threads_of(web), connections_of(web, server_environment)
    people.act(trainer, "slide", slide="first-minutes", expected="title")
    for stream in streams:
        stream.until(b"SlideShown")

    assert during == before
    assert {tuple(stream.events) for stream in streams} == {
        ((1, 0, "ClassBegan"), (2, 1, "SlideShown"))
    }


def threads_of(pid: int) -> int:
    return len(list(Path(f"/proc/{pid}/task").iterdir()))


def connections_of(pid: int, env: dict[str, str]) -> int:
    if url := env.get("DATABASE_URL"):
        with psycopg.connect(url) as connection:
            asked = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
            return int(connection.execute(asked).fetchone()[0])
    opened = [link.readlink().name for link in Path(f"/proc/{pid}/fd").iterdir()]
    return opened.count("sabaq.sqlite3")
