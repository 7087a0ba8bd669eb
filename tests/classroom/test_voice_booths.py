"""Booths on voice lines: who is heard at a handover, fine feeds for interpreters, and who has gone."""

import pytest

from sabaq.classroom.models import BoothSeat
from sabaq.classroom.services.booths import ask_handover, enter_booth, hand_over, turn_round
from sabaq.kernel import clock
from sabaq.people.actors import acting
from sabaq.people.enums import Role
from sabaq.web.live import voice_booths, voice_hall
from sabaq.web.live.tickets import read_ticket
from tests.classroom.test_live import ticket_to as ticket
from tests.classroom.test_live import true
from tests.classroom.test_voice import SDP, Line, do, on_air, staff, voices
from tests.classroom.test_voice import session as session
from tests.factories import EnrolmentFactory

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _quick_looks(monkeypatch):
    monkeypatch.setattr(voice_hall, "LOOK_EVERY", 0.1)


def key_of(first):
    return f"account:{read_ticket(first, at=clock.now()).account_id}"


def in_booth(app, session, first):
    """Give an interpreter's line with her microphone on, and her actor."""
    line = Line(app, session, first)
    line.say({"speak": "booth", "offer": SDP})
    return line


def partner_of(session, first):
    by = acting("Partner", account_id=read_ticket(first, at=clock.now()).account_id)
    enter_booth(session, "en", "ru", by=by, at=clock.now())
    return by


def test_a_handover_moves_listeners_from_one_open_microphone_to_the_other(session):
    tickets = [staff(session, Role.INTERPRETER) for _ in range(2)]
    first, second = on_air(session, tickets[0]), partner_of(session, tickets[1])
    listening = ticket(session, enrolment_id=EnrolmentFactory(edition=session.edition).pk)

    async def scenario(app, engine):
        lines = [in_booth(app, session, one) for one in tickets]
        for line in lines:
            await line.until("speaks", "booth")
        listener = Line(app, session, listening)
        listener.say({"hear": "ru"})
        await listener.until("hears", "ru")
        hers = engine.rooms[session.uuid].listeners[0]
        heard = [sorted(feed.speaker for feed in hers.heard)]
        await do(lambda: ask_handover(session, by=second, at=clock.now()))
        turn = await do_give(lambda: BoothSeat.objects.get(turn__isnull=False).turn)
        await do(lambda: hand_over(session, seen=turn, by=first, at=clock.now()))
        await true(lambda: {feed.speaker for feed in hers.heard} == {key_of(tickets[1])})
        heard.append(sorted(feed.speaker for feed in hers.heard))
        # Nobody spoke on no channel in between: both microphones stood there all along.
        return heard, len(engine.rooms[session.uuid].feeds), listener.last("channels")

    heard, microphones, channels = voices(scenario)
    assert heard == [[key_of(tickets[0])], [key_of(tickets[1])]]
    assert (microphones, channels) == (2, ["ru"])


async def do_give(job):
    given = []
    await do(lambda: given.append(job()))
    return given[0]


def test_turning_round_moves_the_listeners_and_not_the_microphone(session):
    interpreter = staff(session, Role.INTERPRETER)
    by = on_air(session, interpreter)
    listening = ticket(session, enrolment_id=EnrolmentFactory(edition=session.edition).pk)

    async def scenario(app, engine):
        booth, listener = in_booth(app, session, interpreter), Line(app, session, listening)
        listener.say({"hear": "ru"})
        await listener.until("hears", "ru")
        before = engine.rooms[session.uuid].feeds
        await do(lambda: turn_round(session, "en", by=by, at=clock.now()))
        await listener.until("hears", "")
        await booth.until("channels", ["en"])
        return before == engine.rooms[session.uuid].feeds

    assert voices(scenario) is True


def test_interpreters_alone_hear_the_fine_feed_and_it_is_there_only_for_them(session):
    trainer, interpreter = staff(session, Role.TRAINER), staff(session, Role.INTERPRETER)
    listening = ticket(session, enrolment_id=EnrolmentFactory(edition=session.edition).pk)

    async def scenario(app, engine):
        speaker, listener = Line(app, session, trainer), Line(app, session, listening)
        speaker.say({"fine": SDP})  # nobody asked for it
        speaker.say({"speak": "floor", "offer": SDP})
        listener.say({"hear": "floor"})
        await listener.until("hears", "floor")
        room = engine.rooms[session.uuid]
        asked = [speaker.last("fine"), len(room.feeds)]
        booth = Line(app, session, interpreter)
        booth.say({"hear": "floor"})
        await speaker.until("fine", True)  # noqa: FBT003 - what was told
        speaker.say({"fine": SDP})
        await speaker.until("fineAnswer")
        await true(lambda: any(feed.is_fine for feed in room.listeners[1].heard))
        heard = [[feed.is_fine for feed in one.heard] for one in room.listeners]
        await booth.leave()
        await speaker.until("fine", False)  # noqa: FBT003 - what was told
        await true(lambda: len(room.feeds) == 1)
        return asked, heard, [feed.is_fine for feed in room.feeds]

    assert voices(scenario) == ([None, 1], [[False], [True]], [False])


