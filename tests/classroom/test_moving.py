from datetime import date, timedelta

import pytest

from sabaq.adapters.mail.postman import MemoryPostman
from sabaq.classroom.errors import moving as errors
from sabaq.classroom.errors.latecomers import NotTimeToAdmit
from sabaq.classroom.errors.running import BreakIsNoClass
from sabaq.classroom.models import ClassEvent
from sabaq.classroom.services.latecomers import admit_to_class
from sabaq.classroom.services.moving import Move, move_session
from sabaq.classroom.services.running import begin_class, end_class
from sabaq.courses.enums import SessionKind
from sabaq.courses.rules import is_move_told
from sabaq.enrolment.enums import EnrolmentState
from sabaq.enrolment.models import Letter
from sabaq.enrolment.ports import Postman
from sabaq.enrolment.rules import Officer
from sabaq.enrolment.services import issue_guest_link
from sabaq.kernel import ports
from sabaq.kernel.errors import NotAllowed
from sabaq.kernel.models import AuditRecord
from sabaq.people.actors import Actor, Grant
from sabaq.people.enums import Role
from tests.factories import (
    NOW,
    AgencyFactory,
    ContributorFactory,
    EditionFactory,
    EnrolmentFactory,
    SessionFactory,
)

pytestmark = pytest.mark.django_db
HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)


def acting_as(role, edition):
    return Actor("Somebody", grants=frozenset({Grant(role, edition_id=edition.pk)}))


@pytest.fixture
def edition():
    return EditionFactory(starts_on=date(2027, 2, 4), ends_on=date(2027, 2, 5))


@pytest.fixture
def host(edition):
    return acting_as(Role.HOST, edition)


@pytest.fixture
def posting():
    with ports.replaced(Postman, MemoryPostman()) as postman:
        yield postman


def session_at(edition, start, minutes=50, **more):
    return SessionFactory(
        edition=edition, starts_at=start, ends_at=start + minutes * MINUTE, **more
    )


def later(session, minutes, **more):
    by = minutes * MINUTE
    return Move(session.starts_at + by, session.ends_at + by, **more)


def test_moving_changes_the_time_and_remembers_what_people_have_read(edition, host):
    session = session_at(edition, NOW + HOUR)

    [moved] = move_session(session, later(session, 30, reason="The line is down"), by=host, at=NOW)

    assert (moved.starts_at, moved.moved_from) == (NOW + HOUR + 30 * MINUTE, NOW + HOUR)
    assert (moved.moved_at, moved.revision, moved.is_off_file) == (NOW, 1, True)
    line = AuditRecord.objects.get(verb="moved")
    assert (line.actor_label, line.reason) == ("Somebody", "The line is down")


def test_moved_twice_it_tells_from_the_first_time_and_moved_back_it_tells_nothing(edition, host):
    session = session_at(edition, NOW + HOUR)
    [once] = move_session(session, later(session, 30), by=host, at=NOW)

    [twice] = move_session(once, later(once, 15), by=host, at=NOW + MINUTE)
    [back] = move_session(twice, later(twice, -45), by=host, at=NOW + MINUTE)

    assert (twice.moved_from, twice.revision) == (NOW + HOUR, 2)
    assert (back.starts_at, back.moved_from, back.revision) == (NOW + HOUR, None, 3)


def test_moving_to_where_it_stands_changes_nothing(edition, host):
    session = session_at(edition, NOW + HOUR)

    assert move_session(session, later(session, 0), by=host, at=NOW) == []
    assert AuditRecord.objects.count() == 0


def test_whoever_waits_on_the_class_page_is_told(edition, host):
    session = session_at(edition, NOW + HOUR)

    move_session(session, later(session, 30), by=host, at=NOW)

    event = ClassEvent.objects.get()
    assert (event.kind, event.audience, event.payload) == (
        "SessionMoved",
        "all",
        {
            "starts_at": (NOW + HOUR + 30 * MINUTE).isoformat(),
            "ends_at": (NOW + 2 * HOUR + 20 * MINUTE).isoformat(),
        },
    )


def test_the_later_sessions_of_that_day_move_along_and_no_others(edition, host):
    first = session_at(edition, NOW + HOUR)
    second = session_at(edition, NOW + 2 * HOUR)
    tomorrow = session_at(edition, NOW + timedelta(days=1))

    moved = move_session(first, later(first, 20, with_later=True), by=host, at=NOW)

    assert moved == [first, second]
    assert [one.starts_at for one in moved] == [
        NOW + HOUR + 20 * MINUTE,
        NOW + 2 * HOUR + 20 * MINUTE,
    ]
    tomorrow.refresh_from_db()
    assert tomorrow.moved_at is None


def test_a_longer_session_pushes_the_later_ones(edition, host):
    first, second = session_at(edition, NOW + HOUR), session_at(edition, NOW + 2 * HOUR)
    longer = Move(first.starts_at, first.ends_at + 15 * MINUTE, with_later=True)

    moved = move_session(first, longer, by=host, at=NOW)

    assert [one.starts_at for one in moved] == [NOW + HOUR, NOW + 2 * HOUR + 15 * MINUTE]
    assert second.pk == moved[1].pk


def test_an_overlap_must_be_meant(edition, host):
    first, _second = session_at(edition, NOW + HOUR), session_at(edition, NOW + 2 * HOUR)

    with pytest.raises(errors.SessionsOverlap):
        move_session(first, later(first, 30), by=host, at=NOW)
    [moved] = move_session(first, later(first, 30, may_overlap=True), by=host, at=NOW)

    assert moved.starts_at == NOW + HOUR + 30 * MINUTE


