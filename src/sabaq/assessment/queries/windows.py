"""When a test is open: by the timetable, by the edition's file, and by what the office has extended."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.db.models import BigIntegerField

from sabaq.assessment.enums import Phase
from sabaq.assessment.rules import GRACE, Taught, Window, planned_window
from sabaq.courses.enums import SessionKind
from sabaq.courses.models import Edition, Session
from sabaq.enrolment.models import Enrolment
from sabaq.kernel.statements import Given, Statement

_TIMETABLE = Statement(
    lambda: (
        Session.objects.filter(edition=Given("edition", BigIntegerField()))
        .order_by("starts_at")
        .values_list("kind", "starts_at", "ends_at")
    )
)


def timetable_of(edition: Edition) -> list[Taught]:
    """Give the edition's sessions, as far as they say when tests are open."""
    return [
        Taught(SessionKind(kind), starts_at, ends_at)
        for kind, starts_at, ends_at in _TIMETABLE.rows(edition=edition.pk)
    ]


def window_of(
    enrolment: Enrolment, test: str, phase: Phase, *, timetable: Iterable[Taught] | None = None
) -> Window:
    """Give when a test is open for this participant; whoever knows the timetable spares a query."""
    window = window_for_all(enrolment.edition, test, phase, timetable=timetable)
    return _extended(window, enrolment.tests_extended, test, phase)


def window_for_all(
    edition: Edition, test: str, phase: Phase, *, timetable: Iterable[Taught] | None = None
) -> Window:
    """Give when a test is open for everybody of the edition."""
    stated = _stated(edition, test).get(phase.value, {})
    opens_at, closes_at = _moment(stated, "opens_at"), _moment(stated, "closes_at")
    planned = planned_window(phase, timetable_of(edition) if timetable is None else timetable)
    window = Window(opens_at or planned.opens_at, closes_at or planned.closes_at)
    return _extended(window, edition.tests_extended, test, phase)


def asks_forms(edition: Edition, test: str) -> bool:
    """Tell whether the edition asks this test in two forms."""
    return bool(_stated(edition, test).get("forms"))


def extended_for(edition: Edition) -> list[Enrolment]:
    """Give those for whom some test stays open longer than for the others."""
    longer = Enrolment.objects.filter(edition=edition).exclude(tests_extended={})
    return list(longer.select_related("person", "edition").order_by("id"))


def are_keys_open(edition: Edition, test: str, *, at: datetime) -> bool:
    """Tell whether right answers and explanations may be shown.

    Not before the test after the course is closed for everybody, those with more time included, for either test: whoever
    is shown a key can pass it on.
    """
    if not window_for_all(edition, test, Phase.AFTER).is_over(at):
        return False
    longer = [edition.tests_extended, *(one.tests_extended for one in extended_for(edition))]
    untils = [_moment(given.get(test, {}), phase.value) for given in longer for phase in Phase]
    return all(at >= until + GRACE for until in untils if until)


def _stated(edition: Edition, test: str) -> Mapping[str, Any]:
    return next((one for one in edition.tests if one["key"] == test), {})


def _extended(window: Window, given: Mapping[str, Any], test: str, phase: Phase) -> Window:
    until = _moment(given.get(test, {}), phase.value)
    if until is None or window.closes_at is None or until <= window.closes_at:
        return window
    return Window(window.opens_at, until)


def _moment(values: Mapping[str, str], name: str) -> datetime | None:
    return datetime.fromisoformat(values[name]) if name in values else None
