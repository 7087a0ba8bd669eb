"""Who is let go by the live application, and when: lost rights, a class that is long over, a full house."""

import asyncio
import json
from datetime import timedelta

import pytest

from sabaq.classroom.events.running import SlideShown
from sabaq.classroom.models import LiveClass
from sabaq.courses.models import Appointment
from sabaq.enrolment.enums import EnrolmentState
from sabaq.enrolment.models import Enrolment
from sabaq.enrolment.services import revoke_link
from sabaq.kernel import clock
from sabaq.people.enums import Role
from sabaq.web.live import hub as hub_module
from sabaq.web.live.tickets import Ticket, write_ticket
from tests.classroom.test_live import Follower, follow, in_a_thread, ticket_to, true, write
from tests.factories import (
    AccessLinkFactory,
    AppointmentFactory,
    EnrolmentFactory,
    SessionFactory,
)

pytestmark = pytest.mark.django_db(transaction=True)
RENEW, OVER = b"event: renew\ndata:\n\n", b"event: over\ndata:\n\n"


@pytest.fixture(autouse=True)
def _quick_checks(monkeypatch):
    monkeypatch.setattr(hub_module, "CHECK_RIGHTS_EVERY", 0.1)


def participant(session):
    """Give somebody who came by her link, and her ticket."""
    at = clock.now()
    enrolment = EnrolmentFactory(edition=session.edition)
    link = AccessLinkFactory(enrolment=enrolment, created_at=at, expires_at=at + timedelta(days=1))
    return link, ticket_of(session, enrolment_id=enrolment.pk, link_id=link.pk)


def ticket_of(session, **fields):
    return write_ticket(Ticket(session.pk, session.uuid, **fields), at=clock.now())


def let_go(session, tickets, act):
    """Let all follow, `act`, wait until the first has been let go; give her stream and the others' states."""

    async def scenario(app):
        lines = [Follower(app, session, ticket) for ticket in tickets]
        await true(lambda: all(line.status == 200 for line in lines))
        await asyncio.to_thread(in_a_thread, act)
        await asyncio.wait_for(lines[0].task, 20)
        again = Follower(app, session, tickets[0])
        await asyncio.wait_for(again.task, 20)
        asked = Follower(app, session, tickets[0], what="poll")
        await asyncio.wait_for(asked.task, 20)
        # The others follow on.
        await write(session, SlideShown("one", "h"))
        for line in lines[1:]:
            await line.until(1)
            await line.leave()
        return lines[0].raw, again.status, asked.status

    return follow(scenario)


def test_a_link_that_is_revoked_ends_its_stream_within_seconds_and_nobody_elses():
    session = SessionFactory()
    (gone, ticket), (_, other) = participant(session), participant(session)

    def act():
        revoke_link(gone, by=None, at=clock.now())

    raw, again, asked = let_go(session, [ticket, other], act)

    assert raw.endswith(RENEW)
    assert (again, asked) == (401, 401)


def test_whoever_is_withdrawn_hears_no_more():
    session = SessionFactory()
    (gone, ticket), (_, other) = participant(session), participant(session)

    def act():
        withdrawn = Enrolment.objects.filter(pk=gone.enrolment_id)
        withdrawn.update(state=EnrolmentState.WITHDRAWN)

    raw, again, asked = let_go(session, [ticket, other], act)

    assert raw.endswith(RENEW)
    assert (again, asked) == (401, 401)


def test_a_latecomer_whom_nobody_has_confirmed_yet_follows_on():
    session = SessionFactory()
    (gone, ticket), (late, other) = participant(session), participant(session)
    Enrolment.objects.filter(pk=late.enrolment_id).update(state=EnrolmentState.PROVISIONAL)

    def act():
        revoke_link(gone, by=None, at=clock.now())

    raw, *_ = let_go(session, [ticket, other], act)

    assert raw.endswith(RENEW)


def test_staff_who_lose_their_role_hear_no_more_of_what_is_staffs():
    session = SessionFactory()
    trainer, colleague = (
        AppointmentFactory(edition=session.edition, role=Role.TRAINER) for _ in range(2)
    )
    tickets = [
        ticket_of(session, is_staff=True, account_id=one.account_id) for one in (trainer, colleague)
    ]

    def act():
        # She interprets from now on: a part in the class, though not the one she had.
        Appointment.objects.filter(pk=trainer.pk).update(role=Role.INTERPRETER)

    raw, again, asked = let_go(session, tickets, act)

    assert raw.endswith(RENEW)
    assert (again, asked) == (401, 401)


def test_an_account_that_is_closed_hears_no_more():
    session = SessionFactory()
    trainer = AppointmentFactory(edition=session.edition, role=Role.TRAINER)
    ticket = ticket_of(session, is_staff=True, account_id=trainer.account_id)

    def act():
        type(trainer.account).objects.filter(pk=trainer.account_id).update(is_active=False)

    raw, again, asked = let_go(session, [ticket], act)

    assert raw.endswith(RENEW)
    assert (again, asked) == (401, 401)


