"""A test: all items on one page, every answer saved as given, then handed in.

Keys and explanations never reach the browser: the same items may be asked again after the course.
"""

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST

from sabaq.assessment.enums import Phase
from sabaq.assessment.models import Attempt
from sabaq.assessment.queries import answers_of, attempt_of, test_of
from sabaq.assessment.rules import order_of, seed_of
from sabaq.assessment.services import begin_attempt, hand_in, save_answer, save_answers
from sabaq.courses.packs import Item, Option, Test
from sabaq.enrolment.models import Enrolment
from sabaq.kernel import clock
from sabaq.kernel.errors import DomainError
from sabaq.kernel.writes import once
from sabaq.web.requests import Request, enrolment_of, participants_only, write_id_of

# Sets the answers of a form apart from its other fields.
PREFIX = "a-"


@dataclass(frozen=True)
class Row:
    """One item as this person sees it."""

    item: Item
    options: tuple[Option, ...]
    chosen: str

    @property
    def name(self) -> str:
        return PREFIX + self.item.key


@participants_only
@require_http_methods(["GET", "HEAD", "POST"])
def test(request: Request, key: str) -> HttpResponse:
    """Show the test with what is saved, or that it is handed in; a form sent here saves what it holds.

    Sending that form twice saves the same again, so it needs no write id.
    """
    enrolment, now = enrolment_of(request), clock.now()
    attempt = attempt_of(enrolment, key, Phase.BEFORE)
    if request.method == "POST":
        save_answers(
            attempt or begin_attempt(enrolment, key, by=request.actor, at=now),
            _given(request),
            by=request.actor,
            at=now,
        )
        messages.success(request, gettext("Your answers are saved. Hand in when you are ready."))
        return redirect("learner:test", key=key)
    shown = test_of(attempt.version if attempt else enrolment.edition.version, key)
    about = {
        "edition": enrolment.edition,
        "test": shown,
        "attempt": attempt,
        "box": _box(enrolment, key),
    }
    if attempt is not None and attempt.handed_in_at is not None:
        return render(request, "learner/test_handed_in.html", about)
    seed = attempt.seed if attempt else seed_of(enrolment.uuid, key)
    saved = answers_of(attempt) if attempt else {}
    return render(request, "learner/test.html", {**about, "rows": rows_of(shown, seed, saved)})


@participants_only
@require_POST
def answer(request: Request, key: str) -> HttpResponse:
    """Save one answer, exactly once for its write id; the answer has no body. Errors are one line of text."""
    enrolment, now = enrolment_of(request), clock.now()
    item, option = request.POST.get("item", ""), request.POST.get("option", "")

    def act() -> dict[str, str]:
        attempt = begin_attempt(enrolment, key, by=request.actor, at=now)
        save_answer(attempt, item, option, by=request.actor, at=now)
        return {}

    body = {"act": "answer", "test": key, "item": item, "option": option}
    try:
        once(request.actor.key, write_id_of(request), body, act, at=now)
    except DomainError as error:
        return HttpResponse(
            str(error), status=error.status, content_type="text/plain; charset=utf-8"
        )
    return HttpResponse(status=204)


@participants_only
@require_POST
def hand_in_test(request: Request, key: str) -> HttpResponse:
    """Save what the form holds and hand in; with questions left open, ask first. Twice changes nothing."""
    enrolment, now = enrolment_of(request), clock.now()
    attempt = begin_attempt(enrolment, key, by=request.actor, at=now)
    given = _given(request)
    if attempt.handed_in_at is not None:
        _tell_if_too_late(request, attempt, given)
        return redirect("learner:test", key=key)
    save_answers(attempt, given, by=request.actor, at=now)
    if "confirmed" not in request.POST:
        shown, saved = test_of(attempt.version, key), answers_of(attempt)
        missing = [
            row for row in _numbered(rows_of(shown, attempt.seed, saved)) if not row[1].chosen
        ]
        if missing:
            about = {"edition": enrolment.edition, "test": shown, "missing": missing}
            return render(request, "learner/test_gaps.html", about)
    hand_in(attempt, by=request.actor, at=now)
    return redirect("learner:test", key=key)


def _tell_if_too_late(request: Request, attempt: Attempt, given: dict[str, str]) -> None:
    saved = answers_of(attempt)
    if any(saved.get(item) != option for item, option in given.items()):
        late = gettext("The test had been handed in before. Answers sent after that do not count.")
        messages.warning(request, late)


def rows_of(test: Test, seed: int, saved: dict[str, str]) -> list[Row]:
    """Give the items and their options in the order that belongs to `seed`, with what is saved."""
    return [
        Row(item, order_of(item.options, seed, within=item.key), saved.get(item.key, ""))
        for item in order_of(test.items, seed)
    ]


def _numbered(rows: list[Row]) -> list[tuple[int, Row]]:
    return list(enumerate(rows, start=1))


def _given(request: HttpRequest) -> dict[str, str]:
    return {
        name.removeprefix(PREFIX): str(value)
        for name, value in request.POST.items()
        if name.startswith(PREFIX)
    }


def _box(enrolment: Enrolment, key: str) -> str:
    """Name the outbox on the device; two participants who share a phone must not share it."""
    return f"sabaq-outbox:{enrolment.uuid.hex}:{key}"
