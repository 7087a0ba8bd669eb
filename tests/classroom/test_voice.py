"""Voice lines: who is let in, what passes, and who hears whom, with the engine in memory and a real log."""

import asyncio
import contextlib
import json
from datetime import timedelta

import pytest

from sabaq.adapters.janus.memory import MemoryEngine
from sabaq.classroom.services.booths import enter_booth, go_on_air
from sabaq.classroom.services.floor import grant_floor, set_floor_language, take_floor
from sabaq.classroom.services.hands import raise_hand
from sabaq.classroom.services.running import begin_class, end_class
from sabaq.kernel import clock
from sabaq.people.actors import acting
from sabaq.people.enums import Role
from sabaq.web.live import voice_hall
from sabaq.web.live.hub import Hub
from sabaq.web.live.tickets import read_ticket
from sabaq.web.live.voice import VoiceApp
from tests.classroom.test_live import in_a_thread, true
from tests.classroom.test_live import ticket_to as ticket
from tests.classroom.test_live_doors import ticket_of
from tests.factories import (
    AccountFactory,
    AppointmentFactory,
    EditionFactory,
    EnrolmentFactory,
    SessionFactory,
)
from tests.loops import run_apart

pytestmark = pytest.mark.django_db(transaction=True)
BY = acting("Somebody")
SDP = "v=0\r\nm=audio 9 UDP/TLS/RTP/SAVPF 111\r\n"
VIDEO = "v=0\r\nm=audio 9 X 111\r\nm=video 9 X 96\r\n"


class Line:
    """A browser's end of a voice line. `told` is what it was told; `code` says how the line ended."""

    def __init__(self, app, session, first):
        self.told, self.code = [], None
        self.coming = asyncio.Queue()
        self.coming.put_nowait({"type": "websocket.connect"})
        if first is not None:
            self.say(first if isinstance(first, dict) else {"ticket": first})
        scope = {"type": "websocket", "path": f"/live/{session.uuid}/voice"}
        self.task = asyncio.create_task(app(scope, self.coming.get, self._take))

    def say(self, message):
        text = message if isinstance(message, str) else json.dumps(message)
        self.coming.put_nowait({"type": "websocket.receive", "text": text})

    async def leave(self):
        self.coming.put_nowait({"type": "websocket.disconnect"})
        await asyncio.wait_for(self.task, 5)

    async def until(self, key, value=None):
        """Wait until the last word about `key` is `value` (or there is one); give it."""
        await true(
            lambda: self.last(key) is not None and (value is None or self.last(key) == value)
        )
        return self.last(key)

    def last(self, key):
        return next((told[key] for told in reversed(self.told) if key in told), None)

    async def ended(self):
        await asyncio.wait_for(self.task, 8)
        return self.code

    async def _take(self, message):
        if message["type"] == "websocket.send":
            self.told.append(json.loads(message["text"]))
        elif message["type"] == "websocket.close":
            self.code = message["code"]


def voices(scenario):
    """Run `scenario(app, engine)` on a loop of its own thread."""

    async def run():
        hub, engine = Hub(), MemoryEngine()
        hub.start()
        app = VoiceApp(hub, engine)
        await app.start()
        try:
            return await scenario(app, engine)
        finally:
            await app.stop()
            hub.stop()

    return run_apart(run())


async def do(job):
    return await asyncio.to_thread(in_a_thread, job)


@pytest.fixture(autouse=True)
def _quick_looks(monkeypatch):
    monkeypatch.setattr(voice_hall, "LOOK_EVERY", 0.1)


@pytest.fixture
def session():
    session = SessionFactory(edition=EditionFactory(languages=["en", "ru"]))
    begin_class(session, None, by=BY, at=clock.now())
    return session


def staff(session, role):
    account = AccountFactory()
    AppointmentFactory(edition=session.edition, account=account, role=role)
    return ticket_of(session, account_id=account.pk, is_staff=role != Role.INTERPRETER)


def on_air(session, ticket_of_hers):
    """Put an interpreter on air, into the edition's second language; give her actor."""
    by = acting("Interpreter", account_id=read_ticket(ticket_of_hers, at=clock.now()).account_id)
    enter_booth(session, "en", "ru", by=by, at=clock.now())
    go_on_air(session, seen=None, by=by, at=clock.now())
    return by


