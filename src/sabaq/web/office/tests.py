"""The tests of an edition: when each is open, how many have sat it, and more time where it is needed."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext, gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from sabaq.assessment.enums import Phase
from sabaq.assessment.queries.sittings import Sittings, extensions_of, sittings_of
from sabaq.assessment.queries.windows import (
    are_keys_open,
    asks_forms,
    timetable_of,
    window_for_all,
)
from sabaq.assessment.rules import Window
from sabaq.assessment.services.windows import extend_for_all, extend_for_one
from sabaq.courses.models import Edition
from sabaq.courses.packs import Test
from sabaq.courses.queries import editions_for, pack_of
from sabaq.enrolment.enums import EnrolmentState
from sabaq.enrolment.models import Enrolment
from sabaq.kernel import clock
from sabaq.kernel.errors import DomainError
from sabaq.kernel.i18n import text_in
from sabaq.kernel.ids import new_uuid
from sabaq.kernel.writes import once
from sabaq.people.enums import Role
from sabaq.web.requests import Request, found, staff_only, write_id_of

EVERYBODY = "all"


@dataclass(frozen=True)
class Line:
    """One test in one phase."""

    test: Test
    phase: Phase
    window: Window
    sittings: Sittings
    has_forms: bool


class MoreTime(forms.Form):
    """Which test, for whom, until when by the clock of the course, and why."""

    which = forms.ChoiceField(label=gettext_lazy("Test"))
    whom = forms.ChoiceField(label=gettext_lazy("For whom"))
    day = forms.DateField(
        label=gettext_lazy("Open until: day"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        input_formats=["%Y-%m-%d", "%d.%m.%Y"],
    )
    time = forms.TimeField(
        label=gettext_lazy("Open until: time"),
        help_text=gettext_lazy("By the clock of the course."),
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        input_formats=["%H:%M"],
    )
    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=300,
        help_text=gettext_lazy("For the audit trail; participants do not see it."),
    )

    def __init__(self, *args: Any, edition: Edition, language: str, **options: Any) -> None:
        super().__init__(*args, **options)
        self.zone = ZoneInfo(edition.zone)
        here = Enrolment.objects.filter(edition=edition).exclude(state=EnrolmentState.WITHDRAWN)
        self.enrolments = {str(one.uuid): one for one in here.select_related("person")}
        people = [(uuid, str(one.person)) for uuid, one in self.enrolments.items()]
        self.fields["whom"].choices = [  # type: ignore[attr-defined]
            (EVERYBODY, gettext("Everybody")),
            *sorted(people, key=lambda one: one[1].casefold()),
        ]
        self.fields["which"].choices = [  # type: ignore[attr-defined]
            (f"{phase.value}:{test.key}", f"{text_in(test.title, language).text}, {phase.label}")
            for phase in Phase
            for test in pack_of(edition.version).tests.values()
        ]

    @property
    def until(self) -> datetime:
        return datetime.combine(self.cleaned_data["day"], self.cleaned_data["time"], self.zone)


@staff_only
@require_safe
def tests(request: Request, slug: str) -> HttpResponse:
    """Show the tests to the organiser and the M&E officer, and to the organiser the form for more time."""
    doors = editions_for(request.actor, Role.ORGANISER, Role.EVALUATOR)
    edition = found(doors.select_related("version"), slug=slug)
    may_extend = editions_for(request.actor, Role.ORGANISER).filter(pk=edition.pk).exists()
    form = MoreTime(edition=edition, language=request.LANGUAGE_CODE) if may_extend else None
    return _page(request, edition, form)


@staff_only
@require_POST
def extend(request: Request, slug: str) -> HttpResponse:
    """Give more time, to everybody or to one participant."""
    doors = editions_for(request.actor, Role.ORGANISER)
    edition = found(doors.select_related("version"), slug=slug)
    form = MoreTime(request.POST, edition=edition, language=request.LANGUAGE_CODE)
    if form.is_valid() and _extended(request, edition, form):
        return redirect("office:tests", slug)
    return _page(request, edition, form)


def _page(request: Request, edition: Edition, form: MoreTime | None) -> HttpResponse:
    about = {
        "edition": edition,
        "lines": lines_of(edition),
        "extensions": extensions_of(edition),
        "form": form,
        "write_id": new_uuid(),
    }
    return render(request, "office/tests.html", about, status=422 if form and form.errors else 200)


def lines_of(edition: Edition) -> list[Line]:
    """Give the edition's tests, each before the course and after it."""
    timetable, sat = timetable_of(edition), sittings_of(edition)
    return [
        Line(
            test,
            phase,
            window_for_all(edition, test.key, phase, timetable=timetable),
            sat.get((test.key, phase), Sittings()),
            asks_forms(edition, test.key),
        )
        for test in pack_of(edition.version).tests.values()
        for phase in Phase
    ]


def _extended(request: Request, edition: Edition, form: MoreTime) -> bool:
    """Give more time once, however often the form is sent; what stands against it stands in the form."""
    at, said = clock.now(), form.cleaned_data
    phase, _colon, test = said["which"].partition(":")

    def act() -> dict[str, Any]:
        how = {"until": form.until, "reason": said["reason"], "by": request.actor, "at": at}
        if said["whom"] == EVERYBODY:
            extend_for_all(edition, test, Phase(phase), **how)
        else:
            extend_for_one(form.enrolments[said["whom"]], test, Phase(phase), **how)
        return {}

    were_open = are_keys_open(edition, test, at=at)
    body = {"edition": edition.pk, **{key: str(value) for key, value in said.items()}}
    try:
        once(request.actor.key, write_id_of(request), body, act, at=at)
    except DomainError as error:
        form.add_error(None, str(error))
        return False
    messages.success(
        request, gettext("More time is given. Who was sent away finds the test open again.")
    )
    if were_open:
        known = gettext(
            "The right answers had been open to participants before: whoever sits the test now may know them."
        )
        messages.warning(request, known)
    return True
