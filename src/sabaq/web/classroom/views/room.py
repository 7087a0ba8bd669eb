"""The participant's class: the slide in step, what is asked of her, and the ticket to follow by."""

from typing import Any

from django.conf import settings
from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.cache import patch_cache_control
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

from sabaq.classroom.enums import ClassState
from sabaq.classroom.models import LiveClass, PollRun
from sabaq.classroom.queries.announcements import announcements_shown
from sabaq.classroom.queries.floor import own_floor
from sabaq.classroom.queries.hands import own_hand
from sabaq.classroom.queries.helping import own_help_call
from sabaq.classroom.queries.polls import current_poll, own_vote, spot_polls
from sabaq.classroom.services.presence import note_guests, note_visit
from sabaq.courses.models import Edition, Session
from sabaq.courses.queries import support_contacts
from sabaq.kernel import clock
from sabaq.kernel.ids import new_uuid
from sabaq.people.enums import Language, Role
from sabaq.web.classroom.announced import StandingAnnouncement, announcements_on_desk
from sabaq.web.classroom.asked import questions_on_page
from sabaq.web.classroom.booth import TURN_LENGTHS, booth_of
from sabaq.web.classroom.captions import (
    EVERY,
    captioner_of,
    captions_language,
    captions_on_page,
    keep_captions,
)
from sabaq.web.classroom.forms import HelpForm
from sabaq.web.classroom.parts import parts_of_page, unlike
from sabaq.web.classroom.shown_polls import shown_poll, to_translate
from sabaq.web.classroom.slides import Picture, deck_html, picture_html
from sabaq.web.classroom.stage import Stage, deck_of, place_in, slide_in, stage_html
from sabaq.web.classroom.views.door import session_for, ticket_for
from sabaq.web.classroom.voice import let_speak, voice_of
from sabaq.web.content import has_exercise
from sabaq.web.requests import Request, comers_to_class

_DECK_IS_KEPT_FOR = 12 * 60 * 60
# Seconds, without script. The longer one leaves her time to answer a poll; more would cut her presence.
_RELOADS, _RELOADS_UNDER_HER_HANDS = 15, 40


@comers_to_class
@require_safe
def room(request: Request, session: object) -> HttpResponse:
    """Show the class; `?slide=` looks back while the class goes on, `?slides=` chooses the slides' language."""
    found_session = session_for(request, session)
    live = _live(found_session)
    _note(request, found_session, live)
    edition, slides = found_session.edition, _slides_language(request, found_session.edition)
    own, parts = _parts(request, found_session, live)
    voice = voice_of(found_session, live)
    is_asked = own.get("own_poll") is not None and own["my_vote"] is None
    page = render(
        request,
        "classroom/room.html",
        {
            "session": found_session,
            "live": live,
            "edition": edition,
            "parts": parts,
            "reloads_every": _RELOADS_UNDER_HER_HANDS if is_asked else _RELOADS,
            "ticket": ticket_for(request, found_session),
            "look_back": _look_back(request, found_session, live),
            "slides": slides,
            "slide_languages": [(code, Language(code).label) for code in edition.languages],
            "digest": edition.version.digest[:8],
            "has_exercise": request.actor.is_participant and has_exercise(found_session),
            "is_interpreter": own.get("is_interpreter", False),
            "booth": own.get("booth"),
            "turn_lengths": TURN_LENGTHS,
            **voice,
            **_hers(request, edition),
            **_captions(request, found_session, live),
        },
    )
    return keep_captions(request, let_speak(request, page, voice), edition)


@require_safe
def now(request: Request, session: object) -> HttpResponse:
    """Give the parts of the page that look otherwise than it has them (`?have=`); 204 where none does."""
    found_session = session_for(request, session)
    _, parts = _parts(request, found_session, _live(found_session))
    if request.COOKIES.get(settings.CSRF_COOKIE_NAME):
        # The page has its token: a cookie set anew with every refresh would only be weight.
        request.META["CSRF_COOKIE_NEEDS_UPDATE"] = False
    changed = unlike(parts, request.GET.get("have", ""))
    return HttpResponse("".join(changed.values())) if changed else HttpResponse(status=204)


@require_safe
def deck(request: Request, session: object) -> HttpResponse:
    """Give all slides of the session to keep, so that the next one needs no network; nothing personal in it."""
    found_session = session_for(request, session)
    slides = _slides_language(request, found_session.edition)
    response = HttpResponse(deck_html(found_session, slides, request.LANGUAGE_CODE))
    patch_cache_control(response, private=True, max_age=_DECK_IS_KEPT_FOR)
    return response


@require_safe
def ticket(request: Request, session: object) -> JsonResponse:
    """Give a fresh ticket to follow this class by."""
    return JsonResponse({"ticket": ticket_for(request, session_for(request, session))})


def _live(session: Session) -> LiveClass:
    """Give the class that `session_for` has fetched along; one that has not begun waits."""
    return getattr(session, "live_class", None) or LiveClass(session=session)


