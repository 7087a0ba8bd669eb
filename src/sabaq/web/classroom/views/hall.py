"""The screen of a room: slides, polls and announcements of the class that goes on, no names, nothing to press."""

from typing import Any

from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from sabaq.classroom.queries.announcements import announcements_shown
from sabaq.classroom.queries.polls import current_poll
from sabaq.classroom.queries.rooms import session_on_screen
from sabaq.classroom.queries.running import class_of
from sabaq.courses.models import Session
from sabaq.enrolment.models import Room
from sabaq.kernel import clock
from sabaq.web.classroom.captions import captions_asked, captions_fragment
from sabaq.web.classroom.slides import Picture, picture_html
from sabaq.web.classroom.stage import Stage, stage_html
from sabaq.web.live.tickets import Ticket, write_ticket
from sabaq.web.requests import Request


@require_safe
def hall(request: Request) -> HttpResponse:
    """Show the class that is live, or the next to come; the page goes on from session to session by itself.

    `?captions=` names the language of captions below the slide.
    """
    if not request.actor.is_signed_in:
        return redirect("public:code")
    room = _room_of(request)
    session = session_on_screen(room.edition, at=clock.now())
    context: dict[str, Any] = {"edition": room.edition, "room": room, "session": session}
    if session is not None:
        parts = _parts(request, session)
        context |= {**parts, "ticket": _ticket(request, session)}
        context["captions"] = captions_asked(request, session, parts["live"])
    return render(request, "classroom/hall.html", context)


@require_safe
def now(request: Request, session: object) -> HttpResponse:
    """Give the parts that change; 404 once another session is on screen, so that the page loads that one."""
    shown = _on_screen(request, session)
    return render(request, "classroom/hall.html#fresh", _parts(request, shown))


@require_safe
def captions(request: Request, session: object, language: str) -> HttpResponse:
    """Give the last lines of the captions; 204 where the page has them."""
    return captions_fragment(request, _on_screen(request, session), language)


@require_safe
def ticket(request: Request, session: object) -> JsonResponse:
    """Give a fresh ticket to follow the class on screen by."""
    return JsonResponse({"ticket": _ticket(request, _on_screen(request, session))})


def _room_of(request: Request) -> Room:
    if request.access is None or request.access.room is None:
        raise Http404
    return request.access.room


def _on_screen(request: Request, uuid: object) -> Session:
    session = session_on_screen(_room_of(request).edition, at=clock.now())
    if session is None or session.uuid != uuid:
        raise Http404
    return session


def _parts(request: Request, session: Session) -> dict[str, Any]:
    live, run = class_of(session), current_poll(session)
    stage = Stage.of(session, live, run, request.LANGUAGE_CODE, is_voter=False)
    picture = Picture.of_now(
        session, live, request.LANGUAGE_CODE, request.LANGUAGE_CODE, turns=False
    )
    shared = {"stage": picture_html(picture), **stage_html(stage)}
    return {
        "session": session,
        "live": live,
        "announcements": announcements_shown(session, live),
        **shared,
    }


def _ticket(request: Request, session: Session) -> str:
    # Of nobody: a room is never counted as present, and learns what everybody learns.
    link_id = request.access.pk if request.access else None
    return write_ticket(Ticket(session.pk, session.uuid, link_id=link_id), at=clock.now())
