"""The timetable as an iCalendar file (RFC 5545): times in UTC, no personal data."""

from datetime import datetime
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext, override
from django.views.decorators.http import require_safe
from icalendar import Calendar, Event

from sabaq.courses.enums import SessionKind
from sabaq.courses.models import Edition, Session
from sabaq.courses.queries import timetable
from sabaq.kernel import clock
from sabaq.kernel.i18n import text_in
from sabaq.web.requests import Request, enrolment_of, participants_only


@participants_only
@require_safe
def timetable_file(request: Request) -> HttpResponse:
    """Give the edition's sessions for the reader's own calendar, breaks left out."""
    edition = enrolment_of(request).edition
    body = calendar_of(edition, language=request.LANGUAGE_CODE, at=clock.now())
    response = HttpResponse(body, content_type="text/calendar; charset=utf-8")
    response.headers["Content-Disposition"] = 'attachment; filename="timetable.ics"'
    return response


def calendar_of(edition: Edition, *, language: str, at: datetime) -> bytes:
    """Give the file; an entry keeps its UID, so that a second import corrects and never doubles."""
    host = urlsplit(settings.PUBLIC_URL).hostname
    calendar = Calendar()
    calendar.add("prodid", "-//Sabaq//timetable//EN")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", text_in(edition.title, language).text)
    for session in timetable(edition).exclude(kind=SessionKind.BREAK):
        event = Event()
        event.add("uid", f"{session.uuid}@{host}")
        event.add("dtstamp", at)
        event.add("dtstart", session.starts_at)
        event.add("dtend", session.ends_at)
        # Only with a higher number than before does a calendar take the new time over.
        event.add("sequence", session.revision)
        event.add("summary", _summary(session, language))
        event.add("url", settings.PUBLIC_URL + reverse("learner:today"))
        calendar.add_component(event)
    body: bytes = calendar.to_ical()
    return body


def _summary(session: Session, language: str) -> str:
    title = text_in(session.title, language).text
    if session.kind != SessionKind.TRIAL:
        return title
    with override(language):
        return gettext("Trial run: %(title)s") % {"title": title}
