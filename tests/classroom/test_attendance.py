from datetime import timedelta

import pytest

from sabaq.classroom.enums import CorrectionKind, Recorded
from sabaq.classroom.errors.attendance import (
    NotCounted,
    NotInTheCourse,
    OutsideTheSession,
    ReasonMissing,
    SessionNotOver,
    UndoneAlready,
)
from sabaq.classroom.models import LiveClass, Presence, PresenceCorrection, RoomMark
from sabaq.classroom.queries.attendance import attendance_of, attended_minutes, attendees_visible_to
from sabaq.classroom.services.attendance import correct_presence, mark_room, undo_correction
from sabaq.classroom.services.presence import note_presence
from sabaq.classroom.services.running import begin_class, end_class
from sabaq.courses.enums import SessionKind
from sabaq.enrolment.access import actor_of_cookie, cookie_for
from sabaq.enrolment.enums import EnrolmentState
from sabaq.enrolment.errors import RoomNameTaken
from sabaq.enrolment.models import AccessLink
from sabaq.enrolment.services import close_room, make_room, reopen_room, withdraw_enrolment
from sabaq.kernel.audit import trail_of
from sabaq.people.actors import Actor, Grant, acting
from sabaq.people.enums import Role
from tests.factories import (
    NOW,
    AccountFactory,
    EditionFactory,
    EnrolmentFactory,
    PresenceFactory,
    RoomFactory,
    SessionFactory,
)

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(hours=5)


def at(minute):
    return NOW + timedelta(minutes=minute)


@pytest.fixture
def host():
    account = AccountFactory(name="Host of the day")
    return acting("Host of the day", account_id=account.pk)


@pytest.fixture
def session():
    """A class that was held from NOW for half an hour."""
    session = SessionFactory(starts_at=at(0), ends_at=at(30))
    LiveClass.objects.create(session=session, state="ended", started_at=at(0), ended_at=at(30))
    return session


@pytest.fixture
def someone(session):
    return EnrolmentFactory(edition=session.edition)


def minutes_of(enrolment, **options):
    return attended_minutes(enrolment.edition, **options).get(enrolment.pk, {}).get(NOW.date(), 0)


def add(someone, session, interval, host, **changes):
    said = {"reason": "Her line was down; the host saw her.", "by": host, "at": LATER, **changes}
    return correct_presence(someone, session, CorrectionKind.ADDED, interval, **said)


def test_a_correction_adds_minutes_and_leaves_what_was_measured(session, someone, host):
    PresenceFactory(session=session, enrolment=someone, from_at=at(0), until_at=at(10))

    add(someone, session, (at(5), at(25)), host)

    assert minutes_of(someone) == 25
    assert list(Presence.objects.values_list("from_at", "until_at")) == [(at(0), at(10))]
    stay = attendance_of(session.edition).stay(someone.pk, session.pk)
    assert stay.recorded == [Recorded.CONNECTION, Recorded.CORRECTED]


def test_a_whole_session_is_its_live_time(session, someone, host):
    add(someone, session, None, host)

    assert minutes_of(someone) == 30


def test_minutes_are_taken_away_and_the_trail_says_who_and_why(session, someone, host):
    PresenceFactory(session=session, enrolment=someone, from_at=at(0), until_at=at(30))

    correct_presence(
        someone,
        session,
        CorrectionKind.TAKEN,
        (at(10), at(30)),
        reason="  Left the hall; the tablet stayed. ",
        by=host,
        at=LATER,
    )

    assert minutes_of(someone) == 10
    line = trail_of(someone).last()
    assert (line.verb, line.actor_label, line.reason, line.at) == (
        "presence taken",
        "Host of the day",
        "Left the hall; the tablet stayed.",
        LATER,
    )


def test_a_correction_is_undone_once_by_another_and_both_remain(session, someone, host):
    PresenceFactory(session=session, enrolment=someone, from_at=at(0), until_at=at(10))
    made = add(someone, session, None, host)

    undo_correction(made, reason="Wrong officer.", by=host, at=LATER)

    assert minutes_of(someone) == 10
    assert PresenceCorrection.objects.count() == 2
    with pytest.raises(UndoneAlready):
        undo_correction(made, reason="Again.", by=host, at=LATER)


def test_a_correction_needs_a_reason_a_session_that_is_over_and_a_time_within_it(
    session, someone, host
):
    with pytest.raises(ReasonMissing):
        add(someone, session, None, host, reason="  ")
    with pytest.raises(SessionNotOver):
        add(someone, SessionFactory(edition=session.edition), None, host, at=NOW)
    with pytest.raises(OutsideTheSession, match="from 13:20 to 13:50"):
        add(someone, session, (at(20), at(31)), host)
    for kind in (SessionKind.BREAK, SessionKind.TRIAL):
        with pytest.raises(NotCounted):
            add(someone, SessionFactory(edition=session.edition, kind=kind), None, host)

    assert PresenceCorrection.objects.count() == 0


def test_nobody_is_corrected_in_a_session_of_another_edition(someone, host):
    with pytest.raises(NotCounted):
        add(someone, SessionFactory(), None, host)


def test_who_is_marked_in_a_room_counts_for_the_live_time_by_host(session, someone, host):
    room = RoomFactory(edition=session.edition)

    mark_room(session, room, [someone.pk], of=[someone.pk], by=host, at=at(40))

    assert minutes_of(someone) == 30
    stay = attendance_of(session.edition).stay(someone.pk, session.pk)
    assert stay.recorded == [Recorded.HOST]


def test_a_mark_and_a_connection_of_ones_own_count_once(session, someone, host):
    PresenceFactory(session=session, enrolment=someone, from_at=at(0), until_at=at(20))
    room = RoomFactory(edition=session.edition)

    mark_room(session, room, [someone.pk], of=[someone.pk], by=host, at=at(40))

    assert minutes_of(someone) == 30


