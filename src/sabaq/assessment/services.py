"""Sitting a test: begin, save answers as given, hand in."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.db.models import BigIntegerField

from sabaq.assessment.enums import Phase
from sabaq.assessment.errors import AttemptHandedIn, UnknownItem, UnknownOption
from sabaq.assessment.models import Answer, Attempt
from sabaq.assessment.queries import answers_of, attempt_of, test_of
from sabaq.assessment.rules import score, seed_of
from sabaq.courses.packs import Test
from sabaq.enrolment.models import Enrolment
from sabaq.kernel.audit import Signatory, record
from sabaq.kernel.statements import Given, Statement

_ATTEMPT = Given("attempt", BigIntegerField())
_LOCKED = Statement(
    lambda: (
        Attempt.objects.select_related("version")
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
    """Give the participant's one attempt at a test in this phase, begun now unless it was before, or raise `UnknownTest`.

    It keeps the course version it began with, whatever the edition moves to later.
    """
    version = enrolment.edition.version
    attempt = attempt_of(enrolment, test_key, phase)
    if attempt is not None:
        return attempt
    test = test_of(version, test_key)
    attempt, is_new = Attempt.objects.get_or_create(
        enrolment=enrolment,
        test=test_key,
        phase=phase,
        defaults={
            "version": version,
            "seed": seed_of(enrolment.uuid, test_key, phase),
            "begun_at": at,
            "total": len(test.items),
        },
    )
    if is_new:
        record(attempt, "begun", by=by, at=at)
    return attempt


def save_answer(
    attempt: Attempt, item: str, option: str, *, by: Signatory | None, at: datetime
) -> Answer:
    """Save one answer as given, in place of an earlier one to the same item.

    Raises `UnknownItem`, `UnknownOption` or, once the test is handed in, `AttemptHandedIn`.
    """
    return save_answers(attempt, {item: option}, by=by, at=at)[item]


@transaction.atomic
def save_answers(
    attempt: Attempt, given: Mapping[str, str], *, by: Signatory | None, at: datetime
) -> dict[str, Answer]:
    """Save several answers (item to option) as given, all or none; one that says nothing new keeps its time.

    Raises what `save_answer` raises. No audit line per answer: the row itself says what and when.
    """
    # Lock first: an answer and the hand-in of the same attempt must not overtake each other.
    locked = _locked(attempt)
    if locked.handed_in_at is not None:
        raise AttemptHandedIn
    test = test_of(locked.version, locked.test)
    for item, option in given.items():
        _refuse_foreign(test, item, option)
    saved = {one.item: one for one in _ANSWERS.rows(attempt=locked.pk)}
    return {item: _put(locked, saved.get(item), item, option, at) for item, option in given.items()}


def _put(attempt: Attempt, saved: Answer | None, item: str, option: str, at: datetime) -> Answer:
    if saved is None:
        return Answer.objects.create(attempt=attempt, item=item, option=option, answered_at=at)
    if saved.option != option:
        saved.option, saved.answered_at = option, at
        saved.save(update_fields=["option", "answered_at"])
    return saved


@transaction.atomic
def hand_in(attempt: Attempt, *, by: Signatory | None, at: datetime) -> Attempt:
    """Close the attempt and count what is correct; a second time changes nothing. Gaps are allowed."""
    locked = _locked(attempt)
    if locked.handed_in_at is not None:
        return locked
    test = test_of(locked.version, locked.test)
    locked.handed_in_at = at
    locked.correct = score({item.key: item.correct for item in test.items}, answers_of(locked))
    locked.total = len(test.items)
    locked.save(update_fields=["handed_in_at", "correct", "total"])
    # The count of correct answers is personal: the trail names the columns, never their values.
    record(locked, "handed in", by=by, at=at, changed=["handed_in_at", "correct", "total"])
    return locked


def _locked(attempt: Attempt) -> Attempt:
    (locked,) = _LOCKED.rows(attempt=attempt.pk)
    return locked


def _refuse_foreign(test: Test, item_key: str, option_key: str) -> None:
    item = test.item(item_key)
    if item is None:
        raise UnknownItem
    if item.option(option_key) is None:
        raise UnknownOption
