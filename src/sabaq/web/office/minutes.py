"""The minutes of a class as a page, and its log as JSON Lines."""

from typing import Any, cast

from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_safe

from sabaq.classroom.models import Caption, Question
from sabaq.classroom.queries.captions import captions_of
from sabaq.classroom.queries.minutes import Minutes, log_lines, minutes_of_class
from sabaq.classroom.queries.running import class_of, timetable_with_classes
from sabaq.classroom.rules.captions import webvtt
from sabaq.courses.enums import SessionKind
from sabaq.courses.models import Session
from sabaq.courses.queries import editions_for
from sabaq.people.enums import Language, Role
from sabaq.web.classroom.asked import shown_question, translation_of
from sabaq.web.requests import Request, found, staff_only

READERS = (Role.ORGANISER, Role.TRAINER, Role.HOST)
_REMOVED = {
    "question": pgettext_lazy("minutes", "A question was removed."),
    "announcement": pgettext_lazy("minutes", "An announcement was removed."),
    "caption": pgettext_lazy("minutes", "A line of the captions was removed."),
    "poll": pgettext_lazy("minutes", "A poll was removed."),
}
_REMOVED_OTHER = pgettext_lazy("minutes", "A text was removed.")


@staff_only
@require_safe
def classes(request: Request, slug: str) -> HttpResponse:
    """List the classes of an edition, each with the way to its minutes."""
    edition = found(editions_for(request.actor, *READERS), slug=slug)
    sessions = timetable_with_classes(edition).exclude(kind=SessionKind.BREAK)
    return render(
        request,
        "office/classes.html",
        {
            "edition": edition,
            "sessions": sessions,
            "may_export": request.actor.has_role(Role.ORGANISER, edition_id=edition.pk),
        },
    )


@staff_only
@require_safe
def minutes(request: Request, slug: str, session: object) -> HttpResponse:
    """Show what was shown, asked, answered and announced in one class."""
    held = _session_for(request, slug, session, *READERS)
    kept = minutes_of_class(held)
    return render(
        request,
        "office/minutes.html",
        {
            "edition": held.edition,
            "session": held,
            "minutes": kept,
            "captions": _captions(kept),
            "questions": _questions(kept, request.LANGUAGE_CODE),
            "removed": [(at, _REMOVED.get(what, _REMOVED_OTHER)) for at, what in kept.removed],
            "may_export": request.actor.has_role(Role.ORGANISER, edition_id=held.edition_id),
        },
    )


@staff_only
@require_safe
def class_log(request: Request, slug: str, session: object) -> HttpResponse:
    """Give the organiser the log of one class as JSON Lines, sent as it is read."""
    held = _session_for(request, slug, session, Role.ORGANISER)
    response = StreamingHttpResponse(
        log_lines(held), content_type="application/x-ndjson; charset=utf-8"
    )
    name = f"{held.edition.slug}-{held.key}-log.jsonl"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    # A streaming answer is a sibling of HttpResponse; the decorators only hand it on.
    return cast("HttpResponse", response)


@staff_only
@require_safe
def captions(request: Request, slug: str, session: object, language: str) -> HttpResponse:
    """Give the captions of one class in one language as WebVTT, in step with its beginning; 404 where there are none."""
    held = _session_for(request, slug, session, *READERS)
    live, lines = class_of(held), list(captions_of(held).filter(language=language))
    if not lines:
        raise Http404
    begun = live.started_at or held.starts_at
    cues = [(line.said_at - begun, line.text) for line in lines]
    response = HttpResponse(webvtt(cues), content_type="text/vtt; charset=utf-8")
    name = f"{held.edition.slug}-{held.key}-captions.{language}.vtt"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _session_for(request: Request, slug: str, uuid: object, *roles: Role) -> Session:
    edition = found(editions_for(request.actor, *roles), slug=slug)
    sessions = Session.objects.filter(edition=edition).select_related("edition__version")
    return found(sessions, uuid=uuid)


def _captions(kept: Minutes) -> list[tuple[str, str, list[Caption]]]:
    """Give code, name and lines of each language that captions were written in."""
    lines: dict[str, list[Caption]] = {}
    for line in kept.texts.captions.values():
        lines.setdefault(line.language, []).append(line)
    return [(code, str(Language(code).label), lines[code]) for code in sorted(lines)]


def _questions(kept: Minutes, language: str) -> list[dict[str, Any]]:
    """Give the questions in the reader's language; those that went into another stand under it."""
    asked = kept.texts.questions.values()
    joined: dict[int, list[Any]] = {}
    for question in asked:
        if question.merged_into_id is not None:
            joined.setdefault(question.merged_into_id, []).append(_row(question, language))
    return [
        {**_row(question, language), "joined": joined.get(question.pk, [])}
        for question in asked
        if question.merged_into_id is None
    ]


def _row(question: Question, language: str) -> dict[str, Any]:
    who = str(question.asker.person) if question.asker else ""
    return {
        "asked_at": question.asked_at,
        "answered_at": question.answered_at,
        "supporters": question.supporters,
        "shown": shown_question(
            question, language, translated=translation_of(question, language), who=who
        ),
    }
