"""Captions as pages show them: chosen by a link, kept by a cookie, and fetched line by line."""

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import render

from sabaq.classroom.enums import ClassState
from sabaq.classroom.models import LiveClass
from sabaq.classroom.models.captions import LONGEST_CAPTION
from sabaq.classroom.queries.captions import caption_languages, captions_shown
from sabaq.classroom.queries.floor import floor_language
from sabaq.classroom.queries.running import class_of
from sabaq.courses.models import Edition, Session
from sabaq.kernel.ids import new_uuid
from sabaq.people.enums import Language
from sabaq.web.classroom.views.door import TEACHING_ROLES
from sabaq.web.requests import Request

# In place of a language: none, and every one (for those who write).
OFF, EVERY = "off", "all"


def captions_language(request: Request, edition: Edition) -> str:
    """Give the language she reads captions in, as her address or her device says; "" for none."""
    kept = request.COOKIES.get(settings.CAPTIONS_COOKIE, "")
    wanted = request.GET.get("captions", kept)
    return wanted if wanted in edition.languages else ""


def keep_captions(request: Request, response: HttpResponse, edition: Edition) -> HttpResponse:
    """Let the device keep what her address asks for, so that reloads and acts do not lose it."""
    wanted = request.GET.get("captions", "")
    if wanted == OFF:
        response.delete_cookie(settings.CAPTIONS_COOKIE, samesite="Lax")
    elif wanted in edition.languages:
        response.set_cookie(
            settings.CAPTIONS_COOKIE, wanted, httponly=True, samesite="Lax", secure=settings.TLS
        )
    return response


def captions_on_page(
    request: Request, session: Session, live: LiveClass, language: str
) -> dict[str, Any]:
    """Give what `classroom/captions.html` shows in this language ("": nothing yet) or in `EVERY` one."""
    leads = request.actor.has_role(*TEACHING_ROLES, edition_id=session.edition_id)
    every = language == EVERY
    return {
        "session": session,
        "key": live.captioned_seq,
        "language": language,
        "name": Language(language).label if language and not every else "",
        "in_every": every,
        "lines": captions_shown(session, live, "" if every else language) if language else (),
        # What is projected, and what participants read, offers nothing to press.
        "may_remove": every and leads,
    }


def captions_asked(request: Request, session: Session, live: LiveClass) -> dict[str, Any]:
    """Give what a screen for many shows: captions in the language its address asks for, if it asks."""
    wanted = request.GET.get("captions", "")
    held = wanted if wanted in session.edition.languages else ""
    return captions_on_page(request, session, live, held)


def captions_fragment(request: Request, session: Session, language: str) -> HttpResponse:
    """Give the last lines in this language; 204 where the page has them (`?have=`)."""
    if language not in {*session.edition.languages, EVERY}:
        raise Http404
    live = class_of(session)
    if request.GET.get("have") == str(live.captioned_seq):
        return HttpResponse(status=204)
    shown = captions_on_page(request, session, live, language)
    return render(request, "classroom/captions.html", {"captions": shown})


@dataclass(frozen=True)
class Captioner:
    """The form in which captions are written: its languages with their names, and the one chosen at first."""

    languages: tuple[tuple[str, str], ...]
    chosen: str
    state: str
    longest: int = LONGEST_CAPTION
    write_id: UUID = field(default_factory=new_uuid)

    @property
    def is_open(self) -> bool:
        return self.state == ClassState.LIVE

    @property
    def key(self) -> str:
        """Give how it looks: the same key, the same look."""
        return ".".join([self.state, self.chosen, *(code for code, _ in self.languages)])


def captioner_of(request: Request, session: Session, live: LiveClass) -> Captioner:
    """Give her form: in the languages of her booth and the one she speaks into, else in the floor's.

    `?captioner=` names what she wrote in last, where her page loads anew with every line.
    """
    codes = caption_languages(session, request.actor.account_id)
    first = codes[0]
    if codes == tuple(session.edition.languages):
        first = floor_language(live, codes)
    wanted = request.GET.get("captioner", "")
    return Captioner(
        tuple((code, str(Language(code).label)) for code in codes),
        wanted if wanted in codes else first,
        live.state,
    )
