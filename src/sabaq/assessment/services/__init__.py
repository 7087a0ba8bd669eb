"""Sitting a test: begin, save answers as given, hand in. Its time: `assessment.services.windows`."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import BigIntegerField
from django.utils.formats import date_format

from sabaq.assessment.enums import Phase
from sabaq.assessment.errors import (
    AttemptHandedIn,
    NotYetOpen,
    TimeIsOver,
    UnknownItem,
    UnknownOption,
)
from sabaq.assessment.models import Answer, Attempt
from sabaq.assessment.queries import answers_of, attempt_of, forms_sat, sheet_of, test_of
from sabaq.assessment.queries.windows import asks_forms, window_of
from sabaq.assessment.rules import Window, balanced_form, score, seed_of
from sabaq.courses.models import Edition
from sabaq.courses.packs import Item
from sabaq.enrolment.models import Enrolment
from sabaq.kernel.audit import Signatory, record
from sabaq.kernel.statements import Given, Statement

_ATTEMPT = Given("attempt", BigIntegerField())
_LOCKED = Statement(
    lambda: (
        Attempt.objects.select_related("version", "enrolment__edition")
        .select_for_update(of=("self",))
        .filter(pk=_ATTEMPT)
    )
)
_ANSWERS = Statement(lambda: Answer.objects.filter(attempt=_ATTEMPT))


@transaction.atomic
def begin_attempt(
    enrolment: Enrolment,
    test_key: str,
    *,
    phase: Phase = Phase.BEFORE,
    by: Signatory | None,
    at: datetime,
) -> Attempt:
    """Give the participant's one attempt at a test in this phase, begun now unless it was before.

    It keeps the course version it began with, whatever the edition moves to later, and the form it was given.
    Raises `UnknownTest`, `NotYetOpen` or `TimeIsOver`.
    """
    version = enrolment.edition.version
    attempt = attempt_of(enrolment, test_key, phase)
    if attempt is not None:
        return attempt
    test = test_of(version, test_key)
    _refuse_outside(window_of(enrolment, test_key, phase), enrolment.edition, at=at)
    form = _form_for(enrolment, test_key, phase) if test.forms else ""
    attempt, is_new = Attempt.objects.get_or_create(
        enrolment=enrolment,
        test=test_key,
        phase=phase,
        defaults={
            "version": version,
            "seed": seed_of(enrolment.uuid, test_key, phase),
            "form": form,
            "begun_at": at,
            "total": len(test.sheet(form)),
        },
    )
    if is_new:
        record(attempt, "begun", by=by, at=at)
    return attempt


def _form_for(enrolment: Enrolment, test: str, phase: Phase) -> str:
    """Give the form of her sheet: the other one than she sat in the other phase, else the one that balances."""
    # Lock first: two who begin at once must not both join the same smaller side.
    edition = Edition.objects.select_for_update().get(pk=enrolment.edition_id)
    if not asks_forms(edition, test):
        return ""
    sat = forms_sat(edition, test)
    own = sat.pop(enrolment.pk, None)
    person = enrolment.person
    others = [((one.country, one.sex), one.first) for one in sat.values()]
    first = own.first if own else balanced_form((person.country, person.sex), others)
    return first if phase is Phase.BEFORE else first.other


@dataclass(frozen=True)
class Saved:
    """What became of the answers sent: each as it stands now, and which of them another device had given.

    `replaced` maps an item to what was saved in between, and is saved no more.
    """

    answers: Mapping[str, Answer]
    replaced: Mapping[str, str]


def save_answer(
    attempt: Attempt,
    item: str,
    option: str,
    *,
    seen: Mapping[str, str] | None = None,
    by: Signatory | None,
    at: datetime,
) -> Saved:
    """Save one answer as given, in place of an earlier one to the same item; raises what `save_answers` raises."""
    return save_answers(attempt, {item: option}, seen=seen, by=by, at=at)


@transaction.atomic
def save_answers(
    attempt: Attempt,
    given: Mapping[str, str],
    *,
    seen: Mapping[str, str] | None = None,
    by: Signatory | None,
    at: datetime,
) -> Saved:
    """Save several answers (item to option) as given, all or none; one that says nothing new keeps its time.

    Of two devices the answer that arrives last stands. `seen` is what the sending device knew to be saved;
    an answer that was saved past it, and now gives way, is named as `replaced`.
    Raises `UnknownItem`, `UnknownOption`, `AttemptHandedIn`, `NotYetOpen` or `TimeIsOver`.
    No audit line per answer: the row itself says what and when.
    """
    # Lock first: an answer and the hand-in of the same attempt must not overtake each other.
    locked = _locked(attempt)
    _refuse_outside(_window(locked), locked.enrolment.edition, at=at)
    if locked.handed_in_at is not None:
        raise AttemptHandedIn
    sheet = {item.key: item for item in sheet_of(locked)}
    for item, option in given.items():
        _refuse_foreign(sheet.get(item), option)
    saved = {one.item: one for one in _ANSWERS.rows(attempt=locked.pk)}
    known = {item: one.option for item, one in saved.items()}
    replaced = {
        item: known[item]
        for item, option in given.items()
        if seen is not None and known.get(item, option) not in {option, seen.get(item, "")}
    }
    answers = {
        item: _put(locked, saved.get(item), item, option, at) for item, option in given.items()
    }
    return Saved(answers, replaced)


def _put(attempt: Attempt, saved: Answer | None, item: str, option: str, at: datetime) -> Answer:
    if saved is None:
        return Answer.objects.create(attempt=attempt, item=item, option=option, answered_at=at)
    if saved.option != option:
        saved.option, saved.answered_at = option, at
        saved.save(update_fields=["option", "answered_at"])
    return saved


@transaction.atomic
def hand_in(attempt: Attempt, *, by: Signatory | None, at: datetime) -> Attempt:
    """Close the attempt and count what is correct; a second time changes nothing. Gaps are allowed.

    Once the time is over, the clock hands in what was saved, whoever asks: `lapsed` says so.
    """
    locked = _locked(attempt)
    if locked.handed_in_at is not None:
        return locked
    window, sheet = _window(locked), sheet_of(locked)
    locked.lapsed = window.is_over(at)
    locked.handed_in_at = at
    locked.correct = score({item.key: item.correct for item in sheet}, answers_of(locked))
    locked.total = len(sheet)
    columns = ["handed_in_at", "lapsed", "correct", "total"]
    locked.save(update_fields=columns)
    # The count of correct answers is personal: the trail names the columns, never their values.
    verb = "handed in as it stood" if locked.lapsed else "handed in"
    record(locked, verb, by=None if locked.lapsed else by, at=at, changed=columns)
    return locked


def _locked(attempt: Attempt) -> Attempt:
    (locked,) = _LOCKED.rows(attempt=attempt.pk)
    return locked


def _window(attempt: Attempt) -> Window:
    return window_of(attempt.enrolment, attempt.test, Phase(attempt.phase))


def _refuse_outside(window: Window, edition: Edition, *, at: datetime) -> None:
    if window.opens_at is not None and window.is_early(at):
        raise NotYetOpen(opens=_said(window.opens_at, edition))
    if window.closes_at is not None and window.is_over(at):
        raise TimeIsOver(closed=_said(window.closes_at, edition))


def _said(moment: datetime, edition: Edition) -> str:
    return str(date_format(moment.astimezone(ZoneInfo(edition.zone)), "j E Y, H:i"))


def _refuse_foreign(item: Item | None, option_key: str) -> None:
    if item is None:
        raise UnknownItem
    if item.option(option_key) is None:
        raise UnknownOption
