from datetime import timedelta

import pytest
from icalendar import Calendar

from sabaq.courses.enums import SessionKind
from sabaq.enrolment.access import cookie_for
from sabaq.web.learner.calendar import calendar_of
from tests.factories import NOW, AccessLinkFactory, EditionFactory, SessionFactory

pytestmark = pytest.mark.django_db


def test_the_calendar_file_holds_the_sessions_in_utc_and_the_readers_language(settings):
    settings.PUBLIC_URL = "https://course.example"
    session = SessionFactory(starts_at=NOW, ends_at=NOW + timedelta(hours=1))
    SessionFactory(edition=session.edition, kind=SessionKind.BREAK)

    body = calendar_of(session.edition, language="ru", at=NOW)

    [event] = Calendar.from_ical(body).walk("VEVENT")
    assert event["UID"] == f"{session.uuid}@course.example"
    assert event["SUMMARY"] == "Беседа и досмотр: женщины"
    assert event["DTSTART"].to_ical() == b"20270204T082000Z"
    assert event["DTEND"].to_ical() == b"20270204T092000Z"
    assert event["URL"] == "https://course.example/today/"


def test_the_same_session_keeps_its_uid(settings):
    edition = SessionFactory().edition

    first, second = (calendar_of(edition, language="en", at=NOW + timedelta(d)) for d in (0, 9))

    uids = [
        [event["UID"] for event in Calendar.from_ical(b).walk("VEVENT")] for b in (first, second)
    ]
    assert uids[0] == uids[1]


@pytest.mark.usefixtures("still_clock")
def test_the_calendar_file_is_offered_for_download_and_names_nobody(client):
    link = AccessLinkFactory(enrolment__edition=EditionFactory())
    SessionFactory(edition=link.enrolment.edition)
    client.cookies["sabaq_p"] = cookie_for(link, at=NOW)

    response = client.get("/timetable.ics")

    assert response.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert response.headers["Content-Disposition"] == 'attachment; filename="timetable.ics"'
    assert "Aigul" not in response.content.decode()
    assert "ATTENDEE" not in response.content.decode()
