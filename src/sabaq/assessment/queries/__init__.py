"""What is asked about tests. A participant's pages read only her own attempts, by her enrolment."""

from dataclasses import dataclass

from django.db.models import BigIntegerField, CharField

from sabaq.assessment.enums import Form, Phase
from sabaq.assessment.errors import UnknownTest
from sabaq.assessment.models import Answer, Attempt
from sabaq.courses.models import CourseVersion, Edition
from sabaq.courses.packs import Item, Test
from sabaq.courses.queries import pack_of
from sabaq.enrolment.models import Enrolment
from sabaq.kernel.statements import Given, Statement

_ENROLMENT = Given("enrolment", BigIntegerField())
_ATTEMPTS = Statement(lambda: Attempt.objects.filter(enrolment=_ENROLMENT))
_ATTEMPT = Statement(
    lambda: Attempt.objects.select_related("version").filter(
        enrolment=_ENROLMENT, test=Given("test", CharField()), phase=Given("phase", CharField())
    )
)


def attempts_of(enrolment: Enrolment) -> dict[tuple[str, Phase], Attempt]:
    """Give the participant's attempts by the key of their test and the phase."""
    found = _ATTEMPTS.rows(enrolment=enrolment.pk)
    return {(attempt.test, Phase(attempt.phase)): attempt for attempt in found}


def attempt_of(enrolment: Enrolment, test: str, phase: Phase) -> Attempt | None:
    """Give the participant's attempt at a test in one phase, with its version, or None before she begins."""
    return _ATTEMPT.first(enrolment=enrolment.pk, test=test, phase=phase.value)


@dataclass(frozen=True)
class Side:
    """Whose side of the two forms somebody is on: what she is counted by, and the form she sat first."""

    country: str
    sex: str
    first: Form


def forms_sat(edition: Edition, test: str) -> dict[int, Side]:
    """Give, by enrolment, who has begun a form of this test. She who sat B after, or is to, sat A first."""
    begun = Attempt.objects.filter(enrolment__edition=edition, test=test).exclude(form="")
    columns = ("enrolment", "enrolment__person__country", "enrolment__person__sex", "phase", "form")
    sides = {}
    for enrolment, country, sex, phase, form in begun.values_list(*columns):
        first = Form(form) if phase == Phase.BEFORE else Form(form).other
        sides[enrolment] = Side(country, sex, first)
    return sides


def answers_of(attempt: Attempt) -> dict[str, str]:
    """Give the saved answers of an attempt: item to option."""
    return dict(Answer.objects.filter(attempt=attempt).values_list("item", "option"))


def test_of(version: CourseVersion, key: str) -> Test:
    """Give a test of a course version, or raise `UnknownTest`."""
    test = pack_of(version).tests.get(key)
    if test is None:
        raise UnknownTest
    return test


def sheet_of(attempt: Attempt) -> tuple[Item, ...]:
    """Give the items that this attempt is asked, of the version and the form it began with."""
    return test_of(attempt.version, attempt.test).sheet(attempt.form)
