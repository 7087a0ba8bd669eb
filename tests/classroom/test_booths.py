"""Booths: who sits where, who is on air, and how she hands over. The server decides; exactly one gets it."""

import threading
from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from sabaq.classroom.errors.booths import (
    BoothNeedsTwoLanguages,
    HandoverNotYet,
    LanguageSpoken,
    NobodyAsks,
    NotInABooth,
    OnAirMeanwhile,
    StillOnAir,
)
from sabaq.classroom.errors.running import ClassHasEnded
from sabaq.classroom.models import BoothSeat, ClassEvent
from sabaq.classroom.queries.booths import on_air, usual_pair
from sabaq.classroom.rules.booths import SLOW_DOWN_SHOWN_FOR, TAKE_OVER_AFTER
from sabaq.classroom.rules.channels import BOOTH, FLOOR, heard_on
from sabaq.classroom.services.booths import (
    ask_handover,
    ask_no_longer,
    ask_to_slow_down,
    enter_booth,
    go_on_air,
    hand_over,
    leave_air,
    turn_round,
)
from sabaq.classroom.services.floor import set_floor_language
from sabaq.classroom.services.running import begin_class, end_class
from sabaq.people.actors import acting
from tests.factories import NOW, AccountFactory, EditionFactory, SessionFactory

TRAINER = acting("Trainer", account_id=7)


def begun():
    session = SessionFactory(edition=EditionFactory(languages=["en", "ru", "kk"]))
    begin_class(session, None, by=TRAINER, at=NOW)
    return session


@pytest.fixture
def live(db):
    return begun()


def later(seconds):
    return NOW + timedelta(seconds=seconds)


def interpreter(session, first="en", second="ru"):
    by = acting("Interpreter", account_id=AccountFactory().pk)
    enter_booth(session, first, second, by=by, at=NOW)
    return by


def turn_of(by):
    return BoothSeat.objects.get(account_id=by.account_id).turn


def heard(session):
    return {seat.into: seat.account_id for seat in on_air(session.pk)}


def kinds(session):
    events = ClassEvent.objects.filter(session=session).order_by("seq")
    return [event.kind for event in events if event.kind != "BoothEntered"][1:]


def test_a_booth_has_two_languages_of_the_edition_whatever_the_order(live):
    by = acting("She", account_id=AccountFactory().pk)
    first = enter_booth(live, "ru", "en", by=by, at=NOW)
    again = enter_booth(live, "en", "ru", by=by, at=NOW)

    assert (first.first, first.second, first.into, again) == ("en", "ru", "ru", first)
    for pair in (("en", "en"), ("en", "tg"), ("", "ru")):
        with pytest.raises(BoothNeedsTwoLanguages):
            enter_booth(live, *pair, by=by, at=NOW)
    events = ClassEvent.objects.filter(session=live).values_list("kind", "audience")
    assert list(events)[1:] == [("BoothEntered", "staff")]


def test_she_sits_down_where_she_sat_before_and_speaks_what_the_floor_does_not(live):
    by = acting("She", account_id=AccountFactory().pk)
    before = usual_pair(live, by.account_id)
    enter_booth(live, "kk", "ru", by=by, at=NOW)
    set_floor_language(live, "ru", by=TRAINER, at=NOW)

    assert (before, usual_pair(live, by.account_id)) == (("en", "ru"), ("kk", "ru"))
    other = interpreter(live)
    assert BoothSeat.objects.get(account_id=other.account_id).into == "en"


def test_whoever_comes_first_is_on_air_and_her_partner_waits(live):
    first, second = interpreter(live), interpreter(live)
    go_on_air(live, seen=None, by=first, at=later(1))
    go_on_air(live, seen=None, by=first, at=later(2))  # twice changes nothing

    with pytest.raises(OnAirMeanwhile):
        go_on_air(live, seen=None, by=second, at=later(2))
    with pytest.raises(HandoverNotYet):
        go_on_air(live, seen=turn_of(first), by=second, at=later(2))
    assert (heard(live), kinds(live)) == ({"ru": first.account_id}, ["InterpreterOnAir"])


