"""How far an edition has come, and the one next thing to do about it. Pure: facts in, words for a page out."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.db.models import TextChoices
from django.utils.translation import pgettext_lazy


class Stage(TextChoices):
    PLAN = "plan", pgettext_lazy("stage of an edition", "Plan")
    CALL = "call", pgettext_lazy("stage of an edition", "Call open")
    DECIDE = "decide", pgettext_lazy("stage of an edition", "Decide seats")
    PREPARE = "prepare", pgettext_lazy("stage of an edition", "Prepare")
    TEACH = "teach", pgettext_lazy("stage of an edition", "Teach")
    EVALUATE = "evaluate", pgettext_lazy("stage of an edition", "Evaluate")
    REPORT = "report", pgettext_lazy("stage of an edition", "Report")


class Part(StrEnum):
    """What the reader does in the edition, the greatest part first."""

    ORGANISER = "organiser"
    EVALUATOR = "evaluator"
    FOCAL_POINT = "focal-point"
    CLASS = "class"  # host, trainer, interpreter
    NEWS = "news"  # communication officer, representative
    OBSERVER = "observer"


class CallState(StrEnum):
    AHEAD = "ahead"
    OPEN = "open"
    CLOSED = "closed"


@dataclass(frozen=True)
class Facts:
    """What the rules look at; the numbers are those this reader may see."""

    today: date
    starts_on: date
    is_over: bool  # the last session has ended
    call: CallState
    proposed: int = 0
    reserve: int = 0
    seats_left: int = 0
    to_hand_over: int = 0
    not_opened: int = 0
    is_live: bool = False
    is_more_today: bool = False
    provisional: int = 0
    certificates: int = 0
    articles: int = 0


class Act(StrEnum):
    AWAIT_CALL = "await-call"
    FOLLOW_CALL = "follow-call"
    NOMINATE = "nominate"
    DECIDE = "decide"
    FILL_SEATS = "fill-seats"
    HAND_OVER = "hand-over"
    DECIDE_LATECOMERS = "decide-latecomers"
    REMIND = "remind"
    AWAIT_COURSE = "await-course"
    SEE_DECISIONS = "see-decisions"
    ENTER_CLASS = "enter-class"
    NEXT_CLASS = "next-class"
    REST = "rest"
    ISSUE = "issue"
    WRITE_ARTICLE = "write-article"
    READ_REPORT = "read-report"
    SEE_ARTICLE = "see-article"


_READERS = {
    Part.EVALUATOR: Act.READ_REPORT,
    Part.OBSERVER: Act.READ_REPORT,
    Part.NEWS: Act.SEE_ARTICLE,
}


def stage_of(facts: Facts) -> Stage:
    """Give the stage: by the calendar, and within it by what is still open."""
    if facts.is_over:
        return Stage.REPORT if facts.certificates else Stage.EVALUATE
    if facts.today >= facts.starts_on:
        return Stage.TEACH
    if facts.call is CallState.AHEAD:
        return Stage.PLAN
    if facts.call is CallState.OPEN:
        return Stage.CALL
    return Stage.DECIDE if facts.proposed else Stage.PREPARE


def rail(stage: Stage) -> list[tuple[Stage, str]]:
    """Give every stage with "past", "current" or "ahead"."""
    place = list(Stage).index(stage)
    return [
        (one, "past" if index < place else "current" if index == place else "ahead")
        for index, one in enumerate(Stage)
    ]


def next_act(facts: Facts, part: Part) -> Act:
    """Give the one next thing for somebody with this part in the edition."""
    stage = stage_of(facts)
    if part is Part.FOCAL_POINT:
        return _focal_point(stage)
    if part in _READERS:
        return Act.AWAIT_COURSE if facts.today < facts.starts_on else _READERS[part]
    # Nobody counts before she is decided: before certificates and report, but not while a class goes on.
    is_between = stage in {Stage.TEACH, Stage.EVALUATE} and not facts.is_live
    if part is Part.ORGANISER and facts.provisional and is_between:
        return Act.DECIDE_LATECOMERS
    if stage is Stage.TEACH:
        return _in_class(facts)
    if part is Part.ORGANISER:
        return _organiser(facts, stage)
    return Act.REST if facts.is_over else Act.AWAIT_COURSE


def _in_class(facts: Facts) -> Act:
    if facts.is_live:
        return Act.ENTER_CLASS
    return Act.NEXT_CLASS if facts.is_more_today else Act.REST


def _organiser(facts: Facts, stage: Stage) -> Act:
    simple = {
        Stage.PLAN: Act.AWAIT_CALL,
        Stage.CALL: Act.FOLLOW_CALL,
        Stage.DECIDE: Act.DECIDE,
        Stage.EVALUATE: Act.ISSUE,
    }
    if stage in simple:
        return simple[stage]
    if stage is Stage.REPORT:
        return Act.READ_REPORT if facts.articles else Act.WRITE_ARTICLE
    if facts.seats_left and facts.reserve:
        return Act.FILL_SEATS
    if facts.to_hand_over:
        return Act.HAND_OVER
    return Act.REMIND if facts.not_opened else Act.AWAIT_COURSE


def _focal_point(stage: Stage) -> Act:
    if stage is Stage.PLAN:
        return Act.AWAIT_CALL
    return Act.NOMINATE if stage is Stage.CALL else Act.SEE_DECISIONS