@pytest.fixture
def trainer(session):
    return staff(session, Role.TRAINER)


@pytest.fixture
def interpreter(session):
    return staff(session, Role.INTERPRETER)


@pytest.fixture
def she(session):
    return EnrolmentFactory(edition=session.edition)


def test_no_line_without_a_good_ticket_of_this_class(session):
    other = SessionFactory()
    old = ticket(session, at=clock.now() - timedelta(minutes=11))

    async def scenario(app, engine):
        lines = [
            Line(app, session, first)
            for first in (ticket(other), "forged", {"hear": "en"}, {"ticket": 7}, old)
        ]
        return [await line.ended() for line in lines], engine.rooms

    assert voices(scenario) == ([4403, 4403, 4403, 4403, 4401], {})


@pytest.mark.parametrize(
    "said",
    [
        "no json",
        "[]",
        '{"janus":"create"}',
        {"hear": "kk"},
        {"hear": "../floor"},
        {"hear": "en", "room": "other"},
        {"speak": "floor", "offer": VIDEO},
        {"speak": "floor|account:1", "offer": SDP},
        {"answer": SDP},
        {"answer": "v=0"},
        {"ice": {"candidate": 7}, "of": "mouth"},
        {"ice": {"candidate": "c", "more": "x"}, "of": "mouth"},
        {"ice": None, "of": "booth"},
        {"hear": "en", "partner": 1},
        {"fine": VIDEO},
        {"hush": False},
        '{"hear":"' + "e" * 40_000 + '"}',
    ],
)
def test_whatever_is_no_wish_ends_the_line(session, trainer, said):
    async def scenario(app, engine):
        line = Line(app, session, trainer)
        await line.until("channels")
        line.say(said)
        return await line.ended(), engine.rooms[session.uuid].feeds

    assert voices(scenario) == (4400, frozenset())


def test_a_listener_hears_the_floor_or_the_booth_of_her_language(
    session, trainer, interpreter, she
):
    async def scenario(app, engine):
        listener = Line(app, session, ticket(session, enrolment_id=she.pk))
        listener.say({"hear": "ru"})
        await listener.until("hears", "")
        heard = []
        speaker, booth = Line(app, session, trainer), Line(app, session, interpreter)
        speaker.say({"speak": "floor", "offer": SDP})
        await listener.until("channels", ["floor"])
        heard.append(listener.last("hears"))
        await do(lambda: on_air(session, interpreter))
        booth.say({"speak": "booth", "offer": SDP})
        heard.append(await listener.until("hears", "ru"))
        await listener.until("offer")
        listener.say({"answer": SDP})
        await do(lambda: set_floor_language(session, "ru", by=BY, at=clock.now()))
        heard.append(await listener.until("hears", "floor"))
        hers = engine.rooms[session.uuid].listeners[0]
        channels = {feed.place for feed in hers.heard}
        await true(lambda: hers.answers == [SDP])
        await listener.leave()
        return heard, channels, hers.is_closed

    assert voices(scenario) == (["", "ru", "floor"], {"floor"}, True)


def test_nobody_speaks_where_she_may_not(session, trainer, interpreter, she):
    async def scenario(app, engine):
        asked = [
            (ticket(session, enrolment_id=she.pk), "floor"),
            (ticket(session, enrolment_id=she.pk), "booth"),
            (interpreter, "ru"),
            (ticket(session), "floor"),
            (interpreter, "floor"),
            (trainer, "booth"),
        ]
        answers = []
        for first, channel in asked:
            line = Line(app, session, first)
            line.say({"speak": channel, "offer": SDP})
            answers.append(await line.until("hushed"))
            await line.leave()
        return answers, engine.rooms[session.uuid].feeds

    assert voices(scenario) == (["forbidden"] * 6, frozenset())


