"""Rooms of an edition: made and closed by the organiser; who sits in one is marked by the host."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST, require_safe

from sabaq.classroom.models import RoomMark
from sabaq.classroom.queries.attendance import (
    CORRECTING_ROLES,
    attendees_visible_to,
    running_of,
)
from sabaq.classroom.queries.here import present_ids
from sabaq.classroom.services.attendance import mark_room
from sabaq.courses.enums import ATTENDED_KINDS
from sabaq.courses.models import Edition, Session
from sabaq.enrolment.effects import print_room_sheet
from sabaq.enrolment.enums import STATES_LET_IN
from sabaq.enrolment.errors import RoomClosed
from sabaq.enrolment.models import Room
from sabaq.enrolment.queries import rooms_of
from sabaq.enrolment.services import close_room, make_room, reopen_room
from sabaq.kernel import clock
from sabaq.kernel.errors import DomainError
from sabaq.people.enums import Role
from sabaq.people.models import Agency
from sabaq.web.office.officer_forms import AgencyChoice
from sabaq.web.office.views.nominations import edition_of
from sabaq.web.requests import Request, found, staff_only


class RoomForm(forms.Form):
    name = forms.CharField(
        label=gettext_lazy("Name of the room"),
        max_length=200,
        help_text=gettext_lazy("As people know it, such as “Conference hall”."),
    )
    place = forms.CharField(
        label=gettext_lazy("Place"),
        max_length=200,
        required=False,
        help_text=gettext_lazy("Town, building, floor."),
    )
    agency = AgencyChoice(
        Agency.objects.none(),
        label=gettext_lazy("Agency"),
        required=False,
        empty_label=gettext_lazy("No agency in particular"),
    )

    def __init__(self, *args: Any, edition: Edition, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["agency"].queryset = Agency.objects.filter(  # type: ignore[attr-defined]
            pk__in=edition.enrolments.values("person__agency")
        ).order_by("country", "key")


@staff_only
def rooms(request: Request, slug: str) -> HttpResponse:
    """List the rooms with their codes, and make one."""
    edition, at = edition_of(request, slug, Role.ORGANISER), clock.now()
    form = RoomForm(request.POST if request.method == "POST" else None, edition=edition)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            make_room(edition, said["name"], said["place"], said["agency"], by=request.actor, at=at)
        except DomainError as error:
            form.add_error("name", str(error))
        else:
            messages.success(request, _("The room is made. Print its sheet and hang it up there."))
            return redirect("office:rooms", slug)
    context = {
        "edition": edition,
        "rooms": rooms_of(edition, at=at),
        "form": form,
        "sessions": edition.sessions.filter(kind__in=ATTENDED_KINDS).order_by("starts_at", "id"),
    }
    return render(request, "office/rooms.html", context, status=422 if form.errors else 200)


@staff_only
@require_safe
def sheet(request: Request, slug: str, uuid: UUID) -> HttpResponse:
    """Give the sheet to hang up beside the screen: address, code and QR code."""
    room = _room(request, slug, uuid)
    links = room.valid_links  # type: ignore[attr-defined]
    if not links:
        raise RoomClosed
    return HttpResponse(
        print_room_sheet(room, links[0], language=request.LANGUAGE_CODE),
        content_type="application/pdf",
        headers={"Content-Disposition": f'attachment; filename="{slug}-room.pdf"'},
    )


@staff_only
@require_POST
def close(request: Request, slug: str, uuid: UUID) -> HttpResponse:
    """Close the screen of a room at once."""
    close_room(_room(request, slug, uuid), by=request.actor, at=clock.now())
    messages.success(request, _("The room is closed. Who was marked there stays counted."))
    return redirect("office:rooms", slug)


@staff_only
@require_POST
def reopen(request: Request, slug: str, uuid: UUID) -> HttpResponse:
    """Give the room a new code; the old one opens nothing more."""
    reopen_room(_room(request, slug, uuid), by=request.actor, at=clock.now())
    messages.success(request, _("The room has a new code. Print its sheet anew."))
    return redirect("office:rooms", slug)


@staff_only
def marks(request: Request, slug: str, uuid: UUID) -> HttpResponse:
    """Mark by checkboxes who sits in a room in this session; a room and an agency are chosen above."""
    edition, at = edition_of(request, slug, *CORRECTING_ROLES), clock.now()
    sessions = edition.sessions.filter(kind__in=ATTENDED_KINDS).select_related("edition")
    session, halls = found(sessions, uuid=uuid), list(edition.rooms.select_related("agency"))
    asked = request.POST if request.method == "POST" else request.GET
    room = next((one for one in halls if str(one.uuid) == asked.get("room")), None)
    room = room or (halls[0] if halls else None)
    everybody = attendees_visible_to(request.actor, edition, states=STATES_LET_IN)
    if request.method == "POST":
        if room is None:
            raise Http404
        _mark(request, session, room, everybody)
        return redirect(f"{request.path}?room={room.uuid}")
    return render(
        request,
        "office/room_marks.html",
        {
            "edition": edition,
            "session": session,
            "running": running_of([session])[session.pk],
            "rooms": halls,
            "room": room,
            "groups": _groups(session, everybody),
            "connected": present_ids(session, at=at),
        },
    )


def _mark(request: Request, session: Session, room: Room, everybody: QuerySet[Any]) -> None:
    ids = dict(everybody.values_list("uuid", "pk"))
    by_text = {str(uuid): pk for uuid, pk in ids.items()}
    shown = [by_text[one] for one in request.POST.getlist("shown") if one in by_text]
    ticked = [by_text[one] for one in request.POST.getlist("here") if one in by_text]
    try:
        mark_room(session, room, ticked, of=shown, by=request.actor, at=clock.now())
    except DomainError as error:
        messages.error(request, str(error))
        return
    messages.success(
        request,
        ngettext(
            "Saved: %(count)s officer sits in %(room)s in this session.",
            "Saved: %(count)s officers sit in %(room)s in this session.",
            len(ticked),
        )
        % {"count": len(ticked), "room": room},
    )


def _groups(session: Session, everybody: QuerySet[Any]) -> list[tuple[Any, list[Any]]]:
    """Give the participants by agency, each with the mark she has in this session, if any."""
    marked = {
        mark.enrolment_id: mark
        for mark in RoomMark.objects.filter(session=session).select_related("room")
    }
    groups: dict[Any, list[Any]] = {}
    for enrolment in everybody:
        groups.setdefault(enrolment.person.agency, []).append((enrolment, marked.get(enrolment.pk)))
    return sorted(groups.items(), key=lambda group: str(group[0] or ""))


def _room(request: Request, slug: str, uuid: UUID) -> Room:
    edition = edition_of(request, slug, Role.ORGANISER)
    return found(rooms_of(edition, at=clock.now()), uuid=uuid)