def test_a_class_that_ended_a_while_ago_is_followed_no_longer():
    session = SessionFactory()

    async def scenario(app):
        await write(session, begun=True)
        line = Follower(app, session, ticket_to(session))
        waiting = Follower(app, session, ticket_to(session), what="poll", after=1)
        await line.until(1)
        long_ago = clock.now() - timedelta(minutes=11)
        await asyncio.to_thread(in_a_thread, end, session, long_ago)
        await asyncio.wait_for(asyncio.gather(line.task, waiting.task), 20)
        late = Follower(app, session, ticket_to(session))
        await asyncio.wait_for(late.task, 20)
        return line, waiting, late

    line, waiting, late = follow(scenario)

    assert line.raw.endswith(OVER)
    assert json.loads(waiting.raw) == {"events": [], "last": 1, "wait": 0, "over": True}
    # Whoever opens the page late gets everything, and then is told.
    assert [event["kind"] for event in late.events] == ["ClassBegan"]
    assert late.raw.endswith(OVER)


def test_a_class_that_has_just_ended_is_followed_on():
    session = SessionFactory()

    async def scenario(app):
        await write(session, begun=True)
        line = Follower(app, session, ticket_to(session))
        await line.until(1)
        await asyncio.to_thread(in_a_thread, end, session, clock.now())
        await asyncio.sleep(1)
        await write(session, SlideShown("one", "h"))
        await line.until(2)
        is_open = not line.task.done()
        await line.leave()
        return is_open

    assert follow(scenario)


def end(session, at):
    LiveClass.objects.filter(session=session).update(state="ended", ended_at=at)


def test_beyond_what_there_is_room_for_streams_are_refused_and_asking_is_answered_at_once():
    session = SessionFactory()

    async def scenario(app):
        app.hub.room_for = 2
        held = [Follower(app, session, ticket_to(session)) for _ in range(2)]
        await true(lambda: app.hub.following == 2)
        await write(session, SlideShown("one", "h"))
        await held[0].until(1)
        stream = Follower(app, session, ticket_to(session))
        news = Follower(app, session, ticket_to(session), what="poll")
        nothing = Follower(app, session, ticket_to(session), what="poll", after=1)
        await asyncio.wait_for(asyncio.gather(stream.task, news.task, nothing.task), 5)
        await held[0].leave()
        after = Follower(app, session, ticket_to(session))
        await after.until(1)
        for line in (held[1], after):
            await line.leave()
        return stream, news, nothing, after.status, app.hub.following

    stream, news, nothing, after, left = follow(scenario)

    assert (stream.status, json.loads(stream.raw)) == (503, {"error": "full"})
    assert [event["seq"] for event in json.loads(news.raw)["events"]] == [1]
    assert json.loads(nothing.raw) == {"events": [], "last": 1, "wait": 10, "over": False}
    assert (after, left) == (200, 0)


def test_whoever_reads_too_slowly_holds_up_nobody_and_gets_everything_in_order():
    session = SessionFactory()

    async def scenario(app):
        slow, quick = (
            Slow(app, session, ticket_to(session)),
            Follower(app, session, ticket_to(session)),
        )
        await true(lambda: slow.status == 200 and len(app.hub.sessions[session.pk].lines) == 2)
        slow.reads.clear()
        for number in range(3):
            await write(session, SlideShown(str(number), "h"))
            await quick.until(number + 1)
        behind = list(slow.events)
        slow.reads.set()
        await slow.until(3)
        await write(session, SlideShown("last", "h"))
        await slow.until(4)
        await slow.leave()
        await quick.leave()
        return behind, slow.events, quick.events

    behind, slow, quick = follow(scenario)

    assert behind == []
    assert [event["seq"] for event in slow] == [1, 2, 3, 4]
    assert slow == quick


class Slow(Follower):
    """A follower whose socket is full whenever `reads` is cleared."""

    def __init__(self, *arguments, **options):
        self.reads = asyncio.Event()
        self.reads.set()
        super().__init__(*arguments, **options)

    async def _send(self, message):
        await self.reads.wait()
        await super()._send(message)


def test_an_event_is_written_out_once_for_all_who_are_in_step():
    session = SessionFactory()

    async def scenario(app):
        lines = [Kept(app, session, ticket_to(session)) for _ in range(20)]
        await true(lambda: in_step(app, session) == 20)
        await write(session, SlideShown("one", "h"))
        for line in lines:
            await line.until(1)
            await line.leave()
        return [line.bodies[-1] for line in lines]

    bodies = follow(scenario)

    # One and the same object: nothing was made for each.
    assert len({id(body) for body in bodies}) == 1


class Kept(Follower):
    """A follower that keeps what it is handed as it is."""

    def __init__(self, *arguments, **options):
        self.bodies = []
        super().__init__(*arguments, **options)

    async def _send(self, message):
        if message["type"] == "http.response.body":
            self.bodies.append(message["body"])
        await super()._send(message)


def in_step(app, session):
    followed = app.hub.sessions.get(session.pk)
    return len(followed.lines) if followed else 0
