"""The results of a test, read in a fixed number of queries however many have taken it.

The door is the edition's: whoever asks has found it by `editions_for(actor, Role.ORGANISER, Role.EVALUATOR)`.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import datetime

from sabaq.assessment.enums import Phase
from sabaq.assessment.models import Answer, Attempt
from sabaq.assessment.queries import test_of
from sabaq.assessment.queries.windows import are_keys_open
from sabaq.assessment.statistics.results import AskedItem, Pair, Sheet, TestResults, results_of
from sabaq.courses.models import CourseVersion, Edition
from sabaq.courses.packs import Item
from sabaq.enrolment.enums import EnrolmentState
from sabaq.enrolment.models import Enrolment


def test_results(edition: Edition, test: str, *, at: datetime) -> TestResults:
    """Give the results of a test among those registered, or raise `UnknownTest`.

    As long as the test after the course is open to anybody, only counts are given: each sheet that came in
    would show its answers by what it changed. Registered are those with a seat who confirmed their details.
    """
    test_of(edition.version, test)
    active = Enrolment.objects.filter(edition=edition, state=EnrolmentState.ACTIVE)
    registered = active.filter(profile_confirmed_at__isnull=False).count()
    sat = _pairs_of_attempts(edition, test)
    if not are_keys_open(edition, test, at=at):
        return TestResults(registered, len(sat), is_running=True)
    versions = {attempt.version for pair in sat for attempt in pair}
    items = list(_items(edition.version, versions, test, {a.form for pair in sat for a in pair}))
    answers = _answers(edition, test) if sat else {}
    pairs = [Pair(_sheet(before, answers), _sheet(after, answers)) for before, after in sat]
    return results_of(items, pairs, registered=registered)


test_results.__test__ = False  # type: ignore[attr-defined]  # not a test of ours, whatever its name


def _handed_in(edition: Edition, test: str) -> dict[str, object]:
    return {
        "enrolment__edition": edition,
        "enrolment__state": EnrolmentState.ACTIVE,
        "test": test,
        "handed_in_at__isnull": False,
    }


def _pairs_of_attempts(edition: Edition, test: str) -> list[tuple[Attempt, Attempt]]:
    sat: dict[int, dict[str, Attempt]] = defaultdict(dict)
    attempts = Attempt.objects.filter(**_handed_in(edition, test)).select_related("version")
    for attempt in attempts.order_by("id"):
        sat[attempt.enrolment_id][attempt.phase] = attempt
    return [(one[Phase.BEFORE], one[Phase.AFTER]) for one in sat.values() if len(one) == len(Phase)]


def _answers(edition: Edition, test: str) -> dict[int, dict[str, str]]:
    given: dict[int, dict[str, str]] = defaultdict(dict)
    of = {f"attempt__{name}": value for name, value in _handed_in(edition, test).items()}
    for attempt, item, option in (
        Answer.objects.filter(**of).order_by("id").values_list("attempt_id", "item", "option")
    ):
        given[attempt][item] = option
    return given


def _items(
    asked: CourseVersion, versions: Iterable[CourseVersion], test: str, forms: Iterable[str]
) -> Iterable[AskedItem]:
    """Give the items that every version asks: one that only some were asked compares nobody."""
    for form in sorted(forms):
        everywhere = [
            {item.key for item in _sheet_items(version, test, form)} for version in versions
        ]
        for item in _sheet_items(asked, test, form):
            if all(item.key in keys for keys in everywhere):
                options = tuple(option.key for option in item.options)
                yield AskedItem(item.key, item.topic, item.objective, options, item.correct, form)


def _sheet(attempt: Attempt, answers: Mapping[int, Mapping[str, str]]) -> Sheet:
    """Give a sitting, marked by the version that it began with."""
    given = answers.get(attempt.pk, {})
    correct = {
        item.key: item.correct for item in _sheet_items(attempt.version, attempt.test, attempt.form)
    }
    right = frozenset(item for item, option in given.items() if correct.get(item) == option)
    return Sheet(100 * (attempt.correct or 0) / attempt.total, right, given, attempt.form)


def _sheet_items(version: CourseVersion, test: str, form: str) -> tuple[Item, ...]:
    asked = test_of(version, test)
    return asked.sheet(form) if not form or form in asked.forms else ()
