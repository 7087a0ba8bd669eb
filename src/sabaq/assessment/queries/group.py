"""What the group knows, by objective: for trainers, who never see a person (docs/invariants/tests.md)."""

from collections import Counter, defaultdict
from dataclasses import dataclass

from sabaq.assessment.enums import Phase
from sabaq.assessment.models import Answer, Attempt
from sabaq.assessment.queries import sheet_of
from sabaq.assessment.queries.windows import asks_forms
from sabaq.assessment.rules import GROUP_STEP, Share, share_of
from sabaq.courses.models import Edition
from sabaq.courses.packs.parts import Objective
from sabaq.courses.queries import pack_of


@dataclass(frozen=True)
class ObjectiveLine:
    """One objective and the share of right answers to its items; `share` is None while too few have answered."""

    objective: Objective
    share: Share | None


@dataclass(frozen=True)
class Group:
    """A test in one phase: how many sheets the figures are of, and a line for each objective it asks about."""

    sheets: int
    lines: tuple[ObjectiveLine, ...]


def group_of(edition: Edition, test: str, phase: Phase) -> Group:
    """Give what the first ten, twenty, thirty … who handed in knew; of fewer than ten nothing.

    Only whole tens count, in the order in which they handed in: between two looks at the page ten more people
    have come in, and no difference is the answers of one.
    """
    done = Attempt.objects.filter(
        enrolment__edition=edition, test=test, phase=phase, handed_in_at__isnull=False
    )
    attempts = list(done.select_related("version").order_by("handed_in_at", "id"))
    attempts = attempts[: len(attempts) // GROUP_STEP * GROUP_STEP]
    given: dict[int, dict[str, str]] = defaultdict(dict)
    answers = Answer.objects.filter(attempt__in=attempts)
    for attempt_id, key, option in answers.values_list("attempt", "item", "option"):
        given[attempt_id][key] = option
    asked, right = Counter[tuple[str, str]](), Counter[tuple[str, str]]()
    for attempt in attempts:
        for item in sheet_of(attempt):
            asked[item.topic, item.objective] += 1
            right[item.topic, item.objective] += given[attempt.pk].get(item.key) == item.correct
    return Group(len(attempts), tuple(_lines(edition, test, asked, right)))


def _lines(
    edition: Edition,
    test: str,
    asked: Counter[tuple[str, str]],
    right: Counter[tuple[str, str]],
) -> list[ObjectiveLine]:
    pack = pack_of(edition.version)
    shown = pack.tests[test]
    sheets = shown.forms.values() if asks_forms(edition, test) and shown.forms else [shown.items]
    wanted = {(item.topic, item.objective) for sheet in sheets for item in sheet}
    return [
        ObjectiveLine(objective, share_of(right[about], asked[about]))
        for topic in pack.topics
        for objective in topic.objectives
        if (about := (topic.key, objective.key)) in wanted
    ]
