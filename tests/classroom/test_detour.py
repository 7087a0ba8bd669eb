"""The detour of voice as a line tells it: to whoever is in, and anew before it lapses."""

import time

import pytest

from sabaq.adapters.coturn.detours import CoturnDetours
from sabaq.adapters.janus.memory import MemoryEngine
from sabaq.classroom.services.running import begin_class
from sabaq.kernel import clock
from sabaq.ops.turn import TurnServer
from sabaq.people.actors import acting
from sabaq.web.live import voice_hall, voice_line
from sabaq.web.live.hub import Hub
from sabaq.web.live.voice import REFUSED, VoiceApp
from tests.classroom.test_live import ticket_to, true
from tests.classroom.test_voice import Line
from tests.factories import EditionFactory, EnrolmentFactory, SessionFactory
from tests.loops import run_apart

pytestmark = pytest.mark.django_db(transaction=True)
SERVER = TurnServer("turnserver", 3478, "secret", "10.77.0.1", "course.example", "turn.example")


@pytest.fixture
def session():
    session = SessionFactory(edition=EditionFactory(languages=["en", "ru"]))
    begin_class(session, None, by=acting("Somebody"), at=clock.now())
    return session


def detours_told(session, first, *, until, detours):
    """Give what a line that begins with `first` is told of detours, and how it ended if it did."""

    async def run():
        hub = Hub()
        hub.start()
        app = VoiceApp(hub, MemoryEngine(), detours)
        try:
            line = Line(app, session, first)
            told = lambda: [one["detour"] for one in line.told if "detour" in one]  # noqa: E731
            await true(lambda: until(told(), line))
            if line.code is None:
                await line.leave()
            return told(), line.code
        finally:
            await app.stop()
            hub.stop()

    return run_apart(run())


def ticket_of(session):
    return ticket_to(session, enrolment_id=EnrolmentFactory(edition=session.edition).pk)


def test_whoever_is_in_is_told_a_detour_that_lapses_before_long(session):
    told, _ = detours_told(
        session,
        ticket_of(session),
        until=lambda told, _: told,
        detours=CoturnDetours(SERVER, time.time),
    )

    expiry, _, user = told[0]["username"].partition(":")
    assert told[0]["urls"] == list(SERVER.urls)
    assert int(expiry) - time.time() == pytest.approx(voice_line.DETOUR_FOR, abs=30)
    assert len(user) == 12
    assert told[0]["credential"]


def test_it_is_told_anew_before_it_lapses(session, monkeypatch):
    monkeypatch.setattr(voice_hall, "LOOK_EVERY", 0.05)
    monkeypatch.setattr(voice_line, "DETOUR_ANEW", 0.1)
    told, _ = detours_told(
        session,
        ticket_of(session),
        until=lambda told, _: len(told) > 2,
        detours=CoturnDetours(SERVER, time.time),
    )

    assert len({one["username"] for one in told}) == len(told)
    assert voice_line.DETOUR_FOR > 1


def test_whoever_is_not_let_in_is_told_none(session):
    refused = detours_told(
        session,
        "no ticket",
        until=lambda _, line: line.code is not None,
        detours=CoturnDetours(SERVER, time.time),
    )

    assert refused == ([], REFUSED)


def test_a_server_without_a_detour_tells_none(session):
    told, _ = detours_told(
        session,
        ticket_of(session),
        until=lambda _, line: line.last("channels") is not None,
        detours=None,
    )

    assert told == []
