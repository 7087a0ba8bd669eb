"""The participant's class: the slide in step, the poll, and the ticket to follow by."""

from typing import Any

from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from sabaq.classroom.enums import ClassState
from sabaq.classroom.models import LiveClass, PollRun
from sabaq.classroom.queries.polls import current_poll, own_vote, spot_polls
from sabaq.classroom.queries.running import class_of
from sabaq.classroom.services.presence import note_presence
from sabaq.courses.models import Session
from sabaq.kernel import clock
from sabaq.kernel.ids import new_uuid
from sabaq.people.enums import Role
from sabaq.web.classroom.shown_polls import shown_poll, to_translate
from sabaq.web.classroom.stage import Stage, deck_of, place_in, slide_in, stage_html
from sabaq.web.classroom.views.door import session_for, ticket_for
from sabaq.web.requests import Request, comers_to_class


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


def _parts(request: Request, session: Session, live: LiveClass) -> dict[str, Any]:
    language, run = request.LANGUAGE_CODE, current_poll(session)
    stage = Stage.of(session, live, run, language, is_voter=request.actor.is_participant)
    return {
        "session": session,
        "live": live,
        **stage_html(stage),
        **_for_interpreters(request, session, live),
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
        "my_vote": own_vote(run, enrolment_id=enrolment_id),
    }


def _for_interpreters(request: Request, session: Session, live: LiveClass) -> dict[str, Any]:
    """Give the deck's notes on this slide and the polls to translate, to interpreters alone."""
    if not request.actor.grants_as(Role.INTERPRETER, edition_id=session.edition_id):
        return {}
    slide = slide_in(session, live.slide, request.LANGUAGE_CODE)
    return {
        "is_interpreter": True,
        "interpreter_notes": slide.interpreter if slide else "",
        "to_translate": to_translate(session, list(spot_polls(session))),
    }


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