def test_the_floor_ends_the_moment_it_is_taken_and_no_old_ticket_brings_it_back(
    session, she, monkeypatch
):
    monkeypatch.setattr(voice_hall, "LOOK_EVERY", 60)  # the log alone says so
    hand = raise_hand(session, enrolment_id=she.pk, by=BY, at=clock.now())
    grant = grant_floor(hand, by=BY, at=clock.now())

    async def scenario(app, engine):
        first = ticket(session, enrolment_id=she.pk)
        line = Line(app, session, first)
        line.say({"speak": "floor", "offer": SDP})
        await line.until("answer")
        spoken = {feed.speaker for feed in engine.rooms[session.uuid].feeds}
        await do(lambda: take_floor(grant, by=BY, at=clock.now()))
        why = await line.until("hushed")
        again = Line(app, session, first)
        again.say({"speak": "floor", "offer": SDP})
        return spoken, why, await again.until("hushed"), engine.rooms[session.uuid].feeds

    assert voices(scenario) == ({f"enrolment:{she.pk}"}, "taken", "forbidden", frozenset())


def test_one_person_speaks_from_one_page(session, trainer):
    async def scenario(app, engine):
        first, second = Line(app, session, trainer), Line(app, session, trainer)
        first.say({"speak": "floor", "offer": SDP})
        await first.until("answer")
        second.say({"speak": "floor", "offer": SDP})
        await second.until("answer")
        return first.last("hushed"), len(engine.rooms[session.uuid].feeds)

    assert voices(scenario) == ("elsewhere", 1)


def test_nobody_hears_herself(session, trainer):
    async def scenario(app, engine):
        line = Line(app, session, trainer)
        line.say({"hear": "floor"})
        line.say({"speak": "floor", "offer": SDP})
        await line.until("speaks", "floor")
        return line.last("hears"), engine.rooms[session.uuid].listeners

    assert voices(scenario) == ("", [])


def test_an_engine_that_goes_sends_all_away_to_come_again(session, trainer):
    async def scenario(app, engine):
        line = Line(app, session, trainer)
        await line.until("channels")
        engine.die()
        code = await line.ended()
        back = Line(app, session, trainer)
        back.say({"speak": "floor", "offer": SDP})
        await back.until("answer")
        return code, len(engine.rooms[session.uuid].feeds)

    assert voices(scenario) == (4503, 1)


def test_without_an_engine_a_line_is_told_to_come_again(session, trainer):
    async def scenario(app, engine):
        engine.is_alive = False
        return await Line(app, session, trainer).ended()

    assert voices(scenario) == 4503


def test_the_end_of_the_class_ends_its_voice(session, trainer):
    async def scenario(app, engine):
        line = Line(app, session, trainer)
        line.say({"speak": "floor", "offer": SDP})
        await line.until("answer")
        await do(lambda: end_class(session, by=BY, at=clock.now()))
        codes = [await line.ended(), await Line(app, session, trainer).ended()]
        return codes, engine.rooms, app.halls

    assert voices(scenario) == ([4410, 4410], {}, {})


def test_whoever_loses_her_role_is_sent_away(session, trainer, monkeypatch):
    from sabaq.courses.models import Appointment
    from sabaq.web.live import hub

    monkeypatch.setattr(hub, "CHECK_RIGHTS_EVERY", 0.1)

    async def scenario(app, engine):
        line = Line(app, session, trainer)
        line.say({"speak": "floor", "offer": SDP})
        await line.until("answer")
        await do(lambda: Appointment.objects.all().delete())
        code = await line.ended()
        await true(lambda: not engine.rooms[session.uuid].feeds)
        return code

    assert voices(scenario) == 4401


def test_sixty_four_listeners_hold_no_thread_and_no_connection(session):
    import threading

    async def scenario(app, engine):
        before = threading.active_count()
        lines = [Line(app, session, ticket(session)) for _ in range(64)]
        for line in lines:
            line.say({"hear": "en"})
        for line in lines:
            await line.until("hears", "")
        more = threading.active_count() - before
        for line in lines:
            await line.leave()
        return more, app.halls, app.hub.following

    assert voices(scenario) == (0, {}, 0)


def test_a_line_that_says_nothing_is_closed(session, monkeypatch):
    from sabaq.web.live import voice

    monkeypatch.setattr(voice, "TICKET_WITHIN", 0.1)

    async def scenario(app, engine):
        with contextlib.suppress(TimeoutError):
            return await Line(app, session, None).ended()

    assert voices(scenario) == 4403
