from datetime import UTC, date, datetime, timedelta

import pytest

from sabaq.classroom.errors.running import ClassHasEnded, ClassNotLive, SlideMovedOn
from sabaq.classroom.models import ClassEvent, LiveClass, Presence
from sabaq.classroom.queries.attendance import attended_minutes
from sabaq.classroom.queries.here import present_ids
from sabaq.classroom.queries.running import live_session_ids
from sabaq.classroom.services.presence import note_presence
from sabaq.classroom.services.running import begin_class, end_class, show_slide
from sabaq.courses.enums import SessionKind
from sabaq.courses.packs import Deck, Option, Poll, Slide
from sabaq.people.actors import acting
from tests.factories import NOW, EnrolmentFactory, PresenceFactory, SessionFactory

pytestmark = pytest.mark.django_db
TRAINER = acting("Trainer", account_id=7)


def slide(key):
    return Slide(id=key, title={"en": key}, body={}, notes={}, interpreter={}, hash=f"hash-{key}")


DECK = Deck((slide("one"), slide("two"), slide("three")))
POLL = Poll(
    "who-stays",
    "single",
    {"en": "Who stays?"},
    (Option("a", {"en": "A"}), Option("b", {"en": "B"})),
)
OTHER = Poll("night", "single", {"en": "Night?"}, (Option("a", {"en": "A"}),))


@pytest.fixture
def session():
    return SessionFactory()


@pytest.fixture
def live(session):
    begin_class(session, DECK, by=TRAINER, at=NOW)
    return session


def log_of(session):
    rows = ClassEvent.objects.filter(session=session).order_by("seq")
    return [(row.seq, row.kind, row.audience) for row in rows]


def test_a_class_begins_once_on_its_first_slide(session):
    begin_class(session, DECK, by=TRAINER, at=NOW)
    begin_class(session, DECK, by=TRAINER, at=NOW)

    assert log_of(session) == [(1, "ClassBegan", "all")]
    assert LiveClass.objects.get(session=session).slide == "one"
    assert live_session_ids(session.edition) == {session.pk}


def test_two_presses_of_next_at_once_move_one_slide(live):
    show_slide(live, DECK, "two", expected="one", by=TRAINER, at=NOW)
    show_slide(live, DECK, "two", expected="one", by=TRAINER, at=NOW)

    assert log_of(live)[1:] == [(2, "SlideShown", "all")]


def test_a_press_on_a_stale_console_is_refused(live):
    show_slide(live, DECK, "two", expected="one", by=TRAINER, at=NOW)

    with pytest.raises(SlideMovedOn):
        show_slide(live, DECK, "three", expected="one", by=TRAINER, at=NOW)


def test_nothing_is_shown_before_the_class_begins_or_after_it_ends(session):
    with pytest.raises(ClassNotLive):
        show_slide(session, DECK, "two", expected="", by=TRAINER, at=NOW)
    begin_class(session, DECK, by=TRAINER, at=NOW)
    end_class(session, by=TRAINER, at=NOW)

    with pytest.raises(ClassHasEnded):
        show_slide(session, DECK, "two", expected="one", by=TRAINER, at=NOW)


def test_presence_is_carried_on_and_a_lost_network_shows_as_a_gap(live):
    someone = EnrolmentFactory(edition=live.edition).pk
    for second in (0, 10, 20, 200, 210):
        note_presence(live.pk, {someone}, at=NOW + timedelta(seconds=second))

    rows = Presence.objects.order_by("from_at").values_list("from_at", "until_at")
    assert [((b - a).seconds, (a - NOW).seconds) for a, b in rows] == [(20, 0), (10, 200)]


def test_who_waits_is_seen_and_only_the_time_of_the_class_counts(session):
    someone = EnrolmentFactory(edition=session.edition).pk

    def note_until(start, end):
        for second in range(start, end + 1, 30):
            note_presence(session.pk, {someone}, at=NOW + timedelta(seconds=second))

    note_until(0, 300)
    waiting = (
        len(present_ids(session, at=NOW + timedelta(seconds=300))),
        attended_minutes(session.edition),
    )
    begin_class(session, DECK, by=TRAINER, at=NOW + timedelta(seconds=300))
    note_until(330, 900)
    end_class(session, by=TRAINER, at=NOW + timedelta(seconds=840))
    note_until(930, 990)

    assert waiting == (1, {})
    assert attended_minutes(session.edition) == {someone: {NOW.date(): 9.0}}
    assert Presence.objects.get().until_at == NOW + timedelta(seconds=900)


def test_a_page_opened_days_before_is_not_noted():
    session = SessionFactory(starts_at=NOW + timedelta(days=2), ends_at=NOW + timedelta(days=3))

    note_presence(session.pk, {EnrolmentFactory(edition=session.edition).pk}, at=NOW)

    assert Presence.objects.count() == 0


def test_a_moment_noted_late_neither_doubles_nor_shortens_a_stretch(live):
    someone = EnrolmentFactory(edition=live.edition).pk
    for second in (0, 20, 40, 30):
        note_presence(live.pk, {someone}, at=NOW + timedelta(seconds=second))

    rows = Presence.objects.values_list("from_at", "until_at")
    assert list(rows) == [(NOW, NOW + timedelta(seconds=40))]


def test_a_night_class_counts_on_both_days_of_the_editions_zone():
    # Midnight in Tashkent is 19:00 UTC.
    before = datetime(2027, 2, 4, 18, 30, tzinfo=UTC)
    session = SessionFactory(starts_at=before, ends_at=before + timedelta(hours=1))
    row = PresenceFactory(session=session, from_at=before, until_at=before + timedelta(hours=1))

    assert attended_minutes(session.edition) == {
        row.enrolment_id: {date(2027, 2, 4): 30.0, date(2027, 2, 5): 30.0}
    }


def test_ending_a_class_that_has_not_begun_is_refused(session):
    with pytest.raises(ClassNotLive):
        end_class(session, by=TRAINER, at=NOW)


def test_who_was_seen_before_the_end_is_noted_though_written_down_after_it(live):
    someone = EnrolmentFactory(edition=live.edition).pk
    note_presence(live.pk, {someone}, at=NOW)
    end_class(live, by=TRAINER, at=NOW + timedelta(seconds=60))

    note_presence(live.pk, {someone}, at=NOW + timedelta(seconds=40))
    note_presence(live.pk, {someone}, at=NOW + timedelta(seconds=70))

    assert list(Presence.objects.values_list("from_at", "until_at")) == [
        (NOW, NOW + timedelta(seconds=40))
    ]


def test_two_devices_count_once_and_breaks_and_trial_runs_never(session):
    first = PresenceFactory(session=session)
    PresenceFactory(session=session, enrolment=first.enrolment, from_at=NOW + timedelta(minutes=20))
    for kind in (SessionKind.BREAK, SessionKind.TRIAL):
        PresenceFactory(
            session=SessionFactory(edition=session.edition, kind=kind),
            enrolment=first.enrolment,
            from_at=NOW + timedelta(hours=3),
        )

    assert attended_minutes(session.edition) == {first.enrolment_id: {NOW.date(): 50.0}}
