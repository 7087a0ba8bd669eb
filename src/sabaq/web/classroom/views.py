"""The participant's class: the slide in step, the poll, and the ticket to follow by."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from sabaq.classroom.enums import ClassState
from sabaq.classroom.models import LiveClass, PollRun, Vote
from sabaq.classroom.queries import class_of, current_poll
from sabaq.classroom.services import note_presence, vote
from sabaq.courses.models import Session
from sabaq.courses.queries import sessions_visible_to
from sabaq.kernel import clock
from sabaq.kernel.errors import DomainError
from sabaq.kernel.ids import new_uuid
from sabaq.kernel.writes import once
from sabaq.people.enums import Role
from sabaq.web.classroom.stage import (
    Stage,
    deck_of,
    place_in,
    poll_of,
    shown_poll,
    slide_in,
    stage_html,
)
from sabaq.web.live.tickets import Ticket, write_ticket
from sabaq.web.requests import Request, comers_to_class, found, write_id_of

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


@comers_to_class
@require_safe
def room(request: Request, session: object) -> HttpResponse:
    """Show the class; `?slide=` looks back at an earlier slide while the class goes on."""
    found_session = session_for(request, session)
    live = class_of(found_session)
    _note(request, found_session, live)
    return render(
        request,
        "classroom/room.html",
        {
            **_parts(request, found_session, live),
            "edition": found_session.edition,
            "ticket": ticket_for(request, found_session),
            "look_back": _look_back(request, found_session, live),
        },
    )


@require_safe
def now(request: Request, session: object) -> HttpResponse:
    """Give the parts of the page that change: the shared stage, the reader's own vote, the state."""
    found_session = session_for(request, session)
    live = class_of(found_session)
    return render(request, "classroom/room.html#fresh", _parts(request, found_session, live))


@require_safe
def ticket(request: Request, session: object) -> JsonResponse:
    """Give a fresh ticket to follow this class by."""
    return JsonResponse({"ticket": ticket_for(request, session_for(request, session))})


@require_POST
def cast_vote(request: Request, session: object, run: object) -> HttpResponse:
    """Cast or change the participant's vote, exactly once per write id."""
    found_session, actor = session_for(request, session), request.actor
    enrolment_id = actor.enrolment_id
    if enrolment_id is None:
        raise Http404
    asked = found(PollRun.objects.filter(session=found_session), uuid=run)
    poll = poll_of(found_session, asked.poll)
    if poll is None:
        raise Http404
    option, at = request.POST.get("option", ""), clock.now()

    def act() -> dict[str, Any]:
        vote(asked, poll, option, enrolment_id=enrolment_id, by=actor, at=at)
        return {"option": option}

    try:
        once(actor.key, write_id_of(request), {"run": str(run), "option": option}, act, at=at)
    except DomainError as error:
        if is_quick(request):
            return HttpResponse(str(error), status=error.status, content_type="text/plain")
        raise
    return HttpResponse(status=204) if is_quick(request) else redirect("classroom:room", session)


def ticket_for(request: Request, session: Session) -> str:
    """Write the ticket that this actor's grants allow; staff learn of presence and votes."""
    staff = request.actor.has_role(*TEACHING_ROLES, edition_id=session.edition_id)
    granted = Ticket(session.pk, session.uuid, request.actor.enrolment_id, is_staff=staff)
    return write_ticket(granted, at=clock.now())


def _parts(request: Request, session: Session, live: LiveClass) -> dict[str, Any]:
    language, run = request.LANGUAGE_CODE, current_poll(session)
    stage = Stage.of(session, live, run, language, is_voter=request.actor.is_participant)
    return {
        "session": session,
        "live": live,
        **stage_html(stage),
        "interpreter_notes": _interpreter_notes(request, session, live),
        "write_id": new_uuid(),
        **_own_vote(request, session, run),
    }


def _own_vote(request: Request, session: Session, run: PollRun | None) -> dict[str, Any]:
    """Give the open poll and how this participant has voted: the only personal thing on the page."""
    enrolment_id = request.actor.enrolment_id
    if enrolment_id is None or run is None or run.closed_at is not None:
        return {}
    return {
        "own_poll": shown_poll(session, run, request.LANGUAGE_CODE),
        "my_vote": Vote.objects.filter(run=run, enrolment_id=enrolment_id).first(),
    }


def _interpreter_notes(request: Request, session: Session, live: LiveClass) -> str:
    """Give what the deck tells the interpreter about this slide, to interpreters alone."""
    if not request.actor.grants_as(Role.INTERPRETER, edition_id=session.edition_id):
        return ""
    slide = slide_in(session, live.slide, request.LANGUAGE_CODE)
    return slide.interpreter if slide else ""


def _look_back(request: Request, session: Session, live: LiveClass) -> dict[str, Any] | None:
    """Give an earlier slide; what the class has not reached yet stays closed."""
    wanted, deck = request.GET.get("slide", ""), deck_of(session)
    place = place_in(deck, wanted) if deck and wanted else None
    reached = place_in(deck, live.slide) if deck else None
    if place is None or reached is None or place.number > reached.number:
        return None
    slide = slide_in(session, wanted, request.LANGUAGE_CODE)
    return {"slide": slide, "place": place, "is_live": place.number == reached.number}


def _note(request: Request, session: Session, live: LiveClass) -> None:
    """A page that reloads itself without script is presence too."""
    enrolment_id = request.actor.enrolment_id
    if enrolment_id is not None and live.state == ClassState.LIVE:
        note_presence(session.pk, {enrolment_id}, at=clock.now())
