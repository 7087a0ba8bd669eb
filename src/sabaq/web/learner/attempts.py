"""A test: all items on one page, every answer saved as given, then handed in.

Keys and explanations reach no browser before the test after the course is closed for everybody: the same
items are asked twice.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_http_methods, require_POST

from sabaq.assessment.enums import Phase
from sabaq.assessment.models import Attempt
from sabaq.assessment.queries import answers_of, attempt_of, sheet_of, test_of
from sabaq.assessment.queries.windows import are_keys_open, asks_forms, window_of
from sabaq.assessment.rules import order_of, seed_of
from sabaq.assessment.services import begin_attempt, hand_in, save_answer, save_answers
from sabaq.courses.packs import Item, Option
from sabaq.credentials.queries import design_of
from sabaq.enrolment.models import Enrolment
from sabaq.kernel import clock
from sabaq.kernel.errors import DomainError
from sabaq.kernel.i18n import text_in
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

    @property
    def is_right(self) -> bool:
        return self.chosen == self.item.correct


@participants_only
@require_http_methods(["GET", "HEAD", "POST"])
def test(request: Request, key: str, phase: Phase) -> HttpResponse:
    """Show the test with what is saved, or how it stands; a form sent here begins it and saves what it holds.

    Sending that form twice saves the same again, so it needs no write id.
    """
    enrolment, now = enrolment_of(request), clock.now()
    attempt = attempt_of(enrolment, key, phase)
    if request.method == "POST":
        return _take_form(request, enrolment, key, phase, attempt, at=now)
    version = attempt.version if attempt else enrolment.edition.version
    shown, window = test_of(version, key), window_of(enrolment, key, phase)
    about = {
        "edition": enrolment.edition,
        "test": shown,
        "phase": phase.value,
        "attempt": attempt,
        "window": window,
        "reader_zone": request.actor.zone,
        "box": _box(enrolment, key, phase),
    }
    if attempt is not None and (attempt.handed_in_at is not None or window.is_over(now)):
        return _show_result(request, attempt, about, at=now)
    if window.is_early(now) or (attempt is None and not window.is_open(now)):
        asks_for = phase is Phase.AFTER and design_of(enrolment.edition).completion_test == key
        about |= {"early": window.is_early(now), "for_certificate": asks_for}
        return render(request, "learner/test_shut.html", about)
    if attempt is None and asks_forms(enrolment.edition, key):
        # Which form is hers is settled when she begins, and looking begins nothing.
        return render(request, "learner/test_begin.html", about)
    seed = attempt.seed if attempt else seed_of(enrolment.uuid, key, phase)
    saved = answers_of(attempt) if attempt else {}
    rows = rows_of(sheet_of(attempt) if attempt else shown.items, seed, saved)
    return render(request, "learner/test.html", {**about, "rows": rows, "seen": _seen(saved)})


def _take_form(
    request: Request,
    enrolment: Enrolment,
    key: str,
    phase: Phase,
    attempt: Attempt | None,
    *,
    at: datetime,
) -> HttpResponse:
    given = _given(request)
    try:
        begun = attempt or begin_attempt(enrolment, key, phase=phase, by=request.actor, at=at)
        if given:
            _save_sheet(request, begun, given, at=at)
            words = gettext("Your answers are saved. Hand in when you are ready.")
            messages.success(request, words)
    except DomainError as error:
        if error.status != 409:
            raise
        messages.warning(request, str(error))
    return redirect("learner:test", key=key, phase=phase)


def _show_result(
    request: Request, attempt: Attempt, about: dict[str, Any], *, at: datetime
) -> HttpResponse:
    """Say how the test stands; with the keys once nobody of the edition can sit it any more."""
    rows: list[Row] = []
    if are_keys_open(attempt.enrolment.edition, attempt.test, at=at):
        rows = rows_of(sheet_of(attempt), attempt.seed, answers_of(attempt))
    return render(request, "learner/test_handed_in.html", {**about, "rows": rows})


@participants_only
@require_POST
def answer(request: Request, key: str, phase: Phase) -> HttpResponse:
    """Save one answer, exactly once for its write id. Without a body unless there is something to tell.

    What there is to tell, of errors too, is one line of text for the person who answered.
    """
    enrolment, now = enrolment_of(request), clock.now()
    item, option = request.POST.get("item", ""), request.POST.get("option", "")
    was = request.POST.get("was")

    def act() -> dict[str, Any]:
        attempt = begin_attempt(enrolment, key, phase=phase, by=request.actor, at=now)
        seen = None if was is None else {item: was}
        saved = save_answer(attempt, item, option, seen=seen, by=request.actor, at=now)
        return {"replaced": saved.replaced[item]} if saved.replaced else {}

    body = {"act": "answer", "test": key, "item": item, "option": option}
    if phase is not Phase.BEFORE:
        body["phase"] = phase.value
    try:
        told, _is_replay = once(request.actor.key, write_id_of(request), body, act, at=now)
    except DomainError as error:
        return _line(str(error), status=error.status)
    if "replaced" not in told:
        return HttpResponse(status=204)
    return _line(_replaced(enrolment, key, item, told["replaced"], request.LANGUAGE_CODE))


def _line(words: str, *, status: int = 200) -> HttpResponse:
    return HttpResponse(words, status=status, content_type="text/plain; charset=utf-8")


def _replaced(enrolment: Enrolment, key: str, item_key: str, option_key: str, language: str) -> str:
    pack_test = test_of(enrolment.edition.version, key)
    items = (item for sheet in (pack_test.items, *pack_test.forms.values()) for item in sheet)
    item = next((one for one in items if one.key == item_key), None)
    option = item.option(option_key) if item else None
    other = text_in(option.text, language).text if option else option_key
    words = gettext(
        "Saved. On another device you had chosen “%(other)s”; this later answer counts."
    )
    return words % {"other": other}


@participants_only
@require_POST
def hand_in_test(request: Request, key: str, phase: Phase) -> HttpResponse:
    """Save what the form holds and hand in; with questions left open, ask first. Twice changes nothing."""
    enrolment, now = enrolment_of(request), clock.now()
    here = redirect("learner:test", key=key, phase=phase)
    try:
        attempt = begin_attempt(enrolment, key, phase=phase, by=request.actor, at=now)
        given = _given(request)
        if attempt.handed_in_at is not None:
            _tell_if_too_late(request, attempt, given)
            return here
        _save_sheet(request, attempt, given, at=now)
    except DomainError as error:
        if error.status != 409:
            raise
        messages.warning(request, str(error))
        return here
    if "confirmed" not in request.POST:
        rows = rows_of(sheet_of(attempt), attempt.seed, answers_of(attempt))
        missing = [row for row in enumerate(rows, start=1) if not row[1].chosen]
        if missing:
            about = {
                "edition": enrolment.edition,
                "test": test_of(attempt.version, key),
                "phase": phase.value,
                "missing": missing,
            }
            return render(request, "learner/test_gaps.html", about)
    hand_in(attempt, by=request.actor, at=now)
    return here


def _save_sheet(
    request: Request, attempt: Attempt, given: Mapping[str, str], *, at: datetime
) -> None:
    """Save what was chosen on this page, and tell what another device has answered since it was opened.

    What merely stood there when the page was opened is no answer of this device: it must not undo a later one.
    """
    seen = _parsed(request.POST["seen"]) if "seen" in request.POST else None
    fresh = {i: option for i, option in given.items() if seen is None or seen.get(i) != option}
    saved = save_answers(attempt, fresh, seen=seen, by=request.actor, at=at)
    now = answers_of(attempt)
    kept = [i for i, option in given.items() if i not in fresh and now.get(i, option) != option]
    if not (saved.replaced or kept):
        return
    rows = rows_of(sheet_of(attempt), attempt.seed, now)
    numbers = {row.item.key: number for number, row in enumerate(rows, start=1)}
    _tell_numbers(
        request, sorted(numbers[i] for i in saved.replaced), sorted(numbers[i] for i in kept)
    )


def _tell_numbers(request: Request, replaced: list[int], kept: list[int]) -> None:
    if replaced:
        words = ngettext(
            "You had answered question %(numbers)s on another device; the answer you sent last counts.",
            "You had answered questions %(numbers)s on another device; the answers you sent last count.",
            len(replaced),
        )
        messages.warning(request, words % {"numbers": ", ".join(map(str, replaced))})
    if kept:
        words = ngettext(
            "Question %(numbers)s was answered on another device after this page was opened; that answer counts.",
            "Questions %(numbers)s were answered on another device after this page was opened; those answers count.",
            len(kept),
        )
        messages.warning(request, words % {"numbers": ", ".join(map(str, kept))})


def _tell_if_too_late(request: Request, attempt: Attempt, given: Mapping[str, str]) -> None:
    saved = answers_of(attempt)
    if any(saved.get(item) != option for item, option in given.items()):
        late = gettext("The test had been handed in before. Answers sent after that do not count.")
        messages.warning(request, late)


def rows_of(items: tuple[Item, ...], seed: int, saved: Mapping[str, str]) -> list[Row]:
    """Give the items and their options in the order that belongs to `seed`, with what is saved."""
    return [
        Row(item, order_of(item.options, seed, within=item.key), saved.get(item.key, ""))
        for item in order_of(items, seed)
    ]


def _given(request: HttpRequest) -> dict[str, str]:
    return {
        name.removeprefix(PREFIX): str(value)
        for name, value in request.POST.items()
        if name.startswith(PREFIX)
    }


def _seen(saved: Mapping[str, str]) -> str:
    """Write what the page shows as saved into one hidden field: "item:option item:option"."""
    return " ".join(f"{item}:{option}" for item, option in saved.items())


def _parsed(seen: str) -> dict[str, str]:
    pairs = (pair.rpartition(":") for pair in seen.split())
    return {item: option for item, _colon, option in pairs if item}


def _box(enrolment: Enrolment, key: str, phase: Phase) -> str:
    """Name the outbox on the device; two participants who share a phone must not share it, nor two phases."""
    name = f"sabaq-outbox:{enrolment.uuid.hex}:{key}"
    return name if phase is Phase.BEFORE else f"{name}:{phase.value}"