def _parts(
    request: Request, session: Session, live: LiveClass
) -> tuple[dict[str, Any], dict[str, SafeString]]:
    """Give what this reader sees for herself, and every part of her page."""
    language, run = request.LANGUAGE_CODE, current_poll(session)
    slides = _slides_language(request, session.edition)
    stage = Stage.of(session, live, run, language, is_voter=request.actor.is_participant)
    shared = {
        "stage": picture_html(Picture.of_now(session, live, slides, language)),
        **stage_html(stage),
    }
    own = {
        "session": session,
        "live": live,
        "write_id": new_uuid(),
        "announcements": announcements_shown(session, live),
        **_for_interpreters(request, session, live),
        **_own_vote(request, session, run),
        **_own_calls(request, session, live),
        **_own_voice(request, session, live),
        **questions_on_page(request, session, live, at=clock.now()),
    }
    return own, parts_of_page(request, own, shared)


def _slides_language(request: Request, edition: Edition) -> str:
    """Give the language of the slides: the one asked for, if the edition has it, else that of the page."""
    wanted = request.GET.get("slides", "")
    return wanted if wanted in edition.languages else request.LANGUAGE_CODE


def _captions(request: Request, session: Session, live: LiveClass) -> dict[str, Any]:
    """Give the captions she reads, and to an interpreter what is written in every language."""
    language = captions_language(request, session.edition)
    offered = request.LANGUAGE_CODE in session.edition.languages and not language
    shown = {
        "captions": captions_on_page(request, session, live, language),
        # Where no voice passes, the page offers them by a button.
        "captions_instead": request.LANGUAGE_CODE if offered else "",
    }
    if request.actor.grants_as(Role.INTERPRETER, edition_id=session.edition_id):
        shown["all_captions"] = captions_on_page(request, session, live, EVERY)
    return shown


def _own_vote(request: Request, session: Session, run: PollRun | None) -> dict[str, Any]:
    """Give the open poll and how this participant has voted."""
    enrolment_id = request.actor.enrolment_id
    if enrolment_id is None or run is None or run.closed_at is not None:
        return {}
    return {
        "own_poll": shown_poll(session, run, request.LANGUAGE_CODE),
        "my_vote": own_vote(run, enrolment_id=enrolment_id),
    }


def _own_calls(request: Request, session: Session, live: LiveClass) -> dict[str, Any]:
    """Give her hand and her call for help."""
    enrolment_id = request.actor.enrolment_id
    if enrolment_id is None or live.state == ClassState.ENDED:
        return {}
    return {
        "hand": own_hand(session, enrolment_id),
        "help_call": own_help_call(session, enrolment_id, at=clock.now()),
    }


def _own_voice(request: Request, session: Session, live: LiveClass) -> dict[str, Any]:
    """Give what voice there is, and whether she has the floor."""
    voice, actor = voice_of(session, live), request.actor
    if voice and actor.enrolment_id is not None:
        voice["floor_grant"] = own_floor(session, actor.enrolment_id)
    if (
        voice
        and actor.account_id is not None
        and actor.grants_as(Role.INTERPRETER, edition_id=session.edition_id)
        and (booth := booth_of(session, actor.account_id, at=clock.now()))
    ):
        voice["booth"] = booth
    return voice


def _hers(request: Request, edition: Edition) -> dict[str, Any]:
    """Give what a participant's page has in it from the beginning: support and the form that calls the host."""
    access = request.access
    if access is None or access.enrolment is None:
        return {}
    return {
        "support": support_contacts(edition, access.enrolment.person.country),
        "form": HelpForm(),
        "write_id": new_uuid(),
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
        "to_word": _to_word(request, session, live),
        "captioner": captioner_of(request, session, live),
    }


def _to_word(
    request: Request, session: Session, live: LiveClass
) -> tuple[StandingAnnouncement, ...]:
    if live.state == ClassState.ENDED:
        return ()
    return announcements_on_desk(session, request.LANGUAGE_CODE).standing


def _look_back(request: Request, session: Session, live: LiveClass) -> SafeString | None:
    """Give an earlier slide; what the class has not reached yet stays closed."""
    wanted, deck = request.GET.get("slide", ""), deck_of(session)
    place = place_in(deck, wanted) if deck and wanted else None
    reached = place_in(deck, live.slide) if deck else None
    if place is None or reached is None or place.number >= reached.number:
        return None
    slides = _slides_language(request, session.edition)
    return picture_html(
        Picture.of_slide(session, wanted, slides, request.LANGUAGE_CODE, name="back")
    )


def _note(request: Request, session: Session, live: LiveClass) -> None:
    """A page that reloads itself without script is presence too."""
    enrolment_id = request.actor.enrolment_id
    if enrolment_id is not None and live.state == ClassState.LIVE:
        note_visit(session.pk, enrolment_id, at=clock.now())
    elif enrolment_id is None and request.access is not None:
        note_guests({request.access.pk}, at=clock.now())
