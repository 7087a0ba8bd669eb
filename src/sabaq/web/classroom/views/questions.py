"""Asking a question, saying "me too", taking a question back, and putting one into another language."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.crypto import salted_hmac
from django.views.decorators.http import require_http_methods, require_POST

from sabaq.classroom.models import Question
from sabaq.classroom.models.questions import LONGEST_QUESTION
from sabaq.classroom.queries.questions import questions_for_class, questions_of
from sabaq.classroom.services.questions import (
    Asker,
    ask_question,
    support_question,
    take_back_question,
    translate_question,
)
from sabaq.courses.models import Session
from sabaq.kernel import clock
from sabaq.kernel.errors import DomainError
from sabaq.kernel.writes import once
from sabaq.people.enums import CLASS_ROLES
from sabaq.web.classroom.asked import (
    ask_fields,
    asked_here,
    languages_of,
    remember_asked,
)
from sabaq.web.classroom.views.door import (
    TEACHING_ROLES,
    done,
    in_a_word,
    is_quick,
    refused,
    session_for,
)
from sabaq.web.requests import Request, found, staff_only, write_id_of


@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: Request, session: object) -> HttpResponse:
    """Take a participant's question, exactly once per write id; refused, it comes back with what she wrote.

    Its own page is for browsers without script, whose class page reloads itself under her hands.
    """
    found_session, actor, at = session_for(request, session), request.actor, clock.now()
    if actor.enrolment_id is None:
        raise Http404
    if request.method != "POST":
        return _ask_page(request, found_session)
    here = asked_here(request, actor, at=at)
    text, language = request.POST.get("text", ""), request.POST.get("language", "")
    asker = Asker(actor.enrolment_id, is_named=bool(request.POST.get("named")), on_this_device=here)

    def act() -> dict[str, Any]:
        asked = ask_question(found_session, text, language=language, asker=asker, by=actor, at=at)
        return {"question": str(asked.uuid)}

    # The receipt stands under the class and not under her, and holds a keyed digest of what she wrote:
    # whoever reads the database learns neither who asked, nor what stood in a question that was removed.
    said = f"{text}|{language}|{asker.is_named}"
    body = {"said": salted_hmac("sabaq.question", said, algorithm="sha256").hexdigest()}
    try:
        answer, _ = once(f"class:{found_session.uuid.hex}", write_id_of(request), body, act, at=at)
    except DomainError as error:
        if is_quick(request):
            return in_a_word(error)
        return _ask_page(request, found_session, error)
    response = done(request, found_session)
    asked = UUID(answer["question"])
    remember_asked(response, [*(one for one in here if one != asked), asked], actor, at=at)
    return response


def _ask_page(request: Request, session: Session, error: DomainError | None = None) -> HttpResponse:
    context = {
        "session": session,
        "error": error,
        "most": LONGEST_QUESTION,
        "asked": {
            **ask_fields(session, request.POST.get("language", request.LANGUAGE_CODE)),
            "text": request.POST.get("text", ""),
            "named": request.POST.get("named", ""),
        },
    }
    return render(request, "classroom/ask.html", context, status=error.status if error else 200)


@require_POST
def support(request: Request, session: object, question: object) -> HttpResponse:
    """Say "me too", or take it back (`wanted` is empty)."""
    found_session, enrolment_id = session_for(request, session), request.actor.enrolment_id
    if enrolment_id is None:
        raise Http404
    released = Question.objects.filter(session=found_session, released_at__isnull=False)
    asked = found(released.select_related("session", "merged_into__session"), uuid=question)
    # It may have gone into another while her page still showed it.
    asked = asked.merged_into or asked
    wanted, at = bool(request.POST.get("wanted")), clock.now()
    try:
        support_question(asked, enrolment_id=enrolment_id, is_wanted=wanted, at=at)
    except DomainError as error:
        return refused(request, error)
    return done(request, found_session)


@require_POST
def take_back(request: Request, session: object, question: object) -> HttpResponse:
    """Erase her own question while it is unanswered."""
    found_session, actor, at = session_for(request, session), request.actor, clock.now()
    if actor.enrolment_id is None:
        raise Http404
    asked = found(Question.objects.filter(session=found_session), uuid=question)
    here = asked_here(request, actor, at=at)
    try:
        take_back_question(asked, enrolment_id=actor.enrolment_id, on_this_device=here, at=at)
    except DomainError as error:
        return refused(request, error)
    return done(request, found_session)


@staff_only
@require_http_methods(["GET", "HEAD", "POST"])
def translate(request: Request, session: object, question: object) -> HttpResponse:
    """Let staff put a question into another language: who leads the class any, an interpreter those released."""
    found_session, actor = session_for(request, session), request.actor
    edition_id = found_session.edition_id
    if not actor.has_role(*CLASS_ROLES, edition_id=edition_id):
        raise Http404
    leads = actor.has_role(*TEACHING_ROLES, edition_id=edition_id)
    door = questions_of(found_session) if leads else questions_for_class(found_session)
    asked, error = found(door, uuid=question), None
    language = request.POST.get("language") or request.GET.get("language", "")
    stands = {one.language: one.text for one in asked.translations.all()}
    if request.method == "POST":
        text, seen = request.POST.get("text", ""), request.POST.get("seen", "")
        try:
            translate_question(asked, language, text, seen=seen, by=actor, at=clock.now())
        except DomainError as refused:
            error = refused
        else:
            way = "trainer:console" if leads else "classroom:room"
            return redirect(way, found_session.uuid)
    others = [pair for pair in languages_of(found_session) if pair[0] != asked.language]
    language = language or next((code for code, _ in others if code not in stands), "")
    language = language or next((code for code, _ in others), "")
    context = {
        "session": found_session,
        "question": asked,
        "languages": others,
        "language": language,
        "stands": stands.get(language, ""),
        "text": request.POST.get("text", "") if error else stands.get(language, ""),
        "error": error,
        "most": LONGEST_QUESTION,
        "leads": leads,
    }
    status = error.status if error else 200
    return render(request, "classroom/translate_question.html", context, status=status)
