"""The screen view for projecting: slides, polls and announcements alone; no name, no count of who is here."""

from typing import Any

from django.conf import settings
from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.views.decorators.http import require_safe

from sabaq.classroom.models import LiveClass
from sabaq.classroom.queries.announcements import announcements_shown
from sabaq.classroom.queries.polls import current_poll
from sabaq.classroom.queries.running import class_of
from sabaq.courses.models import Session
from sabaq.courses.packs.render import ShownSlide
from sabaq.kernel import clock
from sabaq.kernel.i18n import Text, text_in
from sabaq.people.enums import Language
from sabaq.web.classroom.captions import captions_asked
from sabaq.web.classroom.stage import Stage, slide_in, stage_html
from sabaq.web.live.tickets import Ticket, write_ticket
from sabaq.web.requests import Request, staff_only
from sabaq.web.trainer.views.console import session_led_by


@staff_only
@require_safe
def screen(request: Request, session: object) -> HttpResponse:
    """Show the whole screen; `?language=` and `&beside=` choose one language or two side by side.

    `&captions=` names the language of captions below them.
    """
    found_session = session_led_by(request, session)
    return _shown(request, found_session, "trainer/screen.html")


@staff_only
@require_safe
def screen_now(request: Request, session: object) -> HttpResponse:
    """Give the parts of the screen that change."""
    found_session = session_led_by(request, session)
    return _shown(request, found_session, "trainer/screen.html#fresh")


@staff_only
@require_safe
def screen_ticket(request: Request, session: object) -> JsonResponse:
    """Give a fresh ticket to follow by: what is for staff alone never reaches a screen that others look at."""
    return JsonResponse({"ticket": _ticket(request, session_led_by(request, session))})


def _shown(request: Request, session: Session, template: str) -> HttpResponse:
    languages = _languages(request, session)
    # The words around the slides speak its language too, where the interface has it.
    spoken = languages[0] if languages[0] in dict(settings.LANGUAGES) else request.LANGUAGE_CODE
    with translation.override(spoken):
        answer = render(request, template, _context(request, session, languages))
    answer.headers["Content-Language"] = spoken
    return answer


def _context(request: Request, session: Session, languages: list[str]) -> dict[str, Any]:
    live, run = class_of(session), current_poll(session)
    labels = dict(Language.choices)
    return {
        "session": session,
        "live": live,
        "ticket": _ticket(request, session),
        "languages_shown": languages,
        "slides": _slides(session, live, languages),
        "poll": stage_html(Stage.of(session, live, run, languages[0], is_voter=False))["poll"],
        "captions": captions_asked(request, session, live),
        "announcements": _announced(session, live, languages),
        "choices": [
            (code, labels.get(code, code), code == languages[0])
            for code in session.edition.languages
        ],
        "query": request.GET.urlencode(),
        "join_at": request.build_absolute_uri(reverse("public:code")),
    }


def _slides(session: Session, live: LiveClass, languages: list[str]) -> list[ShownSlide | None]:
    """Give the slide in the languages of the screen; where it stands in for another, it stands there once."""
    shown = [slide_in(session, live.slide, code) for code in languages]
    return list({slide.title.language if slide else "": slide for slide in shown}.values())


def _announced(
    session: Session, live: LiveClass, languages: list[str]
) -> list[tuple[Any, list[Text]]]:
    """Give each announcement in the languages of the screen; a fallback stands there once."""
    return [
        (
            one,
            list(
                {
                    text.language: text for text in (text_in(one.text, code) for code in languages)
                }.values()
            ),
        )
        for one in announcements_shown(session, live)
    ]


def _languages(request: Request, session: Session) -> list[str]:
    """Give the language asked for and the one beside it, of those the edition is held in."""
    held = list(session.edition.languages) or [request.LANGUAGE_CODE]
    asked = [request.GET.get(name, "") for name in ("language", "beside")]
    chosen = [code for code in dict.fromkeys(asked) if code in held]
    return chosen or [request.LANGUAGE_CODE if request.LANGUAGE_CODE in held else held[0]]


def _ticket(request: Request, session: Session) -> str:
    held = Ticket(session.pk, session.uuid, account_id=request.actor.account_id)
    return write_ticket(held, at=clock.now())
