"""What an interpreter does in her booth; `act` says which. Nobody else knows that there are booths."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from django.core.exceptions import BadRequest
from django.http import Http404, HttpResponse
from django.views.decorators.http import require_POST

from sabaq.classroom.services import booths
from sabaq.courses.models import Session
from sabaq.kernel import clock
from sabaq.kernel.errors import DomainError
from sabaq.people.actors import Actor
from sabaq.people.enums import Role
from sabaq.web.classroom.views.door import done, refused, session_for
from sabaq.web.requests import Request


@require_POST
def booth(request: Request, session: object) -> HttpResponse:
    """Do it, then show the class, or say why not."""
    found = session_for(request, session)
    if not request.actor.grants_as(Role.INTERPRETER, edition_id=found.edition_id):
        raise Http404
    verb = ACTS.get(request.POST.get("act", ""))
    if verb is None:
        raise BadRequest("act")
    try:
        verb(request, found, request.actor, clock.now())
    except DomainError as error:
        return refused(request, error)
    return done(request, found)


def _seen(request: Request) -> UUID | None:
    """Give the turn that the page showed; None for nobody's."""
    text = request.POST.get("seen", "")
    try:
        return UUID(text) if text else None
    except ValueError as error:
        raise BadRequest("seen") from error


def _enter(request: Request, session: Session, by: Actor, at: datetime) -> None:
    said = request.POST
    booths.enter_booth(session, said.get("first", ""), said.get("second", ""), by=by, at=at)


def _turn(request: Request, session: Session, by: Actor, at: datetime) -> None:
    booths.turn_round(session, request.POST.get("into", ""), by=by, at=at)


ACTS: dict[str, Callable[[Request, Session, Actor, datetime], object]] = {
    "enter": _enter,
    "turn": _turn,
    "on": lambda request, session, by, at: booths.go_on_air(
        session, seen=_seen(request), by=by, at=at
    ),
    "hand": lambda request, session, by, at: booths.hand_over(
        session, seen=_seen(request), by=by, at=at
    ),
    "ask": lambda _, session, by, at: booths.ask_handover(session, by=by, at=at),
    "keep": lambda _, session, by, at: booths.ask_no_longer(session, by=by, at=at),
    "slower": lambda _, session, by, at: booths.ask_to_slow_down(session, by=by, at=at),
}
