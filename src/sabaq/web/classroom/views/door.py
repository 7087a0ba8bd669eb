"""Who comes into a class, and with what ticket."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from sabaq.courses.models import Session
from sabaq.courses.queries import LEADING_ROLES, sessions_visible_to
from sabaq.kernel import clock
from sabaq.kernel.errors import DomainError
from sabaq.kernel.writes import once
from sabaq.people.enums import Role
from sabaq.web.live.tickets import Ticket, write_ticket
from sabaq.web.requests import Request, found, write_id_of

TEACHING_ROLES = LEADING_ROLES
FOLLOWING_ROLES = (*TEACHING_ROLES, Role.INTERPRETER, Role.PARTICIPANT, Role.GUEST)


def session_for(request: Request, uuid: object) -> Session:
    """Give the session if this actor may be in its class, with its edition, version and class."""
    sessions = sessions_visible_to(request.actor).select_related("edition__version", "live_class")
    session = found(sessions, uuid=uuid)
    if not request.actor.has_role(*FOLLOWING_ROLES, edition_id=session.edition_id):
        raise Http404
    return session


def is_quick(request: HttpRequest) -> bool:
    """Tell whether the page's own script asks, which wants a short answer instead of a page."""
    return request.headers.get("X-Requested-With") == "fetch"


def ticket_for(request: Request, session: Session) -> str:
    """Write the ticket that this actor's grants allow; staff learn of presence and hands."""
    staff = request.actor.has_role(*TEACHING_ROLES, edition_id=session.edition_id)
    granted = Ticket(
        session.pk,
        session.uuid,
        request.actor.enrolment_id,
        is_staff=staff,
        link_id=request.access.pk if request.access else None,
        account_id=request.actor.account_id,
    )
    return write_ticket(granted, at=clock.now())


def refused(request: HttpRequest, error: DomainError) -> HttpResponse:
    """Say why not: to the page's own script in a line of text, otherwise on the page of errors."""
    if not is_quick(request):
        raise error
    return in_a_word(error)


def in_a_word(error: DomainError) -> HttpResponse:
    """Give what the page's own script shows of a refusal."""
    return HttpResponse(str(error), status=error.status, content_type="text/plain")


def done(request: HttpRequest, session: Session, way: str = "classroom:room") -> HttpResponse:
    """Answer an act: nothing to the page's own script, otherwise back to the page at `way`."""
    return HttpResponse(status=204) if is_quick(request) else redirect(way, session.uuid)


def own_act(
    request: Request,
    session: Session,
    body: Mapping[str, Any],
    act: Callable[[int], dict[str, Any]],
    *,
    at: datetime,
) -> HttpResponse:
    """Do a participant's act (given her enrolment's id) exactly once, then show the class or say why not."""
    enrolment_id = request.actor.enrolment_id
    if enrolment_id is None:
        raise Http404
    try:
        body = {"session": str(session.uuid), **body}
        once(request.actor.key, write_id_of(request), body, lambda: act(enrolment_id), at=at)
    except DomainError as error:
        return refused(request, error)
    return done(request, session)
