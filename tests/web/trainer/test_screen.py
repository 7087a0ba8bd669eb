"""The projected screen: slides, polls and announcements alone."""

import re

import pytest
from django.urls import reverse

from sabaq.classroom.queries.polls import poll_of
from sabaq.classroom.services.hands import raise_hand
from sabaq.classroom.services.polls import open_poll
from sabaq.classroom.services.presence import note_presence
from sabaq.classroom.services.running import begin_class, end_class
from sabaq.kernel import clock
from sabaq.people.actors import acting
from sabaq.people.enums import Role
from sabaq.web.classroom.stage import deck_of
from sabaq.web.live.tickets import read_ticket
from tests.factories import NOW, EditionFactory, EnrolmentFactory, SessionFactory
from tests.visitors import staff_browser

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("still_clock")]
TRAINER = acting("Trainer", account_id=7)


@pytest.fixture
def session(pack_version):
    return SessionFactory(edition=EditionFactory(version=pack_version))


@pytest.fixture
def trainer(session):
    return staff_browser(session.edition, Role.TRAINER)


def screen(client, session, query="", name="screen"):
    return client.get(reverse(f"trainer:{name}", args=[session.uuid]) + query).content.decode()


def begun(session):
    begin_class(session, deck_of(session), by=TRAINER, at=NOW)


def test_while_it_waits_the_screen_says_how_to_come_in(session, trainer):
    page = screen(trainer, session)

    assert "Open http://testserver/code/ and type the code from your letter." in page
    assert "data-slide" not in page


def test_the_screen_shows_the_slide_in_the_language_chosen_or_in_two(session, trainer):
    begun(session)

    alone, both = (
        screen(trainer, session, "?language=ru"),
        screen(trainer, session, "?language=ru&beside=en"),
    )

    assert re.findall(r'data-slide="title" lang="(\w+)"', alone) == ["ru"]
    assert re.findall(r'data-slide="title" lang="(\w+)"', both) == ["ru", "en"]
    assert '<html lang="ru"' in alone


def test_a_language_in_which_the_course_is_not_held_is_passed_over(session, trainer):
    begun(session)

    page = screen(trainer, session, "?language=xx&beside=<b>")

    assert re.findall(r'data-slide="title" lang="(\w+)"', page) == ["en"]


def test_a_slide_that_stands_in_for_another_language_stands_there_once(session, trainer):
    begun(session)

    page = screen(trainer, session, "?language=uz&beside=ru")

    assert re.findall(r'data-slide="title" lang="(\w+)"', page) == ["ru"]


def test_nobody_is_named_or_counted_on_the_screen(session, trainer):
    begun(session)
    enrolment = EnrolmentFactory(edition=session.edition)
    note_presence(session.pk, {enrolment.pk}, at=NOW)
    raise_hand(session, enrolment_id=enrolment.pk, by=TRAINER, at=NOW)
    open_poll(session, poll_of(session, "who-stays"), by=TRAINER, at=NOW)

    for name in ("screen", "screen_now"):
        page = screen(trainer, session, name=name)
        assert "data-poll=" in page
        assert enrolment.person.display_name not in page
        assert "data-present" not in page
        assert "data-hand" not in page


def test_what_is_for_staff_alone_never_reaches_the_projecting_browser(session, trainer):
    answer = trainer.get(reverse("trainer:screen_ticket", args=[session.uuid])).json()

    ticket = read_ticket(answer["ticket"], at=clock.now())

    assert (ticket.sees("all", None), ticket.sees("staff", None), ticket.sees("one", 1)) == (
        True,
        False,
        False,
    )


def test_the_screen_thanks_at_the_end(session, trainer):
    begun(session)
    end_class(session, by=TRAINER, at=NOW)

    assert "Thank you for taking part." in screen(trainer, session)


def test_the_screen_asks_the_database_a_fixed_number_of_times(
    session, trainer, django_assert_max_num_queries
):
    begun(session)
    with django_assert_max_num_queries(10):
        screen(trainer, session)
