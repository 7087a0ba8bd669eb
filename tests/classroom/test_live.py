"""The bare ASGI application, spoken to as a server would: no network, the real reader thread."""

import asyncio
import json
import threading
import uuid
from dataclasses import dataclass
from datetime import timedelta
from typing import ClassVar

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from sabaq.classroom.enums import Audience
from sabaq.classroom.events.base import Event
from sabaq.classroom.events.running import SlideShown
from sabaq.classroom.log import append, locked_class
from sabaq.classroom.models import Presence
from sabaq.classroom.services.polls import open_poll, vote
from sabaq.classroom.services.running import begin_class
from sabaq.courses.packs import Option, Poll
from sabaq.kernel import clock
from sabaq.people.actors import acting
from sabaq.web.live import hub as hub_module
from sabaq.web.live import lines as lines_module
from sabaq.web.live.app import LiveApp
from sabaq.web.live.hub import Hub
from sabaq.web.live.lines import Position, Seen
from sabaq.web.live.tickets import Ticket, write_ticket
from tests.factories import EnrolmentFactory, SessionFactory
from tests.loops import run_apart

BY = acting("Trainer")


@dataclass(frozen=True)
class StaffTold(Event):
    """An event for staff alone."""

    audience: ClassVar[Audience] = Audience.STAFF


POLL = Poll("p", "single", {"en": "?"}, (Option("a", {"en": "A"}),))


class Follower:
    """One request to the live application, read as it comes."""

    def __init__(self, app, session, ticket, *, what="events", after=0, last_event_id=None):
        headers = [(b"last-event-id", str(last_event_id).encode())] if last_event_id else []
        scope = {
            "type": "http",
            "method": "GET",
            "path": f"/live/{session.uuid}/{what}",
            "query_string": f"ticket={ticket}&after={after}".encode(),
            "headers": headers,
        }
        self.status, self.events, self.raw = None, [], b""
        self.gone = asyncio.Event()
        self.task = asyncio.ensure_future(app(scope, self._receive, self._send))

    async def _receive(self):
        await self.gone.wait()
        return {"type": "http.disconnect"}

    async def _send(self, message):
        if message["type"] == "http.response.start":
            self.status = message["status"]
            return
        self.raw += message["body"]
        if not message["more_body"]:
            self.gone.set()
        self.events += [
            json.loads(line[6:])
            for line in message["body"].split(b"\n")
            if line.startswith(b"data: {")
        ]

    async def until(self, number):
        await true(lambda: len(self.events) >= number)
        return self.events

    async def leave(self):
        self.gone.set()
        await asyncio.wait_for(self.task, 5)


async def true(condition):
    """Wait until `condition` holds."""
    for _ in range(1500):
        if condition():
            return
        await asyncio.sleep(0.02)
    raise AssertionError("it did not come true within half a minute")


def follow(scenario):
    """Run `scenario(app)` on a loop with a started hub."""

    async def run():
        hub = Hub()
        hub.start()
        try:
            return await scenario(LiveApp(hub))
        finally:
            hub.stop()

    return run_apart(run())


async def write(session, *events, begun=False):
    def job():
        if begun:
            begin_class(session, None, by=BY, at=clock.now())
        for event in events:
            with locked_class(session) as live:
                append(live, event, by=BY, at=clock.now())

    await asyncio.to_thread(in_a_thread, job)


def in_a_thread(job, *args):
    try:
        job(*args)
    finally:
        connection.close()


def ticket_to(session, *, enrolment_id=None, is_staff=False, at=None):
    ticket = Ticket(session.pk, session.uuid, enrolment_id, is_staff=is_staff)
    return write_ticket(ticket, at=at or clock.now())


