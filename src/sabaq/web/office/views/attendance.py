"""Attendance of an edition: who was in class how long, corrections by hand, the register of each day."""

from datetime import date, datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from sabaq.classroom.enums import CorrectionKind
from sabaq.classroom.models import PresenceCorrection
from sabaq.classroom.ports import RegisterPrinter, RegisterSheet
from sabaq.classroom.queries.attendance import (
    CORRECTING_ROLES,
    REGISTER_ROLES,
    attendance_of,
    attendees_visible_to,
)
from sabaq.classroom.services.attendance import correct_presence, undo_correction
from sabaq.courses.enums import ATTENDED_KINDS
from sabaq.courses.models import Edition
from sabaq.courses.queries import course_days
from sabaq.enrolment.models import Enrolment
from sabaq.kernel import clock, ports
from sabaq.kernel.errors import DomainError
from sabaq.kernel.ids import new_uuid
from sabaq.kernel.writes import once
from sabaq.people.enums import Role
from sabaq.people.models import Agency
from sabaq.web.office.attendance import day_of_attendance, sessions_of_person
from sabaq.web.office.attendance_forms import CorrectionForm
from sabaq.web.office.registers import register_sheet, register_workbook, threshold_in_words
from sabaq.web.office.reports import XLSX
from sabaq.web.office.views.nominations import edition_of
from sabaq.web.requests import Request, found, staff_only, write_id_of

READING_ROLES = (*REGISTER_ROLES, Role.FOCAL_POINT)


@staff_only
@require_safe
def attendance(request: Request, slug: str) -> HttpResponse:
    """Show one day: counts of its sessions, and everybody's minutes."""
    edition, at = edition_of(request, slug, *READING_ROLES), clock.now()
    days = course_days(edition)
    people = list(attendees_visible_to(request.actor, edition))
    agencies = _agencies(people)
    agency = next((one for one in agencies if one.key == request.GET.get("agency")), None)
    day = _day(request.GET.get("day", ""), days, edition, at)
    shown = day_of_attendance(
        attendance_of(edition, at=at, of=[one.pk for one in people]),
        [one for one in people if agency is None or one.person.agency == agency],
        day,
    )
    return render(
        request,
        "office/attendance.html",
        {
            "edition": edition,
            "days": days,
            "shown": shown,
            "agencies": agencies,
            "agency": agency,
            "at": at,
            "threshold": threshold_in_words(edition),
            "rooms": edition.rooms.exists(),
            "may_correct": request.actor.has_role(*CORRECTING_ROLES, edition_id=edition.pk),
        },
    )


@staff_only
@require_safe
def attendance_of_one(request: Request, slug: str, uuid: UUID) -> HttpResponse:
    """Show one participant's sessions: what was measured, its gaps, what was corrected, and the form."""
    edition = edition_of(request, slug, *READING_ROLES)
    enrolment = found(attendees_visible_to(request.actor, edition), uuid=uuid)
    return _page_of_one(request, edition, enrolment, _form(edition))


def _page_of_one(
    request: Request, edition: Edition, enrolment: Enrolment, form: CorrectionForm
) -> HttpResponse:
    kept = attendance_of(edition, at=clock.now(), of=[enrolment.pk])
    zone = ZoneInfo(edition.zone)
    by_day: dict[date, list[Any]] = {}
    for one in sessions_of_person(kept, enrolment):
        by_day.setdefault(one.session.starts_at.astimezone(zone).date(), []).append(one)
    days = [(day_of_attendance(kept, [enrolment], day), ones) for day, ones in by_day.items()]
    return render(
        request,
        "office/attendance_of.html",
        {
            "edition": edition,
            "enrolment": enrolment,
            "days": days,
            "form": form,
            "write_id": new_uuid(),
            "threshold": threshold_in_words(edition),
            "may_correct": request.actor.has_role(*CORRECTING_ROLES, edition_id=edition.pk),
        },
        status=422 if form.errors else 200,
    )


