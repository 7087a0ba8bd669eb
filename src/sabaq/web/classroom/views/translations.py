"""Translating polls made on the spot and announcements: from the console, and from interpreters' page."""

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.views.decorators.http import require_POST

from sabaq.classroom.queries.announcements import announcements_of
from sabaq.classroom.services import announcements, spot_polls
from sabaq.courses.models import Session
from sabaq.kernel import clock
from sabaq.kernel.errors import DomainError
from sabaq.people.enums import CLASS_ROLES
from sabaq.web.classroom.views.door import TEACHING_ROLES, done, in_a_word, is_quick, session_for
from sabaq.web.requests import Request, found


@require_POST
def translate_poll(request: Request, session: object, poll: str) -> HttpResponse:
    """Take the words of a poll in one more language."""
    found_session, said = _session(request, session), request.POST
    return _put(
        request,
        found_session,
        lambda: spot_polls.translate_poll(
            found_session,
            poll,
            language=said.get("language", ""),
            question=said.get("question", ""),
            texts=said.getlist("text"),
            by=request.actor,
            at=clock.now(),
        ),
    )


@require_POST
def translate_announcement(request: Request, session: object, announcement: UUID) -> HttpResponse:
    """Take an announcement in one more language, or in better words."""
    found_session, said = _session(request, session), request.POST
    posted = announcements_of(found_session).select_related("session")
    standing = found(posted, uuid=announcement)
    return _put(
        request,
        found_session,
        lambda: announcements.translate_announcement(
            standing,
            said.get("language", ""),
            said.get("text", ""),
            seen=said.get("seen", ""),
            by=request.actor,
            at=clock.now(),
        ),
    )


def _session(request: Request, uuid: object) -> Session:
    session = session_for(request, uuid)
    if not request.actor.has_role(*CLASS_ROLES, edition_id=session.edition_id):
        raise Http404
    return session


def _put(request: Request, session: Session, verb: Callable[[], object]) -> HttpResponse:
    """Do it, or say why not; without script, lead back to the page it came from."""
    try:
        verb()
    except DomainError as error:
        if is_quick(request):
            return in_a_word(error)
        messages.error(request, str(error))
    leads = request.actor.has_role(*TEACHING_ROLES, edition_id=session.edition_id)
    return done(request, session, "trainer:console" if leads else "classroom:room")
