"""The trainer's console: an act names what it saw, and totals show as they come."""

import re

import pytest
from django.urls import reverse

from sabaq.classroom.models import ClassEvent, LiveClass
from sabaq.classroom.services.presence import note_presence
from sabaq.classroom.services.running import begin_class
from sabaq.courses.enums import SessionKind
from sabaq.courses.models import Session
from sabaq.people.actors import acting
from sabaq.people.enums import Role
from sabaq.web.classroom.stage import deck_of
from tests.factories import NOW, EditionFactory, EnrolmentFactory, PersonFactory, SessionFactory
from tests.visitors import staff_browser

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("still_clock")]
TRAINER = acting("Trainer", account_id=7)


@pytest.fixture
def session(pack_version):
    return SessionFactory(edition=EditionFactory(version=pack_version))


@pytest.fixture
def trainer(session):
    return staff_browser(session.edition, Role.TRAINER)


def press(client, session, what, *args, quick=False, **fields):
    headers = {"X-Requested-With": "fetch"} if quick else {}
    path = reverse(f"trainer:{what}", args=[session.uuid, *args])
    return client.post(path, fields, headers=headers)


def console(client, session):
    return client.get(reverse("trainer:console", args=[session.uuid])).content.decode()


def test_a_class_is_led_by_forms_alone(trainer, session):
    press(trainer, session, "begin")
    press(trainer, session, "show_slide", slide="first-minutes", expected="title")
    press(trainer, session, "open_poll", "who-stays")
    press(trainer, session, "close_poll", "who-stays")
    press(trainer, session, "show_results", "who-stays")
    press(trainer, session, "end")

    kinds = (
        ClassEvent.objects.filter(session=session).order_by("seq").values_list("kind", flat=True)
    )
    assert list(kinds) == [
        "ClassBegan",
        "SlideShown",
        "PollOpened",
        "PollClosed",
        "ResultsShown",
        "ClassEnded",
    ]


def test_two_trainers_drive_and_a_stale_press_is_told_where_the_class_is(trainer, session):
    second = staff_browser(session.edition, Role.HOST)
    press(trainer, session, "begin")
    press(trainer, session, "show_slide", slide="first-minutes", expected="title")

    stale = press(second, session, "show_slide", slide="standards", expected="title", quick=True)
    by_form = press(second, session, "show_slide", slide="standards", expected="title")

    assert (stale.status_code, stale.content.decode().split(".")[0]) == (
        409,
        "Somebody else has just changed the slide",
    )
    assert by_form.status_code == 302
    assert "Somebody else has just changed the slide." in console(second, session)
    assert LiveClass.objects.get().slide == "first-minutes"


def test_the_trainer_may_go_to_any_slide_of_the_running_order(trainer, session):
    press(trainer, session, "begin")
    last = deck_of(session).slides[-1].id

    press(trainer, session, "show_slide", slide=last, expected="title")

    assert f'data-slide="{last}"' in console(trainer, session)
    assert (
        press(
            trainer, session, "show_slide", slide="nowhere", expected=last, quick=True
        ).status_code
        == 404
    )


def test_the_console_shows_how_many_are_here_before_the_class_begins(trainer, session):
    for language in ("ru", "ru", "uz"):
        person = PersonFactory(language=language)
        enrolment = EnrolmentFactory(edition=session.edition, person=person)
        note_presence(session.pk, {enrolment.pk}, at=NOW)

    page = re.sub(r"\s+", " ", console(trainer, session))

    assert re.search(r'data-present="3">3 participants</b>: Русский 2, .+? 1', page)


def test_the_list_begins_with_the_session_to_enter_now(trainer, session):
    SessionFactory(edition=session.edition, kind=SessionKind.BREAK)
    interpreter = staff_browser(session.edition, Role.INTERPRETER)

    led, interpreted = (
        re.search(r'class="btn" href="([^"]+)"', client.get("/teach/").content.decode())[1]
        for client in (trainer, interpreter)
    )

    assert led == reverse("trainer:console", args=[session.uuid])
    assert interpreted == reverse("classroom:room", args=[session.uuid])


def test_the_console_asks_the_database_a_fixed_number_of_times(
    trainer, session, django_assert_max_num_queries
):
    begin_class(session, deck_of(session), by=TRAINER, at=NOW)
    for _ in range(5):
        enrolment = EnrolmentFactory(edition=session.edition)
        note_presence(session.pk, {enrolment.pk}, at=NOW)

    with django_assert_max_num_queries(16):
        console(trainer, session)


def test_the_notes_of_a_practice_session_lead_to_its_group_exercise(session, trainer):
    version = session.edition.version
    address = reverse("office:pack_exercise", args=[version.uuid, session.topic])
    begin_class(session, deck_of(session), by=TRAINER, at=NOW)

    assert address not in trainer.get(f"/teach/{session.uuid}/").content.decode()

    Session.objects.update(kind=SessionKind.PRACTICE)
    assert f'href="{address}"' in trainer.get(f"/teach/{session.uuid}/").content.decode()
    assert trainer.get(address).status_code == 200