@staff_only
@require_POST
def correct(request: Request, slug: str, uuid: UUID) -> HttpResponse:
    """Add minutes or take some away, for a reason."""
    edition = edition_of(request, slug, *CORRECTING_ROLES)
    enrolment = found(attendees_visible_to(request.actor, edition), uuid=uuid)
    form, at = _form(edition, request.POST), clock.now()
    if not form.is_valid():
        return _page_of_one(request, edition, enrolment, form)
    said = form.cleaned_data

    def act() -> dict[str, Any]:
        made = correct_presence(
            enrolment,
            said["session"],
            CorrectionKind(said["kind"]),
            form.interval,
            reason=said["reason"],
            by=request.actor,
            at=at,
        )
        return {"correction": str(made.uuid)}

    body = {"enrolment": enrolment.pk, **{k: str(v) for k, v in said.items()}}
    try:
        once(request.actor.key, write_id_of(request), body, act, at=at)
    except DomainError as error:
        form.add_error(None, str(error))
        return _page_of_one(request, edition, enrolment, form)
    messages.success(request, _("The correction is saved. What was measured is kept beside it."))
    return redirect("office:attendance_of", slug, uuid)


@staff_only
@require_POST
def undo(request: Request, slug: str, uuid: UUID) -> HttpResponse:
    """Undo a correction by another one."""
    edition = edition_of(request, slug, *CORRECTING_ROLES)
    corrections = PresenceCorrection.objects.filter(
        enrolment__in=attendees_visible_to(request.actor, edition), session__edition=edition
    ).select_related("enrolment")
    correction = found(corrections, uuid=uuid)
    try:
        undo_correction(
            correction, reason=request.POST.get("reason", ""), by=request.actor, at=clock.now()
        )
        messages.success(request, _("The correction is undone; both stand in the register."))
    except DomainError as error:
        messages.error(request, str(error))
    return redirect("office:attendance_of", slug, correction.enrolment.uuid)


@staff_only
@require_safe
def register_pdf(request: Request, slug: str, day: str) -> HttpResponse:
    """Give the register of one day as a tagged PDF."""
    sheet = _register(request, slug, day)
    data = ports.get(RegisterPrinter).register(sheet)
    return _download(data, "application/pdf", f"{slug}-register-{day}.pdf")


@staff_only
@require_safe
def register_xlsx(request: Request, slug: str, day: str) -> HttpResponse:
    """Give the register of one day as a workbook."""
    data = register_workbook(_register(request, slug, day))
    return _download(data, XLSX, f"{slug}-register-{day}.xlsx")


def _register(request: Request, slug: str, day: str) -> RegisterSheet:
    edition, at = edition_of(request, slug, *READING_ROLES), clock.now()
    wanted = next((one for one in course_days(edition) if one.isoformat() == day), None)
    if wanted is None:
        raise Http404
    people = list(attendees_visible_to(request.actor, edition))
    agencies = _agencies(people)
    key = request.GET.get("agency", "")
    agency = next((one for one in agencies if one.key == key), None)
    if key and agency is None:
        raise Http404
    return register_sheet(
        attendance_of(edition, at=at, of=[one.pk for one in people]),
        [one for one in people if agency is None or one.person.agency == agency],
        wanted,
        agency=agency or (agencies[0] if len(agencies) == 1 else None),
        language=request.LANGUAGE_CODE,
        at=at,
    )


def _agencies(people: list[Enrolment]) -> list[Agency]:
    """Give the agencies of these people, by name in the reader's language."""
    agencies = {one.person.agency for one in people if one.person.agency}
    return sorted(agencies, key=lambda agency: (agency.get_country_display(), str(agency)))


def _day(typed: str, days: list[date], edition: Edition, at: datetime) -> date:
    """Give the day asked for, else the last one that has begun, else the first."""
    today = edition.day_of(at)
    begun = [day for day in days if day <= today]
    asked = [day for day in days if day.isoformat() == typed]
    return (asked or begun[-1:] or days[:1] or [edition.starts_on])[0]


def _form(edition: Edition, data: Any = None) -> CorrectionForm:
    sessions = edition.sessions.filter(kind__in=ATTENDED_KINDS).select_related("edition")
    return CorrectionForm(data, sessions=sessions.order_by("starts_at", "id"))


def _download(data: bytes, content_type: str, name: str) -> HttpResponse:
    return HttpResponse(
        data,
        content_type=content_type,
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )
