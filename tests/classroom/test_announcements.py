"""Announcements: in one language or several, bettered without overwriting a colleague, gone when withdrawn."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from sabaq.classroom.errors.announcements import (
    AnnouncementChanged,
    AnnouncementIsEmpty,
    AnnouncementIsGone,
    AnnouncementTooLong,
    UnknownLanguage,
)
from sabaq.classroom.errors.running import ClassHasEnded
from sabaq.classroom.models import Announcement, ClassEvent
from sabaq.classroom.queries.announcements import (
    announcements_of,
    announcements_shown,
    standing_announcements,
)
from sabaq.classroom.queries.running import class_of
from sabaq.classroom.services.announcements import (
    announce,
    remove_announcement,
    translate_announcement,
    withdraw_announcement,
)
from sabaq.classroom.services.running import begin_class, end_class
from sabaq.kernel.i18n import values_of
from sabaq.people.actors import acting
from tests.factories import NOW, SessionFactory

pytestmark = pytest.mark.django_db
TRAINER = acting("Trainer", account_id=7)
HOST = acting("Host", account_id=8)


@pytest.fixture
def session():
    return SessionFactory()


@pytest.fixture
def pause(session):
    return announce(session, {"en": "Back at 11:30"}, by=HOST, at=NOW)


def log_of(session):
    rows = ClassEvent.objects.filter(session=session).order_by("seq")
    return [(row.kind, row.audience, row.payload) for row in rows]


def test_an_announcement_is_told_to_all_and_the_log_has_no_word_of_it(session, pause):
    assert log_of(session) == [("AnnouncementPosted", "all", {"announcement": str(pause.uuid)})]
    assert list(standing_announcements(session)) == [pause]
    assert values_of(Announcement.objects.get().text) == {"en": "Back at 11:30"}


def test_empty_languages_are_left_out_and_line_ends_are_alike(session):
    made = announce(session, {"en": " Back\r\nso\x00on ", "ru": "  "}, by=HOST, at=NOW)

    assert values_of(Announcement.objects.get(pk=made.pk).text) == {"en": "Back\nsoon"}


@pytest.mark.parametrize(
    ("texts", "error"),
    [
        ({"en": " "}, AnnouncementIsEmpty),
        ({"en": "\u200b\x00", "ru": "\u2060"}, AnnouncementIsEmpty),
        ({"en": "x" * 501}, AnnouncementTooLong),
        ({"xx": "hello"}, UnknownLanguage),
    ],
)
def test_what_cannot_be_announced_is_refused_and_nothing_is_written(session, texts, error):
    with pytest.raises(error):
        announce(session, texts, by=HOST, at=NOW)

    assert log_of(session) == []
    assert not Announcement.objects.exists()


def test_the_limit_is_said_with_its_number(session):
    with pytest.raises(AnnouncementTooLong, match="at most 500 letters"):
        announce(session, {"en": "x" * 501}, by=HOST, at=NOW)


def test_whoever_can_adds_a_language(session, pause):
    later = NOW + timedelta(minutes=1)

    translate_announcement(pause, "ru", "Вернёмся в 11:30", seen="", by=TRAINER, at=later)
    translate_announcement(pause, "ru", "Вернёмся в 11:30", seen="", by=TRAINER, at=later)

    pause.refresh_from_db()
    assert values_of(pause.text) == {"en": "Back at 11:30", "ru": "Вернёмся в 11:30"}
    assert (pause.posted_at, pause.changed_at) == (NOW, later)
    assert [kind for kind, _, _ in log_of(session)] == [
        "AnnouncementPosted",
        "AnnouncementTranslated",
    ]


def test_two_who_translate_at_once_do_not_overwrite_each_other(session, pause):
    translate_announcement(pause, "ru", "Перерыв до 11:30", seen="", by=TRAINER, at=NOW)

    with pytest.raises(AnnouncementChanged):
        translate_announcement(pause, "ru", "Вернёмся в 11:30", seen="", by=HOST, at=NOW)

    pause.refresh_from_db()
    assert values_of(pause.text)["ru"] == "Перерыв до 11:30"
    translate_announcement(pause, "ru", "До 11:30", seen="Перерыв до 11:30\r\n", by=HOST, at=NOW)
    pause.refresh_from_db()
    assert values_of(pause.text)["ru"] == "До 11:30"


def test_a_withdrawn_announcement_stands_no_more_and_cannot_be_translated(session, pause):
    withdraw_announcement(pause, by=TRAINER, at=NOW)
    withdraw_announcement(pause, by=HOST, at=NOW)

    assert list(standing_announcements(session)) == []
    assert list(announcements_of(session)) == [pause]
    assert [kind for kind, _, _ in log_of(session)] == [
        "AnnouncementPosted",
        "AnnouncementWithdrawn",
    ]
    with pytest.raises(AnnouncementIsGone):
        translate_announcement(pause, "ru", "Перерыв", seen="", by=HOST, at=NOW)


def test_nothing_is_announced_once_the_class_has_ended(session):
    begin_class(session, None, by=HOST, at=NOW)
    end_class(session, by=HOST, at=NOW)

    with pytest.raises(ClassHasEnded):
        announce(session, {"en": "Too late"}, by=HOST, at=NOW)


def test_a_removed_announcement_leaves_a_number_and_no_word(session, pause):
    later = NOW + timedelta(minutes=1)
    remove_announcement(pause, by=HOST, at=later)
    remove_announcement(pause, by=HOST, at=later)

    pause.refresh_from_db()
    assert (str(pause.text), pause.removed_at) == ("", later)
    assert announcements_shown(session, class_of(session)) == ()
    assert [kind for kind, _, _ in log_of(session)] == ["Removed", "TextRemoved"]
    with pytest.raises(AnnouncementIsGone):
        translate_announcement(pause, "ru", "Перерыв", seen="", by=TRAINER, at=later)


def test_the_database_keeps_no_text_of_a_removed_announcement(pause):
    with pytest.raises(IntegrityError), transaction.atomic():
        Announcement.objects.filter(pk=pause.pk).update(removed_at=NOW)

    assert Announcement.objects.filter(pk=pause.pk).update(removed_at=NOW, text="") == 1


def test_what_is_shown_is_asked_once_for_each_change_and_never_stale(session, pause):
    before = announcements_shown(session, class_of(session))
    translate_announcement(pause, "ru", "До 11:30", seen="", by=HOST, at=NOW)

    after = announcements_shown(session, class_of(session))
    withdraw_announcement(pause, by=HOST, at=NOW)

    assert [values_of(one.text) for one in before] == [{"en": "Back at 11:30"}]
    assert [values_of(one.text) for one in after] == [{"en": "Back at 11:30", "ru": "До 11:30"}]
    assert announcements_shown(session, class_of(session)) == ()


def test_a_crowd_that_reads_asks_the_database_nothing_more(
    session, pause, django_assert_num_queries
):
    live = class_of(session)
    announcements_shown(session, live)

    with django_assert_num_queries(0):
        assert announcements_shown(session, live) == (pause,)
