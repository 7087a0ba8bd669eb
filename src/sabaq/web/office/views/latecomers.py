"""Latecomers: the host admits them provisionally, the organiser decides."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sabaq.classroom.services.latecomers import admit_to_class, sessions_taking_latecomers
from sabaq.courses.models import Edition
from sabaq.enrolment.effects import (
    code_address,
    personal_link,
    print_access_sheets,
    typed_code,
)
from sabaq.enrolment.enums import NominationState
from sabaq.enrolment.errors import OfficerNotValid
from sabaq.enrolment.models import AccessLink, Enrolment
from sabaq.enrolment.queries import latecomers_of, seating_of, valid_link_of, with_valid_link
from sabaq.enrolment.services import confirm_latecomers, decline_latecomers, replace_latecomer_link
from sabaq.enrolment.services.latecomers import ADMITTING_ROLES
from sabaq.kernel import clock
from sabaq.kernel.errors import DomainError
from sabaq.kernel.ids import new_uuid
from sabaq.kernel.writes import once
from sabaq.people.enums import Role
from sabaq.web.office.latecomer_forms import LatecomerForm
from sabaq.web.office.views.nominations import decide_on, edition_of
from sabaq.web.requests import Request, found, staff_only, write_id_of

# A way in is shown to be read out on the telephone, and not kept on a page for whoever comes by later.
SHOWN_FOR = timedelta(hours=1)

_DECISIONS: dict[str, Callable[..., list[Enrolment]]] = {
    "confirm": confirm_latecomers,
    "decline": decline_latecomers,
}


@staff_only
@require_http_methods(["GET", "HEAD", "POST"])
def latecomers(request: Request, slug: str) -> HttpResponse:
    """Show the form while a class takes latecomers, and who is still to be decided; admit one."""
    edition, at = edition_of(request, slug, *ADMITTING_ROLES), clock.now()
    sessions = sessions_taking_latecomers(edition, at=at)
    if request.method == "POST":
        form = LatecomerForm(request.POST, sessions=sessions)
        if form.is_valid():
            admitted = _admitted(request, form, at=at)
            if admitted is not None:
                return redirect("office:latecomer", slug, admitted)
    else:
        wanted = request.GET.get("session", "")
        chosen = [one for one in sessions if str(one.uuid) == wanted] or sessions[:1]
        initial = {"session": chosen[0].uuid} if chosen else {}
        form = LatecomerForm(sessions=sessions, initial=initial)
    return render(
        request,
        "office/latecomers.html",
        {
            "edition": edition,
            "sessions": sessions,
            "form": form,
            "write_id": new_uuid(),
            **_waiting(request, edition),
        },
        status=422 if form.errors else 200,
    )


def _waiting(request: Request, edition: Edition) -> dict[str, Any]:
    return {
        "rows": list(latecomers_of(edition)),
        "seating": seating_of(edition),
        "may_decide": request.actor.has_role(Role.ORGANISER, edition_id=edition.pk),
    }


def _admitted(request: Request, form: LatecomerForm, *, at: datetime) -> str | None:
    """Admit once, however often the form is sent, and give the enrolment's id; else say why not in the form."""
    said = form.cleaned_data

    def act() -> dict[str, Any]:
        made = admit_to_class(
            said["session"], said["agency"], form.officer, by=request.actor, at=at
        )
        state = made.nomination.state if made.nomination else ""
        return {"enrolment": str(made.enrolment.uuid), "new": made.is_new, "nomination": state}

    body = {
        "session": said["session"].pk,
        "agency": said["agency"].pk,
        "officer": repr(form.officer),
    }
    try:
        answer, _is_replay = once(request.actor.key, write_id_of(request), body, act, at=at)
    except OfficerNotValid as error:
        for field, sentences in error.problems.items():
            form.add_error(field, sentences)
        return None
    except DomainError as error:
        form.add_error(None, str(error))
        return None
    messages.success(request, _said_of(answer))
    return str(answer["enrolment"])


