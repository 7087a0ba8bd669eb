"""What the test before the course and the one after it say of the group; never of a person."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from sabaq.assessment.queries.results import test_results
from sabaq.assessment.statistics.items import McNemar
from sabaq.assessment.statistics.reasons import Reason
from sabaq.assessment.statistics.results import FormResult, ItemResult, TestResults
from sabaq.assessment.statistics.words import (
    FORMS_NOTE,
    ITEM_NOTES,
    OBJECTIVES_NOTE,
    Line,
    decimal,
    lines_of,
    probability,
)
from sabaq.courses.models import Edition
from sabaq.courses.packs import Item, Option, Pack, Test
from sabaq.courses.packs.parts import Texts
from sabaq.courses.queries import editions_for, pack_of
from sabaq.kernel import clock
from sabaq.kernel.few import FEW_ANSWERS
from sabaq.people.enums import Role
from sabaq.web.requests import Request, found, staff_only

NONE = "—"


@dataclass(frozen=True)
class Choice:
    option: Option
    is_right: bool
    before: int
    after: int


@dataclass(frozen=True)
class Row:
    """One item with its figures as shown; a figure that the data do not give is a dash."""

    item: Item
    right_before: str
    right_after: str
    discrimination_before: str
    discrimination_after: str
    switched: str
    p: str
    choices: tuple[Choice, ...]
    left_open_before: int
    left_open_after: int


@dataclass(frozen=True)
class FormTable:
    form: str
    rows: tuple[Row, ...]
    reasons: tuple[str, ...]


@dataclass(frozen=True)
class Aim:
    """An objective with its shares of right answers in whole percent."""

    text: Texts
    items: int
    before: int
    after: int


@dataclass(frozen=True)
class Sheet:
    """One test of the edition with its results."""

    test: Test
    results: TestResults
    lines: tuple[Line, ...]
    forms: tuple[FormTable, ...]
    aims: tuple[Aim, ...]

    @property
    def headline(self) -> list[Line]:
        """Give the figures that stand large above the others; the band of a gain stands in the table."""
        lines = (line for line in self.lines if line.key in {"before", "after", "class_gain"})
        return [
            replace(line, shown=decimal(line.value))
            if line.key == "class_gain" and line.value is not None
            else line
            for line in lines
        ]

    @property
    def has_two_forms(self) -> bool:
        return self.results.forms_hidden or len(self.results.forms) > 1


@staff_only
@require_safe
def results(request: Request, slug: str) -> HttpResponse:
    """Show the results of every test to the organiser and the M&E officer."""
    edition = edition_of(request, slug)
    context = {
        "edition": edition,
        "sheets": sheets_of(edition, at=clock.now()),
        "shown_from": FEW_ANSWERS,
        "item_notes": ITEM_NOTES,
        "objectives_note": OBJECTIVES_NOTE,
        "forms_note": FORMS_NOTE,
    }
    return render(request, "office/results.html", context)


def edition_of(request: Request, slug: str) -> Edition:
    """Give the edition to those who may read its results; to others it does not exist."""
    doors = editions_for(request.actor, Role.ORGANISER, Role.EVALUATOR)
    return found(doors.select_related("version"), slug=slug)


def sheets_of(edition: Edition, *, at: datetime) -> list[Sheet]:
    """Give every test of the edition's course with its results."""
    pack = pack_of(edition.version)
    return [
        _sheet(pack, test, test_results(edition, test.key, at=at)) for test in pack.tests.values()
    ]


def _sheet(pack: Pack, test: Test, found: TestResults) -> Sheet:
    aims = {(topic.key, aim.key): aim.text for topic in pack.topics for aim in topic.objectives}
    return Sheet(
        test,
        found,
        lines_of(found),
        tuple(_form(test, form) for form in found.forms),
        tuple(
            Aim(
                aims[one.topic, one.objective],
                one.items,
                round(100 * one.before),
                round(100 * one.after),
            )
            for one in found.objectives
            if (one.topic, one.objective) in aims
        ),
    )


def _form(test: Test, form: FormResult) -> FormTable:
    items = {item.key: item for item in test.sheet(form.form)}
    rows = tuple(_row(items[one.item.key], one) for one in form.items)
    return FormTable(form.form, rows, tuple(dict.fromkeys(_reasons(form.items))))


def _row(item: Item, one: ItemResult) -> Row:
    switched, p = NONE, NONE
    if isinstance(one.switched, McNemar):
        switched = f"{one.switched.gained}, {one.switched.lost}"
        p = probability(one.switched.p)
    return Row(
        item,
        right_before=_percent(one.before.difficulty),
        right_after=_percent(one.after.difficulty),
        discrimination_before=_decimal(one.before.discrimination),
        discrimination_after=_decimal(one.after.discrimination),
        switched=switched,
        p=p,
        choices=tuple(
            Choice(
                option,
                option.key == item.correct,
                one.before.chosen.get(option.key, 0),
                one.after.chosen.get(option.key, 0),
            )
            for option in item.options
        ),
        left_open_before=one.before.left_open,
        left_open_after=one.after.left_open,
    )


def _reasons(items: Iterable[ItemResult]) -> Iterable[str]:
    for one in items:
        for figure in (one.before.discrimination, one.after.discrimination, one.switched):
            if isinstance(figure, Reason):
                yield str(figure.label)


def _percent(share: float | Reason) -> str:
    return NONE if isinstance(share, Reason) else decimal(100 * share, 0)


def _decimal(value: float | Reason) -> str:
    return NONE if isinstance(value, Reason) else decimal(value)
