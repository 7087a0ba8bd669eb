"""*Today*: where she stands, what is next, and how little it costs."""

from datetime import timedelta

import pytest

from sabaq.assessment.models import Attempt
from sabaq.classroom.enums import ClassState
from sabaq.classroom.models import LiveClass
from sabaq.courses.enums import SessionKind
from sabaq.enrolment.access import cookie_for
from sabaq.feedback.models import Commitment, SurveyMark
from sabaq.kernel import clock
from tests.factories import (
    NOW,
    AccessLinkFactory,
    CertificateFactory,
    EditionFactory,
    SessionFactory,
)

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def edition(pack_version):
    return EditionFactory(version=pack_version)


@pytest.fixture
def enrolment(edition):
    return AccessLinkFactory(enrolment__edition=edition).enrolment


@pytest.fixture
def show(client, enrolment):
    """Give her *today* at a moment, as text."""
    client.cookies["sabaq_p"] = cookie_for(enrolment.links.get(), at=NOW - 20 * DAY)

    def at(moment=NOW, language="en"):
        client.cookies["lang"] = language
        with clock.frozen(moment):
            return client.get("/today/").content.decode()

    return at


def add_days(edition, sessions=2):
    for number in range(sessions):
        SessionFactory(
            edition=edition,
            key=f"s{number}",
            title={"en": f"Session {number}", "ru": f"Занятие {number}"},
            starts_at=NOW + timedelta(hours=number),
            ends_at=NOW + timedelta(hours=number, minutes=50),
        )


@pytest.mark.parametrize(
    ("days", "said"),
    [
        (-3, "The course begins in 3 days"),
        (-1, "The course begins in 1 day ·"),
        (0, "Day 1 of 2"),
        (1, "Day 2 of 2"),
        (2, "The course is over"),
    ],
)
def test_the_page_says_which_day_of_the_course_it_is(show, days, said):
    assert said in show(NOW + days * DAY)


def test_a_new_day_begins_by_the_clock_of_the_course(show):
    # 19:00 UTC is midnight in Tashkent.
    assert "Day 1 of 2" in show(NOW.replace(hour=18, minute=59))
    assert "Day 2 of 2" in show(NOW.replace(hour=19, minute=0))


def test_the_live_class_is_the_big_card(show, edition):
    session = SessionFactory(edition=edition)
    LiveClass.objects.create(session=session, state=ClassState.LIVE)

    html = show()

    assert "On now" in html
    assert f'href="/class/{session.uuid}/"' in html


def test_the_timetable_of_the_day_shows_both_clocks_and_what_was_is_and_comes(
    show, edition, enrolment
):
    enrolment.person.country = "KG"
    enrolment.person.save()
    add_days(edition, sessions=3)
    SessionFactory(
        edition=edition, title={"en": "Tomorrow"}, starts_at=NOW + DAY, ends_at=NOW + DAY * 2
    )

    html = " ".join(show(NOW + timedelta(hours=1, minutes=10)).split())

    assert "First the time in Bishkek, then in Tashkent." in html
    assert (
        '<li class="done"><span><time>14:20</time> <small><time>13:20</time></small></span>'
        "<span>Session 0</span><span>over</span></li>"
    ) in html
    assert '<b>Session 1</b><span class="tag live">now</span>' in html
    assert "<time>16:20</time> <small><time>15:20</time></small></span><span>Session 2" in html
    assert "Tomorrow" not in html


def test_where_both_clocks_agree_one_is_shown(show, edition):
    add_days(edition)

    html = show()

    assert "<time>13:20</time></span>" in html
    assert "First the time" not in html


def test_before_the_course_the_first_day_is_shown(show, edition):
    add_days(edition)

    assert "<h2>Thursday, 4 February</h2>" in show(NOW - 7 * DAY)


def test_the_parts_of_the_course_show_their_state(show, edition, enrolment, pack_version):
    add_days(edition)
    sat = {"enrolment": enrolment, "version": pack_version, "test": "knowledge", "seed": 1}
    Attempt.objects.create(**sat, begun_at=NOW, total=9)
    before = show(NOW - DAY)
    Attempt.objects.create(**sat, phase="after", begun_at=NOW, total=9)
    Attempt.objects.update(handed_in_at=NOW)
    SurveyMark.objects.create(enrolment=enrolment, survey="closing")
    Commitment.objects.create(enrolment=enrolment, deed="Ask.", made_at=NOW, changed_at=NOW)
    CertificateFactory(enrolment=enrolment)
    after = show(NOW + 3 * DAY)

    assert "You have begun; every answer you gave is saved." in before
    assert 'href="/test/knowledge/">go on</a>' in before
    assert before.count("at the end") == 4  # the test after it, survey, commitment and certificate
    assert 'href="/test/knowledge/">look</a>' in after
    assert 'href="/test/knowledge/after/">look</a>' in after
    assert '<span class="tag">ready</span>' in after
    assert "Your certificate is ready" in after


def test_a_lesson_that_was_read_is_marked(show, edition, enrolment):
    add_days(edition)
    unread = show(NOW - DAY)
    enrolment.lessons_read = ["interviewing-screening"]
    enrolment.save()

    assert unread.count(">to read<") == 6
    assert show(NOW - DAY).count(">to read<") == 5


def test_after_the_last_session_the_test_is_next_and_then_the_survey(
    show, edition, enrolment, pack_version
):
    add_days(edition)
    first = show(NOW + DAY)
    sat = {"enrolment": enrolment, "version": pack_version, "test": "knowledge", "seed": 1}
    Attempt.objects.create(**sat, phase="after", begun_at=NOW, handed_in_at=NOW, total=9)

    html = show(NOW + DAY)

    assert "It shows what the course has added." in first
    assert 'class="btn wide" href="/test/knowledge/after/"' in first

    assert "Tell us how the course was" in html
    assert 'href="/survey/closing/"' in html
    assert "confidential" in html
    assert "anonymous" not in html


def test_the_page_speaks_the_readers_language_where_content_is_concerned(show, edition):
    add_days(edition)

    html = show(language="ru")

    assert '<html lang="ru">' in html
    assert "Занятие 0" in html
    assert "Гендерное равенство в правоохранительных органах" in html


def test_whom_to_ask_is_on_the_page(show):
    assert 'href="mailto:course@office.example"' in show()


@pytest.mark.parametrize("sessions", [1, 40])
def test_today_costs_five_queries_however_long_the_course_is(
    client, edition, enrolment, django_assert_max_num_queries, sessions
):
    for number in range(sessions):
        start = NOW + timedelta(minutes=20 * number)
        session = SessionFactory(
            edition=edition, starts_at=start, ends_at=start + timedelta(minutes=20)
        )
        LiveClass.objects.create(session=session)
    SessionFactory(edition=edition, kind=SessionKind.BREAK, starts_at=NOW, ends_at=NOW + DAY)
    client.cookies["sabaq_p"] = cookie_for(enrolment.links.get(), at=NOW)
    with clock.frozen(NOW):
        client.get("/today/")  # the pack is read once in a process

        with django_assert_max_num_queries(5):
            assert client.get("/today/").status_code == 200
