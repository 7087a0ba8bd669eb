"""The voice of a class as its pages show it. Where this server has no engine there is nothing of it."""

from typing import Any

from django.http import HttpResponse

from sabaq.classroom.enums import ClassState
from sabaq.classroom.models import LiveClass
from sabaq.classroom.ports import MediaEngine
from sabaq.classroom.queries.floor import floor_language
from sabaq.courses.models import Session
from sabaq.kernel.ports import is_provided
from sabaq.people.enums import Language
from sabaq.web.middleware.headers import PERMISSIONS, POLICY
from sabaq.web.requests import Request


def voice_of(session: Session, live: LiveClass) -> dict[str, Any]:
    """Give what the templates of voice need; nothing where there is no voice, or no longer."""
    if live.state == ClassState.ENDED or not is_provided(MediaEngine):
        return {}
    languages = tuple(session.edition.languages)
    return {
        "has_voice": True,
        "sound_at": f"/live/{session.uuid}/sound",
        "voice_languages": [(code, Language(code).label) for code in languages],
        "floor_language": floor_language(live, languages),
        "has_booths": len(languages) > 1,
    }


def let_speak(request: Request, response: HttpResponse, voice: dict[str, Any]) -> HttpResponse:
    """Let the page ask for the microphone, play sound, and ask for its voice line by name: older browsers need that."""
    if voice:
        line = f"{'wss' if request.is_secure() else 'ws'}://{request.get_host()}"
        policy = POLICY.replace(
            "connect-src 'self'", f"connect-src 'self' {line}; media-src 'self'"
        )
        response.headers["Content-Security-Policy"] = policy
        response.headers["Permissions-Policy"] = PERMISSIONS.replace(
            "microphone=()", "microphone=(self)"
        )
    return response
