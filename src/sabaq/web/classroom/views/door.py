"""Who comes into a class, and with what ticket."""

from django.http import Http404, HttpRequest

from sabaq.courses.models import Session
from sabaq.courses.queries import sessions_visible_to
from sabaq.kernel import clock
from sabaq.people.enums import Role
from sabaq.web.live.tickets import Ticket, write_ticket
from sabaq.web.requests import Request, found

TEACHING_ROLES = (Role.TRAINER, Role.HOST, Role.ORGANISER)
FOLLOWING_ROLES = (*TEACHING_ROLES, Role.INTERPRETER, Role.PARTICIPANT, Role.GUEST)


def session_for(request: Request, uuid: object) -> Session:
    """Give the session if this actor may be in its class, with the edition and version it needs."""
    sessions = sessions_visible_to(request.actor).select_related("edition__version")
    session = found(sessions, uuid=uuid)
    if not request.actor.has_role(*FOLLOWING_ROLES, edition_id=session.edition_id):
        raise Http404
    return session


def is_quick(request: HttpRequest) -> bool:
    """Tell whether the page's own script asks, which wants a short answer instead of a page."""
    return request.headers.get("X-Requested-With") == "fetch"


def ticket_for(request: Request, session: Session) -> str:
    """Write the ticket that this actor's grants allow; staff learn of presence and votes."""
    staff = request.actor.has_role(*TEACHING_ROLES, edition_id=session.edition_id)
    granted = Ticket(session.pk, session.uuid, request.actor.enrolment_id, is_staff=staff)
    return write_ticket(granted, at=clock.now())