def test_nothing_moves_beyond_the_days_of_the_course(edition, host):
    session = session_at(edition, NOW + HOUR)
    trial = session_at(edition, NOW + 3 * HOUR, kind=SessionKind.TRIAL)
    yesterday = NOW - timedelta(days=2)

    with pytest.raises(errors.OutsideTheEdition, match="4 February 2027 to 5 February 2027"):
        move_session(session, later(session, 48 * 60), by=host, at=NOW)
    with pytest.raises(errors.OutsideTheEdition):
        move_session(session, later(session, -24 * 60), by=host, at=yesterday)
    [moved] = move_session(trial, later(trial, -24 * 60), by=host, at=yesterday)

    assert moved.starts_at == NOW + 3 * HOUR - timedelta(days=1)


def test_a_session_is_not_moved_to_the_past_nor_made_endless(edition, host):
    session = session_at(edition, NOW + HOUR)

    with pytest.raises(errors.MovedToThePast):
        move_session(session, later(session, -61), by=host, at=NOW)
    with pytest.raises(errors.EndsBeforeItBegins):
        move_session(session, Move(NOW + HOUR, NOW + HOUR), by=host, at=NOW)


def test_a_class_that_is_live_or_over_cannot_be_moved_alone_or_along(edition, host):
    first, second = session_at(edition, NOW + HOUR), session_at(edition, NOW + 2 * HOUR)
    begin_class(second, None, by=host, at=NOW)

    with pytest.raises(errors.ClassIsNoPlan):
        move_session(first, later(first, 20, with_later=True), by=host, at=NOW)
    end_class(second, by=host, at=NOW)
    with pytest.raises(errors.ClassIsNoPlan):
        move_session(second, later(second, 20), by=host, at=NOW)

    first.refresh_from_db()
    assert first.moved_at is None


@pytest.mark.parametrize("role", [Role.TRAINER, Role.FOCAL_POINT, Role.EVALUATOR])
def test_others_do_not_move_sessions(edition, role):
    session = session_at(edition, NOW + HOUR)

    with pytest.raises(NotAllowed):
        move_session(session, later(session, 20), by=acting_as(role, edition), at=NOW)


@pytest.mark.parametrize(
    ("ahead", "minutes", "letters"), [(3 * HOUR, 30, 1), (3 * HOUR, 15, 0), (HOUR, 30, 0)]
)
def test_a_letter_goes_when_the_move_is_large_and_early(
    edition, host, posting, ahead, minutes, letters
):
    session = session_at(edition, NOW + ahead)
    EnrolmentFactory(edition=edition, person__email="gul@agency.example")
    EnrolmentFactory(edition=edition)
    EnrolmentFactory(
        edition=edition,
        person__email="gone@agency.example",
        state=EnrolmentState.WITHDRAWN,
    )

    move_session(session, later(session, minutes), by=host, at=NOW)

    assert Letter.objects.filter(kind="session-moved").count() == letters


def test_the_link_of_a_guest_goes_with_the_session(edition, host):
    session = session_at(edition, NOW + HOUR)
    link = issue_guest_link(ContributorFactory(edition=edition), session, by=host, at=NOW)

    move_session(session, later(session, 30), by=host, at=NOW)

    link.refresh_from_db()
    assert link.expires_at == NOW + HOUR + 80 * MINUTE + timedelta(days=1)


def test_a_move_is_told_until_the_session_begins_and_for_a_day():
    day = timedelta(days=1)

    def told(at, *, moved_at=NOW, starts_at=NOW + HOUR):
        return is_move_told(moved_at, starts_at, starts_at + HOUR, at=at)

    assert told(NOW)
    assert told(NOW + 3 * day, starts_at=NOW + 4 * day)
    assert told(NOW + HOUR)  # begins now, and was moved today
    assert not told(NOW + 4 * day, starts_at=NOW + 4 * day)
    assert not told(NOW + 2 * HOUR)  # over
    assert not told(NOW, moved_at=None)


def test_a_break_cannot_be_begun(edition, host):
    pause = session_at(edition, NOW, kind=SessionKind.BREAK)

    with pytest.raises(BreakIsNoClass):
        begin_class(pause, None, by=host, at=NOW)

    assert ClassEvent.objects.count() == 0


def test_latecomers_are_admitted_from_an_hour_before_a_class_until_it_ends(edition, host):
    session, agency = session_at(edition, NOW + HOUR), AgencyFactory()
    pause = session_at(edition, NOW, kind=SessionKind.BREAK)

    def admit(where, name, at):
        return admit_to_class(where, agency, Officer(name), by=host, at=at)

    with pytest.raises(NotTimeToAdmit):
        admit(pause, "Гүл Аа", NOW)
    with pytest.raises(NotTimeToAdmit):
        admit(session, "Гүл Аа", NOW - MINUTE)
    assert admit(session, "Гүл Аа", NOW).is_new
    begin_class(session, None, by=host, at=NOW + HOUR)
    # A class may last longer than planned.
    assert admit(session, "Гүл Бб", NOW + 3 * HOUR).is_new
    end_class(session, by=host, at=NOW + 3 * HOUR)
    with pytest.raises(NotTimeToAdmit):
        admit(session, "Гүл Вв", NOW + 3 * HOUR)
