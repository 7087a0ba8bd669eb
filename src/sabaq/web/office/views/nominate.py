"""Focal points enter officers: one by one, or by a table."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from sabaq.courses.models import Edition
from sabaq.enrolment.errors import AlreadyDecided, AlreadyNominated, OfficerNotValid
from sabaq.enrolment.queries import (
    UNDECIDED,
    agencies_within_reach,
    call_of,
    has_confirmed_data,
    nominations_visible_to,
)
from sabaq.enrolment.services.imports import import_nominations
from sabaq.enrolment.services.nominations import correct_nomination, nominate_officer
from sabaq.enrolment.tables import FILE_LIMIT, ROW_LIMIT
from sabaq.kernel import clock
from sabaq.kernel.errors import DomainError
from sabaq.kernel.ids import new_uuid
from sabaq.kernel.writes import once
from sabaq.people.enums import Role, Sex
from sabaq.people.models import Person
from sabaq.web.office.officer_forms import OfficerForm, TableForm
from sabaq.web.office.table_template import table_template
from sabaq.web.office.views.nominations import edition_of
from sabaq.web.requests import Request, found, staff_only, write_id_of

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@staff_only
def nominate(request: Request, slug: str) -> HttpResponse:
    """Nominate one officer; the page comes back empty for the next one."""
    edition = edition_of(request, slug, Role.ORGANISER, Role.FOCAL_POINT)
    agencies = agencies_within_reach(request.actor, edition)
    if request.method == "POST":
        form = OfficerForm(request.POST, agencies=agencies)
        if form.is_valid() and _nominated(request, edition, form):
            messages.success(request, _("The officer is nominated. You can enter the next one."))
            agency = urlencode({"agency": form.cleaned_data["agency"].key})
            return HttpResponseRedirect(f"{reverse('office:nominate', args=[slug])}?{agency}")
    else:
        form = OfficerForm(agencies=agencies, initial={"agency": request.GET.get("agency", "")})
    return render(request, "office/nominate.html", _page(request, edition, form=form))


def _page(request: Request, edition: Edition, **more: Any) -> dict[str, Any]:
    call, at = call_of(edition), clock.now()
    return {
        "edition": edition,
        "call": call,
        "is_open": call is not None and call.opens_at <= at < call.closes_at,
        "write_id": new_uuid(),
        **more,
    }


def _nominated(request: Request, edition: Edition, form: OfficerForm) -> bool:
    """Nominate once, however often the form is sent; put what is wrong beside its field."""
    at, agency, officer = clock.now(), form.cleaned_data["agency"], form.officer

    def act() -> dict[str, Any]:
        made = nominate_officer(edition, agency, officer, by=request.actor, at=at)
        return {"nomination": str(made.uuid)}

    body = {"edition": edition.pk, "agency": agency.pk, "officer": repr(officer)}
    try:
        once(request.actor.key, write_id_of(request), body, act, at=at)
    except DomainError as error:
        _explain(form, error)
        return False
    return True


def _explain(form: OfficerForm, error: DomainError) -> None:
    if isinstance(error, OfficerNotValid):
        for field, sentences in error.problems.items():
            form.add_error(field, sentences)
    else:
        form.add_error("native_name" if isinstance(error, AlreadyNominated) else None, str(error))


@staff_only
def correct(request: Request, slug: str, uuid: UUID) -> HttpResponse:
    """Correct what was written about an officer, as long as nothing is decided."""
    edition = edition_of(request, slug, Role.ORGANISER, Role.FOCAL_POINT)
    nomination = found(nominations_visible_to(request.actor, edition), uuid=uuid)
    if nomination.state not in UNDECIDED:
        raise AlreadyDecided
    form = OfficerForm(
        request.POST or None, instance=nomination.nominee, initial=_kept_back(nomination.nominee)
    )
    if request.method == "POST" and form.is_valid():
        # The form has written into its own copy of the person: the service reads the row again.
        try:
            correct_nomination(nomination, form.officer, by=request.actor, at=clock.now())
            messages.success(request, _("The correction is saved."))
            return redirect("office:nominations", slug)
        except DomainError as error:
            _explain(form, error)
    page = _page(request, edition, form=form, nomination=nomination)
    return render(request, "office/correct.html", page)


def _kept_back(person: Person) -> dict[str, str]:
    """Give empty values for what an officer told another course herself: it is not the agency's to read."""
    if not has_confirmed_data(person):
        return {}
    return {"latin_name": "", "patronymic": "", "email": "", "sex": Sex.UNDISCLOSED.value}


@staff_only
def nominate_file(request: Request, slug: str) -> HttpResponse:
    """Nominate the officers of a table; the same page then says what became of each row."""
    edition = edition_of(request, slug, Role.ORGANISER, Role.FOCAL_POINT)
    agencies = agencies_within_reach(request.actor, edition)
    done = None
    if request.method == "POST":
        form = TableForm(request.POST, request.FILES, agencies=agencies)
        if form.is_valid():
            data = form.cleaned_data["table"].read(FILE_LIMIT + 1)
            try:
                done = import_nominations(
                    edition, form.cleaned_data["agency"], data, by=request.actor, at=clock.now()
                )
            except DomainError as error:
                form.add_error("table", str(error))
    else:
        form = TableForm(agencies=agencies)
    page = _page(request, edition, form=form, done=done, limit=ROW_LIMIT)
    return render(request, "office/nominate_file.html", page)


@staff_only
@require_safe
def nominate_template(request: Request, slug: str) -> HttpResponse:
    """Give the table to fill in, in the reader's language."""
    edition = edition_of(request, slug, Role.ORGANISER, Role.FOCAL_POINT)
    return HttpResponse(
        table_template(),
        content_type=XLSX,
        headers={"Content-Disposition": f'attachment; filename="officers-{edition.slug}.xlsx"'},
    )