def test_a_partner_asks_and_is_handed_the_turn(live):
    first, second = interpreter(live), interpreter(live)
    go_on_air(live, seen=None, by=first, at=later(1))
    turn_round(live, "en", by=first, at=later(2))
    with pytest.raises(NobodyAsks):
        hand_over(live, seen=turn_of(first), by=first, at=later(3))
    ask_handover(live, by=second, at=later(4))
    ask_handover(live, by=second, at=later(5))
    old = turn_of(first)
    hand_over(live, seen=old, by=first, at=later(6))
    with pytest.raises(OnAirMeanwhile):
        hand_over(live, seen=old, by=first, at=later(7))

    seat = BoothSeat.objects.get(account_id=second.account_id)
    assert (heard(live), seat.on_air_since, seat.asked_at) == (
        {"en": second.account_id},
        later(6),
        None,
    )
    assert kinds(live) == [
        "InterpreterOnAir",
        "BoothTurned",
        "HandoverAsked",
        "InterpreterOffAir",
        "InterpreterOnAir",
    ]


def test_a_partner_takes_over_after_the_countdown_and_not_before(live):
    first, second = interpreter(live), interpreter(live)
    go_on_air(live, seen=None, by=first, at=later(1))
    ask_handover(live, by=second, at=later(2))
    soon = later(2) + TAKE_OVER_AFTER
    with pytest.raises(HandoverNotYet):
        go_on_air(live, seen=turn_of(first), by=second, at=soon - timedelta(seconds=1))
    go_on_air(live, seen=turn_of(first), by=second, at=soon)

    assert heard(live) == {"ru": second.account_id}


def test_whoever_asks_to_be_relieved_is_taken_over_from_at_once(live):
    first, second = interpreter(live), interpreter(live)
    go_on_air(live, seen=None, by=first, at=later(1))
    ask_handover(live, by=first, at=later(2))
    go_on_air(live, seen=turn_of(first), by=second, at=later(3))

    assert heard(live) == {"ru": second.account_id}
    assert BoothSeat.objects.filter(asked_at__isnull=False).count() == 0


def test_who_asks_no_longer_may_not_take_over(live):
    first, second = interpreter(live), interpreter(live)
    go_on_air(live, seen=None, by=first, at=later(1))
    ask_handover(live, by=second, at=later(2))
    ask_no_longer(live, by=second, at=later(3))
    ask_no_longer(live, by=second, at=later(4))

    with pytest.raises(HandoverNotYet):
        go_on_air(live, seen=turn_of(first), by=second, at=later(60))
    assert kinds(live)[1:] == ["HandoverAsked", "HandoverTakenBack"]


def test_an_old_asking_takes_nothing_from_the_next_on_air(live):
    """Two ask; one gets it. The other has asked long ago, and yet waits anew."""
    first, second, third = (interpreter(live) for _ in range(3))
    go_on_air(live, seen=None, by=first, at=later(1))
    for asking in (second, third):
        ask_handover(live, by=asking, at=later(2))
    shown = turn_of(first)
    go_on_air(live, seen=shown, by=second, at=later(30))

    with pytest.raises(OnAirMeanwhile):
        go_on_air(live, seen=shown, by=third, at=later(30))
    with pytest.raises(HandoverNotYet):
        go_on_air(live, seen=turn_of(second), by=third, at=later(31))
    assert heard(live) == {"ru": second.account_id}


def test_two_booths_do_not_speak_the_same_language(live):
    first, other = interpreter(live), interpreter(live, "kk", "ru")
    go_on_air(live, seen=None, by=first, at=later(1))
    turn_round(live, "ru", by=other, at=later(1))
    with pytest.raises(LanguageSpoken):
        go_on_air(live, seen=None, by=other, at=later(2))
    turn_round(live, "kk", by=other, at=later(3))
    go_on_air(live, seen=None, by=other, at=later(4))
    with pytest.raises(LanguageSpoken):
        turn_round(live, "ru", by=other, at=later(5))
    with pytest.raises(BoothNeedsTwoLanguages):
        turn_round(live, "en", by=other, at=later(5))
    with pytest.raises(StillOnAir):
        enter_booth(live, "en", "ru", by=other, at=later(6))

    assert heard(live) == {"ru": first.account_id, "kk": other.account_id}


