"""The trainer's sessions and the console of one class. Two may drive at once; every act says what it saw."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from sabaq.classroom.enums import POLL_KINDS, ClassState
from sabaq.classroom.models import LiveClass
from sabaq.classroom.queries.running import class_of
from sabaq.courses.enums import SessionKind
from sabaq.courses.models import Session
from sabaq.courses.queries import editions_for
from sabaq.kernel import clock
from sabaq.kernel.ids import new_uuid
from sabaq.people.enums import Language, Role
from sabaq.web.classroom.views.door import TEACHING_ROLES, ticket_for
from sabaq.web.requests import Request, found, staff_only
from sabaq.web.trainer.desk import desk_of
from sabaq.web.trainer.desk_questions import desk_questions


def session_led_by(request: Request, uuid: object) -> Session:
    """Give the session if this actor leads its class."""
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
    return render(request, "trainer/sessions.html", {"rows": rows, "current": current, "at": at})


def _way_in(session: Session, *, is_led: bool) -> str:
    return reverse("trainer:console" if is_led else "classroom:room", args=[session.uuid])


@staff_only
@require_safe
def console(request: Request, session: object) -> HttpResponse:
    """Show the console."""
    return render(
        request, "trainer/console.html", _context(request, session_led_by(request, session))
    )


@staff_only
@require_safe
def desk(request: Request, session: object) -> HttpResponse:
    """Give the part of the console that changes."""
    found_session = session_led_by(request, session)
    return render(request, "trainer/console.html#desk", _context(request, found_session))


def _context(request: Request, session: Session) -> dict[str, Any]:
    live = class_of(session)
    shown = desk_of(session, live, key=request.actor.key, at=clock.now())
    return {
        "session": session,
        "edition": session.edition,
        "live": live,
        "desk": shown,
        "questions": desk_questions(session),
        "polls_written": shown.polls.written_by(request.actor.key),
        "poll_languages": [(code, Language(code).label) for code in session.edition.languages],
        "poll_kinds": POLL_KINDS,
        "to_translate": shown.polls.to_translate,
        "write_id": new_uuid(),
        "ticket": ticket_for(request, session),
        "announcement_write_id": new_uuid(),  # each form has one of its own
        # Who is here by name is for those who look after the class and phone whoever is missing.
        "sees_names": request.actor.has_role(
            Role.HOST, Role.ORGANISER, edition_id=session.edition_id
        ),
    }