def test_relay_is_another_booths_voice_in_fine_quality_or_is_said_to_be_silent(session):
    pivot, relaying = staff(session, Role.INTERPRETER), staff(session, Role.INTERPRETER)

    async def scenario(app, engine):
        line = Line(app, session, relaying)
        line.say({"hear": "ru"})
        before = await line.until("hears", "")
        await do(lambda: on_air(session, pivot))
        booth = in_booth(app, session, pivot)
        await line.until("hears", "ru")
        await booth.until("fine", True)  # noqa: FBT003 - what was told
        counted = []
        await true(lambda: counted.append(booth.last("booth")["listeners"]) or counted[-1] == 1)
        booth.say({"hush": True})
        return before, await line.until("hears", "")

    assert voices(scenario) == ("", "")


def test_the_partner_is_heard_beside_the_floor_by_whoever_wishes(session):
    trainer = staff(session, Role.TRAINER)
    tickets = [staff(session, Role.INTERPRETER) for _ in range(2)]
    on_air(session, tickets[0])
    partner_of(session, tickets[1])

    async def scenario(app, engine):
        for one, place in ((trainer, "floor"), (tickets[0], "booth")):
            line = Line(app, session, one)
            line.say({"speak": place, "offer": SDP})
            await line.until("speaks", place)
        waiting = Line(app, session, tickets[1])
        waiting.say({"hear": "floor", "partner": True})
        await waiting.until("offer")
        hers = engine.rooms[session.uuid].listeners[-1]
        both = {(feed.place, feed.speaker) for feed in hers.heard}
        waiting.say({"hear": "floor", "partner": False})
        await true(lambda: len(hers.heard) == 1)
        return both, waiting.last("booth")["here"]

    both, here = voices(scenario)
    assert both == {("floor", key_of(trainer)), ("booth", key_of(tickets[0]))}
    first = BoothSeat.objects.get(turn__isnull=True, account_id=int(key_of(tickets[1])[8:]))
    assert here == [str(seat.uuid) for seat in BoothSeat.objects.exclude(pk=first.pk)]


def test_a_participant_hears_no_partner_and_nobody_off_air(session):
    interpreter = staff(session, Role.INTERPRETER)
    partner_of(session, interpreter)
    listening = ticket(session, enrolment_id=EnrolmentFactory(edition=session.edition).pk)

    async def scenario(app, engine):
        booth, listener = in_booth(app, session, interpreter), Line(app, session, listening)
        await booth.until("speaks", "booth")
        listener.say({"hear": "ru", "partner": True})
        await listener.until("hears", "")
        await do(lambda: None)
        return (
            engine.rooms[session.uuid].listeners,
            listener.last("booth"),
            listener.last("channels"),
        )

    assert voices(scenario) == ([], None, [])


def test_a_microphone_that_is_switched_off_ends_the_turn_and_the_partner_is_told(session):
    tickets = [staff(session, Role.INTERPRETER) for _ in range(2)]
    on_air(session, tickets[0])
    partner_of(session, tickets[1])

    async def scenario(app, engine):
        booth, waiting = in_booth(app, session, tickets[0]), Line(app, session, tickets[1])
        await booth.until("speaks", "booth")
        before = (await waiting.until("booth"))["seq"]
        booth.say({"hush": True})
        await true(lambda: waiting.last("booth")["seq"] > before)

    voices(scenario)
    assert BoothSeat.objects.filter(turn__isnull=False).count() == 0


def test_a_turn_outlives_a_broken_line_and_not_somebody_who_has_gone(session, monkeypatch):
    monkeypatch.setattr(voice_booths, "GONE_AFTER", 1.0)
    tickets = [staff(session, Role.INTERPRETER) for _ in range(2)]
    on_air(session, tickets[0])
    on_airs = []

    def count():
        on_airs.append(BoothSeat.objects.filter(turn__isnull=False).count())

    async def scenario(app, engine):
        waiting = Line(app, session, tickets[1])
        booth = in_booth(app, session, tickets[0])
        await booth.until("speaks", "booth")
        await booth.leave()
        booth = in_booth(app, session, tickets[0])
        await booth.until("speaks", "booth")
        await do(count)
        await booth.leave()
        await true(lambda: waiting.last("booth")["seq"] > 0)
        await do(count)

    voices(scenario)
    assert on_airs == [1, 0]


def test_an_engine_that_is_killed_leaves_who_is_on_air(session):
    interpreter = staff(session, Role.INTERPRETER)
    on_air(session, interpreter)
    listening = ticket(session, enrolment_id=EnrolmentFactory(edition=session.edition).pk)

    async def scenario(app, engine):
        booth = in_booth(app, session, interpreter)
        await booth.until("speaks", "booth")
        engine.die()
        code = await booth.ended()
        in_booth(app, session, interpreter)
        listener = Line(app, session, listening)
        listener.say({"hear": "ru"})
        return code, await listener.until("hears", "ru")

    assert voices(scenario) == (4503, "ru")
