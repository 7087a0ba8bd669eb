"""Questions as a reader of the class page sees them, and what her device remembers of those it asked.

A question without a name has no asker on the server, so the device keeps which ones it asked: in a signed
cookie, good for whoever is signed in and for nobody after her.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from sabaq.classroom.models import LiveClass, Question
from sabaq.classroom.queries.questions import questions_seen_by
from sabaq.classroom.services.questions import takes_questions
from sabaq.courses.models import Session
from sabaq.kernel import tokens
from sabaq.kernel.errors import DomainError
from sabaq.kernel.i18n import Text, text_in
from sabaq.kernel.ids import digest, new_uuid
from sabaq.people.actors import Actor
from sabaq.people.enums import CLASS_ROLES, Language
from sabaq.web.requests import Request

COOKIE = "sabaq_asked"
_PURPOSE = "asked"
_KEPT_FOR = timedelta(days=3)
_AT_MOST = 40


@dataclass(frozen=True)
class ShownQuestion:
    """A question in a reader's language; `who` is empty where she may not see it, or nobody is kept."""

    uuid: UUID
    text: Text
    is_translation: bool
    who: str
    supporters: int
    is_answered: bool
    is_released: bool
    is_merged: bool
    is_own: bool = False
    is_supported: bool = False


def translation_of(question: Question, language: str) -> str | None:
    """Give the question's text in `language`; its translations are best prefetched."""
    return next((o.text for o in question.translations.all() if o.language == language), None)


def shown_question(
    question: Question, language: str, *, translated: str | None, who: str = ""
) -> ShownQuestion:
    """Give the question as `translated` into `language`, else as it was asked, marked as such."""
    if translated is not None:
        text = Text(translated, language, is_fallback=False)
    else:
        text = text_in({question.language: question.text}, language)
    return ShownQuestion(
        uuid=question.uuid,
        text=text,
        is_translation=translated is not None,
        who=who,
        supporters=question.told,
        is_answered=question.answered_at is not None,
        is_released=question.released_at is not None,
        is_merged=question.merged_into_id is not None,
    )


def asked_here(request: HttpRequest, actor: Actor, *, at: datetime) -> list[UUID]:
    """Give the questions that this person asked from this device, the latest last."""
    try:
        body = tokens.read(request.COOKIES.get(COOKIE, ""), purpose=_PURPOSE, at=at)
        if body["by"] != actor.key:
            return []
        return [UUID(hex=one) for one in body["asked"]]
    except (DomainError, KeyError, TypeError, ValueError):
        return []


def remember_asked(
    response: HttpResponse, asked: Iterable[UUID], actor: Actor, *, at: datetime
) -> None:
    """Let the device keep what it asked."""
    kept = [one.hex for one in asked][-_AT_MOST:]
    body: dict[str, Any] = {"by": actor.key, "asked": kept}
    response.set_cookie(
        COOKIE,
        tokens.sign(body, purpose=_PURPOSE, at=at, valid_for=_KEPT_FOR),
        max_age=_KEPT_FOR,
        httponly=True,
        samesite="Lax",
        secure=settings.TLS,
    )


def questions_on_page(
    request: Request, session: Session, live: LiveClass, *, at: datetime
) -> dict[str, Any]:
    """Give what the parts `ask` and `questions` of the class page show to this reader, in a few queries."""
    actor, language, edition = request.actor, request.LANGUAGE_CODE, session.edition
    enrolment_id = actor.enrolment_id
    here = asked_here(request, actor, at=at) if enrolment_id else []
    shown: list[ShownQuestion] = []
    waiting: list[ShownQuestion] = []
    seen: list[Any] = list(questions_seen_by(session, enrolment_id, here, language=language))
    for question in seen:
        is_own = question.uuid in here or question.asker_id == (enrolment_id or 0)
        is_public = question.released_at is not None and question.merged_into_id is None
        who = _named(question) if is_public and edition.is_named else ""
        one = replace(
            shown_question(question, language, translated=question.translated, who=who),
            is_own=is_own,
            is_supported=question.is_supported,
        )
        (shown if is_public else waiting).append(one)
    may_ask = enrolment_id is not None and takes_questions(live, session, at)
    return {
        "asked": {
            "open": sorted((q for q in shown if not q.is_answered), key=lambda q: -q.supporters),
            "answered": [q for q in shown if q.is_answered],
            "waiting": waiting,
            "may_ask": may_ask,
            "may_translate": actor.has_role(*CLASS_ROLES, edition_id=edition.pk),
            "key": digest(repr((shown, waiting, may_ask, str(live.state))).encode())[:12],
            # It changes when this device has asked: only then does the page empty the field.
            "ask_key": f"{'open' if may_ask else 'shut'}-{here[-1].hex[-8:] if here else 'first'}",
            **ask_fields(session, language if language in edition.languages else actor.language),
        }
    }


def ask_fields(session: Session, language: str) -> dict[str, Any]:
    """Give what the fields of a new question need."""
    return {
        "is_named": session.edition.is_named,
        "languages": languages_of(session),
        "language": language,
        "write_id": new_uuid(),
    }


def languages_of(session: Session) -> list[tuple[str, str]]:
    """Give the languages of the course, each by its own name."""
    return [(code, Language(code).label) for code in session.edition.languages]


def _named(question: Question) -> str:
    return str(question.asker.person) if question.asker else ""