@pytest.mark.django_db(transaction=True)
def test_followers_hear_what_is_theirs_in_order_with_the_seq_before():
    session = SessionFactory()
    enrolment = EnrolmentFactory(edition=session.edition)

    async def scenario(app):
        participant = Follower(app, session, ticket_to(session, enrolment_id=enrolment.pk))
        trainer = Follower(app, session, ticket_to(session, is_staff=True))
        await write(session, SlideShown("one", "h"), StaffTold(), SlideShown("two", "h"))
        heard = await participant.until(2), await trainer.until(3)
        await participant.leave()
        await trainer.leave()
        return heard

    participant, trainer = follow(scenario)
    assert [(event["seq"], event["prev"], event["kind"]) for event in participant] == [
        (1, 0, "SlideShown"),
        (3, 1, "SlideShown"),
    ]
    assert [event["kind"] for event in trainer] == ["SlideShown", "StaffTold", "SlideShown"]


@pytest.mark.django_db(transaction=True)
def test_who_comes_back_gets_what_was_missed_and_nothing_twice():
    session = SessionFactory()

    async def scenario(app):
        await write(session, *(SlideShown(str(n), "h") for n in range(1, 6)))
        back = Follower(app, session, ticket_to(session), last_event_id=2)
        heard = list(await back.until(3))
        await back.leave()
        polled = Follower(app, session, ticket_to(session), what="poll", after=3)
        await asyncio.wait_for(polled.task, 5)
        return heard, json.loads(polled.raw)

    heard, polled = follow(scenario)
    assert [(event["seq"], event["prev"]) for event in heard] == [(3, 2), (4, 3), (5, 4)]
    assert [event["seq"] for event in polled["events"]] == [4, 5]


@pytest.mark.django_db(transaction=True)
def test_a_ticket_of_another_session_opens_nothing():
    session, other = SessionFactory.create_batch(2)

    async def scenario(app):
        answers = []
        for ticket in (
            ticket_to(other),
            "forged",
            ticket_to(session, at=clock.now() - timedelta(minutes=11)),
        ):
            follower = Follower(app, session, ticket)
            await asyncio.wait_for(follower.task, 5)
            answers.append(follower.status)
        return answers

    assert follow(scenario) == [403, 403, 401]


@pytest.mark.django_db(transaction=True)
def test_two_hundred_followers_hold_one_thread_and_one_connection():
    session = SessionFactory()

    async def scenario(app):
        before = threading.active_count()
        followers = [Follower(app, session, ticket_to(session)) for _ in range(200)]
        await write(session, SlideShown("one", "h"))
        for follower in followers:
            await follower.until(1)
        # `to_thread` of the writer may have started one pool thread; followers start none.
        more = threading.active_count() - before
        for follower in followers:
            await follower.leave()
        return more, [follower.events[0]["seq"] for follower in followers]

    more, heard = follow(scenario)
    assert more <= 1
    assert heard == [1] * 200


@pytest.mark.django_db(transaction=True)
def test_an_open_line_is_presence_and_a_closed_one_is_not():
    session = SessionFactory()
    anna, phone = EnrolmentFactory.create_batch(2, edition=session.edition)

    async def scenario(app):
        await write(session, begun=True)
        before = clock.now()
        lines = [
            Follower(app, session, ticket_to(session, enrolment_id=who.pk))
            for who in (anna, anna, phone)
        ]
        lines.append(Follower(app, session, ticket_to(session, is_staff=True)))
        await true(lambda: all(line.status == 200 for line in lines))
        await asyncio.sleep(1)
        for line in lines:
            await line.leave()
        return before

    before = follow(scenario)
    rows = {row.enrolment_id: row for row in Presence.objects.all()}
    assert sorted(rows) == sorted([anna.pk, phone.pk])
    assert Presence.objects.count() == 2
    assert all(before <= row.from_at < row.until_at <= clock.now() for row in rows.values())
    assert all((row.until_at - row.from_at).total_seconds() >= 0.9 for row in rows.values())


