"""Moving a session to another time: by the organiser or the host, with what comes of it said before and after."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods

from sabaq.classroom.enums import ClassState
from sabaq.classroom.errors.moving import SessionsOverlap
from sabaq.classroom.queries.running import class_of
from sabaq.classroom.services.moving import (
    LEAST_MINUTES,
    MOST_MINUTES,
    MOVING_ROLES,
    Move,
    later_on_its_day,
    move_session,
)
from sabaq.courses.models import Session
from sabaq.kernel import clock
from sabaq.kernel.errors import DomainError
from sabaq.kernel.ids import new_uuid
from sabaq.kernel.writes import once
from sabaq.web.office.views.nominations import edition_of
from sabaq.web.requests import Request, found, staff_only, write_id_of


class MoveForm(forms.Form):
    """The new time by the clock of the course."""

    day = forms.DateField(
        label=gettext_lazy("Day"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        input_formats=["%Y-%m-%d", "%d.%m.%Y"],
    )
    time = forms.TimeField(
        label=gettext_lazy("Begins at"),
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        input_formats=["%H:%M"],
    )
    minutes = forms.IntegerField(
        label=gettext_lazy("Lasts, in minutes"), min_value=LEAST_MINUTES, max_value=MOST_MINUTES
    )
    with_later = forms.BooleanField(
        label=gettext_lazy("Move all later sessions of that day by the same minutes"),
        required=False,
    )
    may_overlap = forms.BooleanField(
        label=gettext_lazy("They may overlap: this is meant"), required=False
    )
    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=300,
        required=False,
        help_text=gettext_lazy("For the audit trail; participants do not see it."),
    )

    def __init__(self, *args: Any, session: Session, later: int, **options: Any) -> None:
        self.zone = ZoneInfo(session.edition.zone)
        here = session.starts_at.astimezone(self.zone)
        minutes = round((session.ends_at - session.starts_at).total_seconds() / 60)
        initial = {"day": here.date(), "time": here.time(), "minutes": minutes}
        super().__init__(*args, **{"initial": initial, **options})
        if not later:
            del self.fields["with_later"]
        if not self.data.get("may_overlap"):
            # Asked only once an overlap was found.
            self.fields["may_overlap"].widget = forms.HiddenInput()
        # A time zone is a property of the course, not of the server.
        self.fields["time"].help_text = _("By the clock of the course.")

    def ask_about_overlap(self) -> None:
        self.fields["may_overlap"].widget = forms.CheckboxInput()

    @property
    def move(self) -> Move:
        said = self.cleaned_data
        starts_at = datetime.combine(said["day"], said["time"], self.zone)
        return Move(
            starts_at,
            starts_at + timedelta(minutes=said["minutes"]),
            with_later=said.get("with_later", False),
            may_overlap=said["may_overlap"],
            reason=said["reason"],
        )


@staff_only
@require_http_methods(["GET", "HEAD", "POST"])
def move(request: Request, slug: str, uuid: UUID) -> HttpResponse:
    """Show when the session is and the form; move it."""
    edition = edition_of(request, slug, *MOVING_ROLES)
    session = found(edition.sessions.select_related("edition"), uuid=uuid)
    later = later_on_its_day(edition, session)
    form = MoveForm(
        request.POST if request.method == "POST" else None, session=session, later=len(later)
    )
    if request.method == "POST" and form.is_valid() and _moved(request, session, form):
        return redirect("office:edition", slug)
    return render(
        request,
        "office/move.html",
        {
            "edition": edition,
            "session": session,
            "later": later,
            "form": form,
            "write_id": new_uuid(),
            "may_move": class_of(session).state == ClassState.WAITING,
        },
        status=422 if form.errors else 200,
    )


def _moved(request: Request, session: Session, form: MoveForm) -> bool:
    """Move once, however often the form is sent; what stands against it stands in the form."""
    at, wanted = clock.now(), form.move

    def act() -> dict[str, Any]:
        return {"moved": len(move_session(session, wanted, by=request.actor, at=at))}

    try:
        answer, _is_replay = once(
            request.actor.key,
            write_id_of(request),
            {"session": session.pk, "move": repr(wanted)},
            act,
            at=at,
        )
    except SessionsOverlap as error:
        form.ask_about_overlap()
        form.add_error(None, str(error))
        return False
    except DomainError as error:
        form.add_error(None, str(error))
        return False
    messages.success(request, _said(answer["moved"]))
    return True


def _said(count: int) -> str:
    if not count:
        return _("It stands there already: nothing was moved.")
    text = ngettext(
        "%(count)s session is moved. Every timetable shows it now.",
        "%(count)s sessions are moved. Every timetable shows it now.",
        count,
    )
    return text % {"count": count}
