"""All that one test says of an edition, as one value: page, report and workbook render the same.

Only matched pairs count anywhere, in every table alike, so that no two tables differ by a person. Under
`FEW_ANSWERS` pairs nothing but the counts is there; where a test has two forms, neither form's items are
shown unless everybody who sat each of them, in each phase, is among enough others.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from statistics import fmean

from sabaq.assessment.statistics.gain import MeanGain, class_gain, mean_individual_gain
from sabaq.assessment.statistics.items import (
    McNemar,
    choices,
    corrected_point_biserial,
    difficulty,
    mcnemar,
)
from sabaq.assessment.statistics.paired import (
    Normality,
    PairedT,
    SignedRank,
    normality,
    paired_t,
    signed_rank,
    wants_ranks,
)
from sabaq.assessment.statistics.reasons import Reason
from sabaq.assessment.statistics.reliability import Reliability, kr20
from sabaq.kernel.few import FEW_ANSWERS


@dataclass(frozen=True)
class AskedItem:
    """An item as asked; `form` is empty where all are asked the same."""

    key: str
    topic: str
    objective: str
    options: tuple[str, ...]
    correct: str
    form: str = ""


@dataclass(frozen=True)
class Sheet:
    """One sitting handed in: `score` is percent of the items right, `given` maps item to option."""

    score: float
    right: frozenset[str]
    given: Mapping[str, str]
    form: str = ""


@dataclass(frozen=True)
class Pair:
    """The two sittings of one participant."""

    before: Sheet
    after: Sheet


@dataclass(frozen=True)
class Change:
    """`before` and `after` are mean scores in percent; `ranks` is None where t alone will do."""

    before: float
    after: float
    class_gain: float | Reason
    mean_gain: MeanGain | Reason
    t: PairedT | Reason
    shape: Normality | Reason
    ranks: SignedRank | Reason | None


@dataclass(frozen=True)
class Sitting:
    """One item in one phase: how many sat it, how many were right, what was chosen, and what was left open."""

    n: int
    right: int
    difficulty: float | Reason
    discrimination: float | Reason
    chosen: Mapping[str, int]
    left_open: int


@dataclass(frozen=True)
class ItemResult:
    item: AskedItem
    before: Sitting
    after: Sitting
    switched: McNemar | Reason


@dataclass(frozen=True)
class FormResult:
    """One form of the test, or the whole test where it has none (`form` is empty)."""

    form: str
    items: tuple[ItemResult, ...]
    reliability_before: Reliability | Reason
    reliability_after: Reliability | Reason


@dataclass(frozen=True)
class ObjectiveResult:
    """Shares of right answers, 0 to 1, over all items of an objective, of whichever form."""

    topic: str
    objective: str
    items: int
    before: float
    after: float


@dataclass(frozen=True)
class TestResults:
    """`change` is None, and the rest empty, where there are too few pairs to show (`is_shown`).

    `is_running` says that the test is not yet closed for everybody, `forms_hidden` that one of two forms was
    sat by too few; `registered` is None where its reader may not be told how many those are.
    """

    registered: int | None
    matched: int
    is_running: bool = False
    change: Change | None = None
    forms: tuple[FormResult, ...] = ()
    forms_hidden: bool = False
    objectives: tuple[ObjectiveResult, ...] = field(default=())

    __test__ = False  # not a test of ours, whatever pytest makes of the name

    @property
    def is_shown(self) -> bool:
        return self.change is not None


def results_of(
    items: Sequence[AskedItem], pairs: Sequence[Pair], *, registered: int
) -> TestResults:
    """Give what the pairs say; `registered` counts all who might have sat both tests."""
    if len(pairs) < FEW_ANSWERS:
        return TestResults(registered, len(pairs))
    hidden = _has_small_form(pairs)
    forms = () if hidden else tuple(dict.fromkeys(item.form for item in items))
    return TestResults(
        registered=registered,
        matched=len(pairs),
        change=change_of(
            [pair.before.score for pair in pairs], [pair.after.score for pair in pairs]
        ),
        forms=tuple(
            _form(form, [item for item in items if item.form == form], pairs) for form in forms
        ),
        forms_hidden=hidden,
        objectives=tuple(_objectives(items, pairs)),
    )


def change_of(before: Sequence[float], after: Sequence[float]) -> Change:
    """Give every figure of the change between the scores of the same participants, at least one."""
    shape = normality(before, after)
    return Change(
        before=fmean(before),
        after=fmean(after),
        class_gain=class_gain(before, after),
        mean_gain=mean_individual_gain(before, after),
        t=paired_t(before, after),
        shape=shape,
        ranks=signed_rank(before, after) if wants_ranks(len(before), shape) else None,
    )


def _has_small_form(pairs: Iterable[Pair]) -> bool:
    # A form sat by few is the whole less the other form: hiding one alone would hide nothing.
    sat: Counter[tuple[str, str]] = Counter()
    for pair in pairs:
        sat["before", pair.before.form] += 1
        sat["after", pair.after.form] += 1
    return min(sat.values()) < FEW_ANSWERS


def _form(form: str, items: Sequence[AskedItem], pairs: Sequence[Pair]) -> FormResult:
    before = [pair.before for pair in pairs if pair.before.form == form]
    after = [pair.after for pair in pairs if pair.after.form == form]
    is_twice = all(pair.before.form == pair.after.form for pair in pairs)
    rows_before, rows_after = _matrix(items, before), _matrix(items, after)
    return FormResult(
        form,
        tuple(
            ItemResult(
                item,
                _sitting(item, column, rows_before, before),
                _sitting(item, column, rows_after, after),
                mcnemar(_column(rows_before, column), _column(rows_after, column))
                if is_twice
                else Reason.TWO_FORMS,
            )
            for column, item in enumerate(items)
        ),
        kr20(rows_before),
        kr20(rows_after),
    )


def _matrix(items: Sequence[AskedItem], sheets: Iterable[Sheet]) -> list[list[int]]:
    return [[int(item.key in sheet.right) for item in items] for sheet in sheets]


def _column(rows: Iterable[Sequence[int]], column: int) -> list[int]:
    return [row[column] for row in rows]


def _sitting(
    item: AskedItem, column: int, rows: Sequence[Sequence[int]], sheets: Sequence[Sheet]
) -> Sitting:
    marks = _column(rows, column)
    given = [sheet.given.get(item.key) for sheet in sheets]
    return Sitting(
        n=len(sheets),
        right=sum(marks),
        difficulty=difficulty(marks),
        discrimination=corrected_point_biserial(rows, column),
        chosen=choices(item.options, given),
        left_open=given.count(None),
    )


def _objectives(items: Sequence[AskedItem], pairs: Sequence[Pair]) -> Iterable[ObjectiveResult]:
    of: dict[tuple[str, str], list[AskedItem]] = {}
    for item in items:
        of.setdefault((item.topic, item.objective), []).append(item)
    for (topic, objective), asked in of.items():
        before = _share_right(asked, [pair.before for pair in pairs])
        after = _share_right(asked, [pair.after for pair in pairs])
        # An objective of one form alone was asked of some before and of others after: no comparison.
        if before is not None and after is not None and _is_of_all_forms(asked, items):
            yield ObjectiveResult(topic, objective, len(asked), before, after)


def _is_of_all_forms(asked: Iterable[AskedItem], items: Iterable[AskedItem]) -> bool:
    return {item.form for item in asked} == {item.form for item in items}


def _share_right(asked: Iterable[AskedItem], sheets: Iterable[Sheet]) -> float | None:
    marks = [
        item.key in sheet.right for sheet in sheets for item in asked if item.form == sheet.form
    ]
    return fmean(marks) if marks else None
