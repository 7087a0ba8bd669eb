"""How many sit the tests of an edition, and who was given more time: for the office."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q

from sabaq.assessment.enums import Phase
from sabaq.assessment.models import Attempt
from sabaq.courses.models import Edition
from sabaq.enrolment.models import Enrolment
from sabaq.kernel.models import AuditRecord

_VERBS = {f"test extended, {phase.value}": phase for phase in Phase}


@dataclass(frozen=True)
class Sittings:
    """How many have begun a test in one phase, and how many of them have handed it in or were out of time."""

    begun: int = 0
    handed_in: int = 0
    lapsed: int = 0


def sittings_of(edition: Edition) -> dict[tuple[str, Phase], Sittings]:
    """Give exact head counts by test and phase, in one query."""
    rows = (
        Attempt.objects.filter(enrolment__edition=edition)
        .order_by()
        .values_list("test", "phase")
        .annotate(
            begun_by=Count("id"),
            handed_in_by=Count("id", filter=Q(handed_in_at__isnull=False)),
            lapsed_for=Count("id", filter=Q(lapsed=True)),
        )
    )
    return {(test, Phase(phase)): Sittings(*counts) for test, phase, *counts in rows}


@dataclass(frozen=True)
class Extension:
    """More time given: for which phase, to whom (nobody: to all), until when by now, by whom, when and why."""

    phase: Phase
    enrolment: Enrolment | None
    until: datetime | None
    by: str
    at: datetime
    reason: str


def extensions_of(edition: Edition) -> list[Extension]:
    """Give every extension as the audit trail has it, the newest first."""
    longer = Enrolment.objects.filter(edition=edition).exclude(tests_extended={})
    people = {str(one.pk): one for one in longer.select_related("person")}
    about = Q(object_type=Edition._meta.label, object_id=str(edition.pk)) | Q(
        object_type=Enrolment._meta.label, object_id__in=list(people)
    )
    lines = AuditRecord.objects.filter(about, verb__in=list(_VERBS)).order_by("-id")
    return [_extension(edition, people, line) for line in lines]


def _extension(edition: Edition, people: dict[str, Enrolment], line: AuditRecord) -> Extension:
    phase = _VERBS[line.verb]
    whose = people[line.object_id] if line.object_type == Enrolment._meta.label else None
    longer = edition.tests_extended if whose is None else whose.tests_extended
    ends = [given[phase.value] for given in longer.values() if phase.value in given]
    until = datetime.fromisoformat(max(ends)) if ends else None
    return Extension(phase, whose, until, line.actor_label, line.at, line.reason)