def test_a_turn_ends_with_its_microphone_and_the_partner_goes_on_at_once(live):
    first, second = interpreter(live), interpreter(live)
    go_on_air(live, seen=None, by=first, at=later(1))
    leave_air(live, first.account_id, by=first, at=later(2))
    leave_air(live, first.account_id, by=first, at=later(3))
    go_on_air(live, seen=None, by=second, at=later(4))

    assert heard(live) == {"ru": second.account_id}
    assert kinds(live) == ["InterpreterOnAir", "InterpreterOffAir", "InterpreterOnAir"]


def test_the_end_of_the_class_ends_every_turn(live):
    first, second = interpreter(live), interpreter(live)
    go_on_air(live, seen=None, by=first, at=later(1))
    ask_handover(live, by=second, at=later(2))
    end_class(live, by=TRAINER, at=later(3))

    assert (heard(live), BoothSeat.objects.filter(asked_at__isnull=False).count()) == ({}, 0)
    with pytest.raises(ClassHasEnded):
        go_on_air(live, seen=None, by=second, at=later(4))


def test_nobody_does_anything_without_a_seat(live):
    by = acting("She", account_id=AccountFactory().pk)
    for act in (
        lambda: go_on_air(live, seen=None, by=by, at=NOW),
        lambda: hand_over(live, seen=None, by=by, at=NOW),
        lambda: ask_handover(live, by=by, at=NOW),
        lambda: turn_round(live, "en", by=by, at=NOW),
        lambda: ask_to_slow_down(live, by=by, at=NOW),
    ):
        with pytest.raises(NotInABooth):
            act()


def test_slower_is_asked_once_while_it_is_shown(live):
    by = interpreter(live)
    for at in (later(1), later(2), later(1) + SLOW_DOWN_SHOWN_FOR):
        ask_to_slow_down(live, by=by, at=at)

    assert kinds(live) == ["SlowDownAsked", "SlowDownAsked"]


def test_the_database_itself_holds_one_on_air_a_booth_and_a_language(live):
    first, second = interpreter(live), interpreter(live)
    other = interpreter(live, "kk", "ru")
    go_on_air(live, seen=None, by=first, at=later(1))
    turn = {"turn": turn_of(first), "on_air_since": NOW}

    for by, fields in ((second, {"into": "en", **turn}), (other, {"into": "ru", **turn})):
        with pytest.raises(IntegrityError), transaction.atomic():
            BoothSeat.objects.filter(account_id=by.account_id).update(**fields)
    with pytest.raises(IntegrityError), transaction.atomic():
        BoothSeat.objects.filter(account_id=second.account_id).update(into="kk")


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("relief", [False, True])
def test_of_two_who_take_at_once_exactly_one_gets_it(relief):
    session = begun()
    partners = [interpreter(session) for _ in range(4)]
    seen = None
    if relief:
        first = partners.pop()
        go_on_air(session, seen=None, by=first, at=later(1))
        ask_handover(session, by=first, at=later(2))
        seen = turn_of(first)
    together, outcomes = threading.Barrier(len(partners)), []

    def take(by):
        together.wait()
        try:
            go_on_air(session, seen=seen, by=by, at=later(3))
            outcomes.append(by.account_id)
        except OnAirMeanwhile:
            outcomes.append(None)
        finally:
            connection.close()

    threads = [threading.Thread(target=take, args=[by]) for by in partners]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    got = [one for one in outcomes if one]
    assert (len(got), len(outcomes)) == (1, len(partners))
    assert heard(session) == {"ru": got[0]}


@pytest.mark.parametrize(
    ("place", "speaker", "channel"),
    [(FLOOR, "a", FLOOR), (BOOTH, "a", "ru"), (BOOTH, "b", ""), (FLOOR, "b", FLOOR)],
)
def test_a_microphone_in_a_booth_is_heard_only_on_air(place, speaker, channel):
    assert heard_on(place, speaker, {"a": "ru"}) == channel
