"""The trainer's sessions and the console of one class. Two may drive at once; every act says what it saw."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.views.decorators.http import require_safe

from sabaq.classroom.enums import POLL_KINDS, ClassState
from sabaq.classroom.models import LiveClass
from sabaq.classroom.queries.booths import last_slow_down, on_air
from sabaq.classroom.queries.running import class_of
from sabaq.classroom.rules.booths import SLOW_DOWN_SHOWN_FOR
from sabaq.courses.enums import ATTENDED_KINDS, SessionKind
from sabaq.courses.models import Session
from sabaq.courses.queries import editions_for
from sabaq.kernel import clock
from sabaq.kernel.ids import new_uuid
from sabaq.people.enums import CLASS_ROLES, Language, Role
from sabaq.web.classroom.captions import EVERY, captioner_of, captions_on_page
from sabaq.web.classroom.parts import unlike
from sabaq.web.classroom.views.door import TEACHING_ROLES, ticket_for
from sabaq.web.classroom.voice import let_speak, voice_of
from sabaq.web.content import has_exercise
from sabaq.web.requests import Request, found, staff_only
from sabaq.web.trainer.desk import desk_of
from sabaq.web.trainer.desk_questions import desk_questions

_OWN_PARTS = (
    "minutes",
    "told",
    "begin",
    "open-poll",
    "slides",
    "next",
    "notes",
    "order",
    "jump",
    "help",
    "floor",
    "hands",
    "questions",
    "polls",
    "write-poll",
    "announcements",
    "announce",
    "here",
    "names",
    "five_minutes",
    "end",
)
# What the console is made of, by `data-part`: the files that console.html puts in their places.
_PARTS = {
    **{name: f"trainer/desk/{name.replace('-', '_')}.html" for name in _OWN_PARTS},
    "translate": "classroom/parts/translate.html",
    "captioner": "classroom/parts/captioner.html",
}


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
    in_class = editions_for(request.actor, *CLASS_ROLES)
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
    return render(
        request, "trainer/sessions.html", {"rows": rows, "current": current, "at": at, "led": led}
    )


def _way_in(session: Session, *, is_led: bool) -> str:
    return reverse("trainer:console" if is_led else "classroom:room", args=[session.uuid])


@staff_only
@require_safe
def console(request: Request, session: object) -> HttpResponse:
    """Show the console."""
    found_session = session_led_by(request, session)
    context = _context(request, found_session)
    page = render(request, "trainer/console.html", context)
    return let_speak(request, page, voice_of(found_session, context["live"]))


@staff_only
@require_safe
def desk(request: Request, session: object) -> HttpResponse:
    """Give the parts of the console that look otherwise than it has them (`?have=`); 204 where none does."""
    context = _context(request, session_led_by(request, session))
    parts = {
        name: render_to_string(path, context, request).strip() for name, path in _PARTS.items()
    }
    changed = unlike(parts, request.GET.get("have", ""))
    return HttpResponse("\n".join(changed.values())) if changed else HttpResponse(status=204)


def _context(request: Request, session: Session) -> dict[str, Any]:
    live = class_of(session)
    shown = desk_of(session, live, key=request.actor.key, at=clock.now())
    edition, actor = session.edition, request.actor
    # Who is here by name is for those who look after the class and phone whoever is missing.
    sees_names = actor.has_role(Role.HOST, Role.ORGANISER, edition_id=edition.pk)
    return {
        "session": session,
        "edition": edition,
        "live": live,
        "desk": shown,
        "questions": desk_questions(session),
        "polls_written": shown.polls.written_by(request.actor.key),
        "poll_languages": [(code, Language(code).label) for code in session.edition.languages],
        "poll_kinds": POLL_KINDS,
        "to_translate": shown.polls.to_translate,
        "write_id": new_uuid(),
        "ticket": ticket_for(request, session),
        "captioner": captioner_of(request, session, live),
        "captions": captions_on_page(request, session, live, EVERY),
        "announcement_write_id": new_uuid(),  # each form has one of its own
        "sees_names": sees_names,
        "has_rooms": sees_names and session.kind in ATTENDED_KINDS and edition.rooms.exists(),
        "has_exercise": has_exercise(session),
        **_voice(session, live),
        "sees_guests": actor.has_role(Role.ORGANISER, edition_id=edition.pk),
    }


def _voice(session: Session, live: LiveClass) -> dict[str, Any]:
    """Give what voice there is, who interprets now, and whether an interpreter asks to speak more slowly."""
    voice = voice_of(session, live)
    if voice:
        asked, at = last_slow_down(session), clock.now()
        is_shown = asked is not None and at - asked.at < SLOW_DOWN_SHOWN_FOR
        voice["slow_down"] = asked if is_shown else None
        voice["interpreting"] = [
            (Language(seat.into).label, seat.account.name, seat.pk) for seat in on_air(session.pk)
        ]
    return voice