def _said_of(answer: dict[str, Any]) -> str:
    """Say what came of it: where she is nominated already, nothing was doubled."""
    if not answer["new"]:
        return _("This officer was admitted before. Nothing was doubled: here is the same link.")
    if answer["nomination"] == NominationState.RESERVE:
        return _(
            "Admitted provisionally. This officer is on the reserve list: the admission is linked to it, "
            "and confirming gives the seat."
        )
    if answer["nomination"]:
        return _(
            "Admitted provisionally. The agency had nominated this officer: the admission is linked to it, "
            "and nothing was doubled."
        )
    return _("Admitted provisionally. Read out the code, or send the link.")


@staff_only
@never_cache
@require_safe
def latecomer(request: Request, slug: str, uuid: UUID) -> HttpResponse:
    """Show one latecomer, and her way in as long as it may be shown."""
    edition, at = edition_of(request, slug, *ADMITTING_ROLES), clock.now()
    enrolment = found(latecomers_of(edition), uuid=uuid)
    link = _shown_link(enrolment, at=at)
    return render(
        request,
        "office/latecomer.html",
        {
            "edition": edition,
            "enrolment": enrolment,
            "link": personal_link(link) if link else "",
            "code": typed_code(link) if link else "",
            "code_address": code_address(),
        },
    )


def _shown_link(enrolment: Enrolment, *, at: datetime) -> AccessLink | None:
    """Give the link until it is first opened, for an hour at most."""
    link = valid_link_of(enrolment, at=at)
    if link is None or link.first_used_at is not None or at >= link.created_at + SHOWN_FOR:
        return None
    return link


@staff_only
@never_cache
@require_safe
def slip(request: Request, slug: str, uuid: UUID) -> HttpResponse:
    """Give the way in as a slip to print, as long as it may be shown."""
    edition, at = edition_of(request, slug, *ADMITTING_ROLES), clock.now()
    enrolment = found(with_valid_link(latecomers_of(edition), at=at), uuid=uuid)
    if _shown_link(enrolment, at=at) is None:
        raise Http404
    return HttpResponse(
        print_access_sheets(edition, [enrolment], language=request.LANGUAGE_CODE),
        content_type="application/pdf",
        headers={"Content-Disposition": 'inline; filename="slip.pdf"'},
    )


@staff_only
@require_POST
def renew_link(request: Request, slug: str, uuid: UUID) -> HttpResponse:
    """Close the link that went astray, and show a new one."""
    edition = edition_of(request, slug, *ADMITTING_ROLES)
    enrolment = found(latecomers_of(edition), uuid=uuid)
    try:
        replace_latecomer_link(enrolment, by=request.actor, at=clock.now())
        messages.success(request, _("The old link no longer opens. Here is the new one."))
    except DomainError as error:
        messages.error(request, str(error))
    return redirect("office:latecomer", slug, uuid)


@staff_only
@require_POST
def decide(request: Request, slug: str) -> HttpResponse:
    """Confirm the chosen latecomers, or say that they are not confirmed this time."""
    edition = edition_of(request, slug, Role.ORGANISER)
    wanted = set(request.POST.getlist("enrolment"))
    # Whoever was decided meanwhile is chosen too: the service says so, instead of passing her over.
    chosen = [one for one in edition.enrolments.all() if str(one.uuid) in wanted]
    decide_on(request, chosen, _DECISIONS, _said)
    return redirect("office:latecomers", slug)


def _said(act: str, count: int) -> str:
    if act == "confirm":
        text = ngettext(
            "%(count)s officer is confirmed and has a seat. What she or he attended so far counts.",
            "%(count)s officers are confirmed and have seats. What they attended so far counts.",
            count,
        )
    else:
        text = ngettext(
            "%(count)s officer is not confirmed this time. The link no longer opens, and nothing is counted.",
            "%(count)s officers are not confirmed this time. Their links no longer open, and nothing is counted.",
            count,
        )
    return text % {"count": count}
