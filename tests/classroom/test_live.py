"""The bare ASGI application, spoken to as a server would: no network, the real reader thread."""

import asyncio
import json
import threading
import uuid
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sabaq.classroom.events import SlideShown, VoteCast
from sabaq.classroom.log import append, locked_class
from sabaq.kernel import clock
from sabaq.people.actors import acting
from sabaq.web.live.app import LiveApp, _Position
from sabaq.web.live.hub import Hub, Seen
from sabaq.web.live.tickets import Ticket, write_ticket
from tests.factories import EnrolmentFactory, SessionFactory

BY = acting("Trainer")


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
        self.events += [
            json.loads(line[6:])
            for line in message["body"].split(b"\n")
            if line.startswith(b"data: {")
        ]

    async def until(self, number):
        for _ in range(500):
            if len(self.events) >= number:
                return self.events
            await asyncio.sleep(0.02)
        raise AssertionError(f"{len(self.events)} of {number} events came")

    async def leave(self):
        self.gone.set()
        await asyncio.wait_for(self.task, 5)


def follow(scenario):
    """Run `scenario(app)` on a loop with a started hub."""

    async def run():
        hub = Hub()
        hub.start()
        try:
            return await scenario(LiveApp(hub))
        finally:
            hub.stop()

    return asyncio.run(run())


async def write(session, *events):
    def job():
        from django.db import connection

        try:
            for event in events:
                with locked_class(session) as live:
                    append(live, event, by=BY, at=clock.now())
        finally:
            connection.close()

    await asyncio.to_thread(job)


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
        await write(
            session, SlideShown("one", "h"), VoteCast("run", 1, "a"), SlideShown("two", "h")
        )
        heard = await participant.until(2), await trainer.until(3)
        await participant.leave()
        await trainer.leave()
        return heard

    participant, trainer = follow(scenario)
    assert [(event["seq"], event["prev"], event["kind"]) for event in participant] == [
        (1, 0, "SlideShown"),
        (3, 1, "SlideShown"),
    ]
    assert [event["kind"] for event in trainer] == ["SlideShown", "VoteCast", "SlideShown"]


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


events = st.lists(
    st.tuples(st.sampled_from(["all", "staff", "one"]), st.integers(1, 3)), max_size=30
)


@given(events, st.integers(0, 30), st.lists(st.integers(0, 30), max_size=5))
def test_any_drops_and_reconnects_end_with_what_a_fresh_reader_sees(audiences, start, cuts):
    log = [
        Seen(seq, "SlideShown" if audience != "staff" else "VoteCast", audience, enrolment, {})
        for seq, (audience, enrolment) in enumerate(audiences, start=1)
    ]
    ticket = Ticket(1, uuid.uuid4(), enrolment_id=2)

    def read(after, up_to):
        position = _Position(ticket, after)
        return position.next([event for event in log if after < event.seq <= up_to]), position.last

    fresh, _ = read(0, len(log))
    heard, last = [], 0
    for cut in [*sorted(min(cut, len(log)) for cut in cuts), len(log)]:
        messages, last = read(last, cut)
        heard += messages

    assert [message["seq"] for message in heard] == [message["seq"] for message in fresh]
    assert all(message["kind"] != "VoteCast" for message in heard)
    assert all(
        log[message["seq"] - 1].enrolment_id == 2 or log[message["seq"] - 1].audience == "all"
        for message in heard
    )
    assert [message["prev"] for message in fresh] == [0, *(message["seq"] for message in fresh)][
        : len(fresh)
    ]
