"""The time of a test: letting it stay open longer, and handing in what nobody handed in."""

from datetime import datetime
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import QuerySet
from django.utils.formats import date_format

from sabaq.assessment.enums import Phase
from sabaq.assessment.errors import NothingToExtend, NotLater, ReasonMissing
from sabaq.assessment.models import Attempt
from sabaq.assessment.queries import test_of
from sabaq.assessment.queries.windows import window_for_all, window_of
from sabaq.assessment.rules import Window
from sabaq.assessment.services import hand_in
from sabaq.courses.models import Edition
from sabaq.enrolment.models import Enrolment
from sabaq.kernel.audit import Signatory, record


@transaction.atomic
def extend_for_all(
    edition: Edition,
    test: str,
    phase: Phase,
    *,
    until: datetime,
    reason: str,
    by: Signatory | None,
    at: datetime,
) -> Edition:
    """Let a test stay open for everybody until a later moment; what the clock had handed in is open again.

    Raises `UnknownTest`, `ReasonMissing`, `NotLater` or `NothingToExtend`.
    """
    edition = Edition.objects.select_for_update(of=("self",)).get(pk=edition.pk)
    test_of(edition.version, test)
    _refuse(window_for_all(edition, test, phase), edition, until, reason, at=at)
    edition.tests_extended = _with(edition.tests_extended, test, phase, until)
    edition.save(update_fields=["tests_extended"])
    record(
        edition,
        _verb(phase),
        by=by,
        at=at,
        changed=["tests_extended"],
        reason=reason.strip(),
    )
    _reopen(Attempt.objects.filter(enrolment__edition=edition), test, phase, by=by, at=at)
    return edition


@transaction.atomic
def extend_for_one(
    enrolment: Enrolment,
    test: str,
    phase: Phase,
    *,
    until: datetime,
    reason: str,
    by: Signatory | None,
    at: datetime,
) -> Enrolment:
    """Let a test stay open for one participant until a later moment; raises what `extend_for_all` raises."""
    locked = Enrolment.objects.select_for_update(of=("self",)).select_related("edition__version")
    enrolment = locked.get(pk=enrolment.pk)
    test_of(enrolment.edition.version, test)
    _refuse(window_of(enrolment, test, phase), enrolment.edition, until, reason, at=at)
    enrolment.tests_extended = _with(enrolment.tests_extended, test, phase, until)
    enrolment.save(update_fields=["tests_extended"])
    record(
        enrolment,
        _verb(phase),
        by=by,
        at=at,
        changed=["tests_extended"],
        reason=reason.strip(),
    )
    _reopen(Attempt.objects.filter(enrolment=enrolment), test, phase, by=by, at=at)
    return enrolment


def hand_in_what_lapsed(*, at: datetime) -> int:
    """Hand in, as it stands, every attempt whose time is over; give their number. May run as often as it likes."""
    waiting = Attempt.objects.filter(handed_in_at=None).select_related("enrolment__edition")
    handed_in = 0
    for attempt in list(waiting.order_by("id")):
        window = window_of(attempt.enrolment, attempt.test, Phase(attempt.phase))
        if window.is_over(at):
            hand_in(attempt, by=None, at=at)
            handed_in += 1
    return handed_in


def _refuse(
    window: Window, edition: Edition, until: datetime, reason: str, *, at: datetime
) -> None:
    if not reason.strip():
        raise ReasonMissing
    if window.closes_at is None:
        raise NothingToExtend
    if until <= max(at, window.closes_at):
        here = window.closes_at.astimezone(ZoneInfo(edition.zone))
        raise NotLater(closes=date_format(here, "j E Y, H:i"))


def _reopen(
    attempts: QuerySet[Attempt], test: str, phase: Phase, *, by: Signatory | None, at: datetime
) -> None:
    for attempt in attempts.select_for_update().filter(test=test, phase=phase, lapsed=True):
        attempt.handed_in_at, attempt.correct, attempt.lapsed = None, None, False
        columns = ["handed_in_at", "correct", "lapsed"]
        attempt.save(update_fields=columns)
        record(attempt, "opened again", by=by, at=at, changed=columns)


def _with(
    given: dict[str, dict[str, str]], test: str, phase: Phase, until: datetime
) -> dict[str, dict[str, str]]:
    return {**given, test: {**given.get(test, {}), phase.value: until.isoformat()}}


def _verb(phase: Phase) -> str:
    return f"test extended, {phase.value}"
