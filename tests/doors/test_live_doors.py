"""Walks `/live/<session>/…`: every path x every role's tickets x her own session and another one."""

from contextlib import closing

import pytest
from django.urls import reverse

from sabaq.adapters.janus.memory import MemoryEngine
from sabaq.classroom.events.running import SlideShown
from sabaq.kernel import clock
from sabaq.web.live.app import LiveApp
from sabaq.web.live.hub import Hub
from sabaq.web.live.tickets import read_ticket
from sabaq.web.live.voice import WAY, VoiceApp
from tests.classroom.test_live import Follower, follow, true, write
from tests.classroom.test_voice import Line
from tests.doors.live_table import EVERYBODY, HERSELF, LIVE, STAFF, TICKETS
from tests.doors.table import ELSEWHERE, ROLES
from tests.doors.world import two_worlds
from tests.factories import NOW


def test_every_path_that_the_live_application_answers_has_a_line_in_the_table():
    hub = Hub()
    with closing(hub._alarm):
        assert sorted({*LiveApp(hub).ways, WAY}) == sorted(LIVE)


@pytest.fixture
def worlds(transactional_db, still_clock):
    """Give two worlds that other threads see too."""
    return two_worlds()


def tickets(worlds):
    """Give every ticket that anybody is given, by role, by the URL that gave it, and by whose session it is of."""
    given = {}
    for role in ROLES:
        client = worlds.client(role)
        for way in TICKETS:
            for whose, world in (("own", worlds), ("foreign", worlds.other)):
                answer = client.get(reverse(way, args=[world.session.uuid]))
                if answer.status_code == 200:
                    given[role, way, whose] = answer.json()["ticket"]
    return given


def expected_tickets():
    """Give what each is to hear; those elsewhere hear what is foreign here, the administrator both."""
    expected = {}
    for way, hears in TICKETS.items():
        for role, what in hears.items():
            expected[role, way, "own"] = what
        for role, base in ELSEWHERE.items():
            if base in hears:
                expected[role, way, "foreign"] = hears[base]
        if "administrator" in hears:
            expected["administrator", way, "foreign"] = hears["administrator"]
    return expected


def heard_by(text):
    ticket = read_ticket(text, at=NOW)
    if ticket.is_staff:
        return STAFF
    return EVERYBODY if ticket.enrolment_id is None else HERSELF


def test_each_role_is_given_the_tickets_of_the_table_and_no_other(worlds):
    given = {key: heard_by(text) for key, text in tickets(worlds).items()}

    assert given == expected_tickets()


def test_a_ticket_opens_every_path_of_its_own_session_and_none_of_another(worlds):
    given = tickets(worlds)
    sessions = {"own": worlds.session, "foreign": worlds.other.session}

    async def scenario(app):
        voice = VoiceApp(app.hub, MemoryEngine())
        await voice.start()
        found = {}
        with clock.frozen(NOW):
            # With news to tell, long polling answers at once.
            for session in sessions.values():
                await write(session, SlideShown("one", "h"))
            for (role, way, whose), ticket in given.items():
                for where, session in sessions.items():
                    for path in LIVE:
                        key = (role, way, path, whose == where)
                        found[key] = await answer(app, voice, session, ticket, path)
        await voice.stop()
        return found

    found = follow(scenario)

    assert len(found) >= len(given) * len(LIVE) > 0
    for (role, way, path, is_its_own), answered in found.items():
        opens, shut = LIVE[path]
        expected = opens if is_its_own else shut
        assert (role, way, path, is_its_own, answered) == (role, way, path, is_its_own, expected)


async def answer(app, voice, session, ticket, path):
    """Give the status with which this path answers, or how the voice line ended unless it is in."""
    if path == WAY:
        line = Line(voice, session, ticket)
        await true(lambda: line.told or line.task.done())
        is_in = bool(line.told)
        await line.leave()
        return "in" if is_in else line.code
    follower = Follower(app, session, ticket, what=path)
    await true(lambda: follower.status is not None)
    await follower.leave()
    return follower.status