def test_a_mark_in_a_class_going_on_invents_no_minute_ahead(someone, host):
    session = SessionFactory(edition=someone.edition, starts_at=at(0), ends_at=at(50))
    begin_class(session, None, by=host, at=at(0))
    room = RoomFactory(edition=session.edition)

    mark_room(session, room, [someone.pk], of=[someone.pk], by=host, at=at(1))

    assert minutes_of(someone, at=at(12)) == 12


def test_unticking_takes_the_mark_away_and_those_not_shown_stay(session, someone, host):
    room, colleague = (
        RoomFactory(edition=session.edition),
        EnrolmentFactory(edition=session.edition),
    )
    both = [someone.pk, colleague.pk]
    mark_room(session, room, both, of=both, by=host, at=at(1))

    changed = mark_room(session, room, [], of=[someone.pk], by=host, at=at(2))

    assert changed == (0, 1)
    assert list(RoomMark.objects.values_list("enrolment", flat=True)) == [colleague.pk]
    assert [line.verb for line in trail_of(someone)] == ["in the room", "not in the room"]


def test_who_moves_to_another_room_sits_in_that_one_alone(session, someone, host):
    first, second = RoomFactory.create_batch(2, edition=session.edition)
    for room in (first, second, second):
        mark_room(session, room, [someone.pk], of=[someone.pk], by=host, at=at(1))

    assert list(RoomMark.objects.values_list("room", "enrolment")) == [(second.pk, someone.pk)]


def test_a_latecomer_who_sits_in_a_room_is_marked_and_counts_once_she_is_confirmed(session, host):
    her = EnrolmentFactory(edition=session.edition, state=EnrolmentState.PROVISIONAL)
    room = RoomFactory(edition=session.edition)

    mark_room(session, room, [her.pk], of=[her.pk], by=host, at=at(1))

    assert list(RoomMark.objects.values_list("enrolment", flat=True)) == [her.pk]
    organiser = Actor(
        "Organiser", grants=frozenset({Grant(Role.ORGANISER, edition_id=session.edition_id)})
    )
    assert list(attendees_visible_to(organiser, session.edition)) == []


def test_nobody_from_elsewhere_is_marked(session, host):
    stranger, room = EnrolmentFactory(), RoomFactory(edition=session.edition)

    with pytest.raises(NotInTheCourse):
        mark_room(session, room, [stranger.pk], of=[stranger.pk], by=host, at=at(1))
    with pytest.raises(NotCounted):
        mark_room(session, RoomFactory(), [], of=[], by=host, at=at(1))


def test_a_server_killed_in_mid_class_leaves_no_invented_minutes(someone, host):
    session = SessionFactory(edition=someone.edition, starts_at=at(0), ends_at=at(60))
    begin_class(session, None, by=host, at=at(0))
    for second in range(0, 601, 10):
        note_presence(session.pk, {someone.pk}, at=at(0) + timedelta(seconds=second))
    # Killed here: nobody noted that she left. It is back after twenty minutes.
    for second in range(1800, 2401, 10):
        note_presence(session.pk, {someone.pk}, at=at(0) + timedelta(seconds=second))
    end_class(session, by=host, at=at(60))

    stay = attendance_of(session.edition).stay(someone.pk, session.pk)
    assert stay.connected == [(at(0), at(10)), (at(30), at(40))]
    assert stay.gaps == [(at(10), at(30))]
    assert minutes_of(someone) == 20


def test_a_class_that_nobody_ended_stops_counting(someone, host):
    session = SessionFactory(edition=someone.edition, starts_at=at(0), ends_at=at(60))
    begin_class(session, None, by=host, at=at(0))
    # A tablet forgotten on a desk until the evening.
    PresenceFactory(session=session, enrolment=someone, from_at=at(0), until_at=at(480))

    assert minutes_of(someone) == 90


def test_a_room_has_a_way_in_of_its_own_that_grants_nothing_else(host):
    edition = EditionFactory()

    room = make_room(edition, "Hall", "Second floor", None, by=host, at=NOW)

    link = AccessLink.objects.get(room=room)
    actor, access = actor_of_cookie(cookie_for(link, at=NOW), at=NOW)
    assert access.room == room
    assert (actor.is_participant, actor.is_staff, actor.room_id) == (False, False, room.pk)
    assert actor.key == f"room:{room.pk}"
    with pytest.raises(RoomNameTaken, match="“Hall”"):
        make_room(edition, "Hall", "", None, by=host, at=NOW)


def test_a_room_that_is_closed_opens_nothing_until_it_has_a_new_code(host):
    room = make_room(EditionFactory(), "Hall", "", None, by=host, at=NOW)
    old = AccessLink.objects.get(room=room)
    cookie = cookie_for(old, at=NOW)

    close_room(room, by=host, at=NOW)
    assert actor_of_cookie(cookie, at=NOW)[1] is None

    new = reopen_room(room, by=host, at=NOW)
    assert new.code_digest != old.code_digest
    assert [line.verb for line in trail_of(room)] == ["made", "closed", "opened anew"]


def test_marks_of_somebody_withdrawn_meanwhile_are_refused_as_a_whole(session, someone, host):
    room = RoomFactory(edition=session.edition)
    withdraw_enrolment(someone, by=None, at=NOW)
    other = EnrolmentFactory(edition=session.edition)
    both = [someone.pk, other.pk]

    with pytest.raises(NotInTheCourse):
        mark_room(session, room, both, of=both, by=host, at=NOW)

    assert RoomMark.objects.count() == 0
