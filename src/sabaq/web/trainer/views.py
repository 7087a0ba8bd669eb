"""The trainer's sessions and the console of one class. Two may drive at once; every act says what it saw."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from sabaq.classroom import services
from sabaq.classroom.enums import ClassState
from sabaq.classroom.errors import UnknownPoll, UnknownSlide
from sabaq.classroom.models import LiveClass, PollRun
from sabaq.classroom.queries import class_of
from sabaq.courses.enums import SessionKind
from sabaq.courses.models import Session
from sabaq.courses.queries import editions_for
from sabaq.kernel import clock
from sabaq.kernel.errors import DomainError
from sabaq.people.enums import Role
from sabaq.web.classroom.stage import deck_of, poll_of
from sabaq.web.classroom.views import TEACHING_ROLES, is_quick, ticket_for
from sabaq.web.requests import Request, found, staff_only
from sabaq.web.trainer.desk import desk_of


def _session(request: Request, uuid: object) -> Session:
    editions = editions_for(request.actor, *TEACHING_ROLES)
    sessions = Session.objects.filter(edition__in=editions).select_related("edition__version")
    return found(sessions, uuid=uuid)


@staff_only
@require_safe
def sessions(request: Request) -> HttpResponse:
    """List the sessions this member of staff leads or interprets, the one to enter now first."""
    at = clock.now()
    in_class = editions_for(request.actor, *TEACHING_ROLES, Role.INTERPRETER)
    led = set(editions_for(request.actor, *TEACHING_ROLES).values_list("pk", flat=True))
    mine = list(
        Session.objects.filter(edition__in=in_class)
        .exclude(kind=SessionKind.BREAK)
        .select_related("edition")
        .order_by("starts_at", "id")
    )
    states = dict(LiveClass.objects.filter(session__in=mine).values_list("session_id", "state"))
    rows = [
        (one, states.get(one.pk, ClassState.WAITING), _way_in(one, is_led=one.edition_id in led))
        for one in mine
    ]
    live = [row for row in rows if row[1] == ClassState.LIVE]
    coming = [row for row in rows if row[1] == ClassState.WAITING and row[0].ends_at > at]
    current = next(iter([*live, *coming]), None)
    return render(request, "trainer/sessions.html", {"rows": rows, "current": current})


def _way_in(session: Session, *, is_led: bool) -> str:
    return reverse("trainer:console" if is_led else "classroom:room", args=[session.uuid])


@staff_only
@require_safe
def console(request: Request, session: object) -> HttpResponse:
    """Show the console."""
    return render(request, "trainer/console.html", _context(request, _session(request, session)))


@staff_only
@require_safe
def desk(request: Request, session: object) -> HttpResponse:
    """Give the part of the console that changes."""
    found_session = _session(request, session)
    return render(request, "trainer/console.html#desk", _context(request, found_session))


def _context(request: Request, session: Session) -> dict[str, Any]:
    live = class_of(session)
    return {
        "session": session,
        "edition": session.edition,
        "live": live,
        "desk": desk_of(session, live, at=clock.now()),
        "ticket": ticket_for(request, session),
    }


def act(verb: Callable[..., object]) -> Callable[..., HttpResponse]:
    """Make a view of one act at the console: do it, then show the console, or say why not."""

    @staff_only
    @require_POST
    @wraps(verb)
    def view(request: Request, session: object, **parts: object) -> HttpResponse:
        found_session = _session(request, session)
        try:
            verb(request, found_session, **parts)
        except DomainError as error:
            if is_quick(request):
                return HttpResponse(str(error), status=error.status, content_type="text/plain")
            messages.error(request, str(error))
        return (
            HttpResponse(status=204)
            if is_quick(request)
            else redirect("trainer:console", found_session.uuid)
        )

    return view


@act
def begin(request: Request, session: Session) -> None:
    services.begin_class(session, deck_of(session), by=request.actor, at=clock.now())


@act
def end(request: Request, session: Session) -> None:
    services.end_class(session, by=request.actor, at=clock.now())


@act
def show_slide(request: Request, session: Session) -> None:
    deck = deck_of(session)
    if deck is None:
        raise UnknownSlide
    services.show_slide(
        session,
        deck,
        request.POST.get("slide", ""),
        expected=request.POST.get("expected", ""),
        by=request.actor,
        at=clock.now(),
    )


@act
def open_poll(request: Request, session: Session, poll: str) -> None:
    asked = services.poll_of_run(poll_of(session, poll))
    services.open_poll(session, asked, by=request.actor, at=clock.now())


@act
def close_poll(request: Request, session: Session, poll: str) -> None:
    services.close_poll(_latest_run(session, poll), by=request.actor, at=clock.now())


@act
def show_results(request: Request, session: Session, poll: str) -> None:
    run = _latest_run(session, poll)
    asked = services.poll_of_run(poll_of(session, poll))
    services.show_results(run, asked, by=request.actor, at=clock.now())


def _latest_run(session: Session, poll: str) -> PollRun:
    run = PollRun.objects.filter(session=session, poll=poll).order_by("-opened_at").first()
    if run is None:
        raise UnknownPoll
    return run