@pytest.mark.django_db(transaction=True)
def test_the_last_votes_before_a_pause_reach_everybody(monkeypatch):
    monkeypatch.setattr(hub_module, "COUNT_EVERY", 0)
    session = SessionFactory()
    voters = EnrolmentFactory.create_batch(2, edition=session.edition)

    async def scenario(app):
        await write(session, begun=True)
        long_ago = clock.now() - timedelta(seconds=5)
        await asyncio.to_thread(in_a_thread, vote_both, session, voters, long_ago)
        line = Follower(app, session, ticket_to(session))
        # Begun, opened, the first vote told, the second one told when the time had come.
        heard = list(await line.until(4))
        await line.leave()
        return heard

    assert [event.get("votes") for event in follow(scenario)] == [None, None, 1, 2]


def vote_both(session, voters, at):
    run = open_poll(session, POLL, by=BY, at=at)
    for voter in voters:
        vote(run, POLL, ["a"], enrolment_id=voter.pk, at=at)


@pytest.mark.django_db(transaction=True)
def test_a_stream_ends_with_its_ticket_and_asks_for_a_new_one():
    session = SessionFactory()

    async def scenario(app):
        nearly_over = ticket_to(session, at=clock.now() - timedelta(minutes=9, seconds=58))
        follower = Follower(app, session, nearly_over)
        await asyncio.wait_for(follower.task, 10)
        return follower.status, follower.raw

    status, raw = follow(scenario)
    assert status == 200
    assert raw.endswith(b"event: renew\ndata:\n\n")


@pytest.mark.django_db(transaction=True)
def test_when_the_server_goes_down_streams_end_and_polls_are_told_to_come_again():
    session = SessionFactory()

    async def scenario(app):
        stream = Follower(app, session, ticket_to(session))
        poll = Follower(app, session, ticket_to(session), what="poll")
        await true(lambda: [one.followers for one in app.hub.sessions.values()] == [2])
        app.hub.close()
        await asyncio.wait_for(asyncio.gather(stream.task, poll.task), 2)
        return stream.status, poll.status

    assert follow(scenario) == (200, 503)


@pytest.mark.django_db(transaction=True)
def test_who_was_away_for_longer_than_is_kept_still_gets_everything(monkeypatch):
    monkeypatch.setattr(lines_module, "KEEP", 3)
    session = SessionFactory()

    async def scenario(app):
        held = Follower(app, session, ticket_to(session))
        await write(session, *(SlideShown(str(n), "h") for n in range(1, 8)))
        await held.until(7)
        late = Follower(app, session, ticket_to(session), last_event_id=1)
        heard = list(await late.until(6))
        await late.leave()
        await held.leave()
        return heard

    assert [event["seq"] for event in follow(scenario)] == [2, 3, 4, 5, 6, 7]


events = st.lists(
    st.tuples(st.sampled_from(["all", "staff", "one"]), st.integers(1, 3)), max_size=30
)


@given(events, st.integers(0, 30), st.lists(st.integers(0, 30), max_size=5))
def test_any_drops_and_reconnects_end_with_what_a_fresh_reader_sees(audiences, start, cuts):
    log = [
        Seen(seq, "SlideShown" if audience != "staff" else "StaffTold", audience, enrolment, {})
        for seq, (audience, enrolment) in enumerate(audiences, start=1)
    ]
    ticket = Ticket(1, uuid.uuid4(), enrolment_id=2)

    def read(after, up_to):
        position = Position(ticket, after, after)
        hers = position.next([event for event in log if after < event.seq <= up_to])
        return [event.message(prev) for event, prev in hers], position.last

    fresh, _ = read(0, len(log))
    heard, last = [], 0
    for cut in [*sorted(min(cut, len(log)) for cut in cuts), len(log)]:
        messages, last = read(last, cut)
        heard += messages

    assert [message["seq"] for message in heard] == [message["seq"] for message in fresh]
    assert all(message["kind"] != "StaffTold" for message in heard)
    assert all(
        log[message["seq"] - 1].enrolment_id == 2 or log[message["seq"] - 1].audience == "all"
        for message in heard
    )
    assert [message["prev"] for message in fresh] == [0, *(message["seq"] for message in fresh)][
        : len(fresh)
    ]
