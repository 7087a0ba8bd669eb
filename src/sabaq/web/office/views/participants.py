"""Participants of an edition: who came how far, and their ways in."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from sabaq.enrolment.queries import (
    by_consent,
    call_of,
    latecomers_of,
    named_like,
    participants_visible_to,
    with_progress,
    with_valid_link,
)
from sabaq.enrolment.services.decisions import withdraw_enrolment
from sabaq.enrolment.services.letters import replace_link
from sabaq.enrolment.services.links import revoke_link
from sabaq.kernel import clock
from sabaq.kernel.errors import DomainError
from sabaq.people.enums import Role
from sabaq.web.office.officer_forms import ParticipantFilter
from sabaq.web.office.views.nominations import edition_of
from sabaq.web.requests import Request, found, staff_only

PAGE = 100


@staff_only
@require_safe
def participants(request: Request, slug: str) -> HttpResponse:
    """List the people enrolled, by name, with how far they have come."""
    edition = edition_of(request, slug, Role.ORGANISER)
    form = ParticipantFilter(request.GET, edition=edition)
    wanted, at = form.wanted, clock.now()
    rows = with_progress(participants_visible_to(request.actor, edition), at=at)
    rows = named_like(rows, wanted.get("name", ""))
    for field, lookup in (
        ("country", "person__country"),
        ("agency", "person__agency"),
        ("state", "progress"),
    ):
        if wanted.get(field):
            rows = rows.filter(**{lookup: wanted[field]})
    rows = by_consent(rows, wanted.get("consent", ""))
    page = Paginator(rows.order_by("person__name_key", "pk"), PAGE).get_page(
        request.GET.get("page")
    )
    query = request.GET.copy()
    query.pop("page", None)
    return render(
        request,
        "office/participants.html",
        {
            "edition": edition,
            "form": form,
            "page": page,
            "query": query.urlencode(),
            "is_filtered": any(wanted.values()),
            "call": call_of(edition),
            "provisional": latecomers_of(edition).count(),
        },
    )


@staff_only
@require_POST
def reissue(request: Request, slug: str, uuid: UUID) -> HttpResponse:
    """Close the participant's link, open a new one and owe the letter with it."""
    edition = edition_of(request, slug, Role.ORGANISER)
    enrolment = found(participants_visible_to(request.actor, edition), uuid=uuid)
    try:
        replace_link(enrolment, by=request.actor, at=clock.now())
        messages.success(
            request,
            _("The old link no longer opens. The letter with the new link is in the outbox."),
        )
    except DomainError as error:
        messages.error(request, str(error))
    return redirect("office:participants", slug)


@staff_only
@require_POST
def revoke(request: Request, slug: str, uuid: UUID) -> HttpResponse:
    """Close the participant's link at once; the seat stays."""
    edition = edition_of(request, slug, Role.ORGANISER)
    at = clock.now()
    enrolments = with_valid_link(participants_visible_to(request.actor, edition), at=at)
    enrolment = found(enrolments, uuid=uuid)
    for link in enrolment.valid_links:  # type: ignore[attr-defined]
        revoke_link(link, by=request.actor, at=at)
    messages.success(request, _("The link no longer opens. The seat is kept."))
    return redirect("office:participants", slug)


@staff_only
@require_POST
def withdraw(request: Request, slug: str, uuid: UUID) -> HttpResponse:
    """Free the participant's seat and close the link at once."""
    edition = edition_of(request, slug, Role.ORGANISER)
    enrolment = found(participants_visible_to(request.actor, edition), uuid=uuid)
    withdraw_enrolment(enrolment, by=request.actor, at=clock.now())
    messages.success(
        request,
        _("The seat is free and the link no longer opens. The nomination is to be decided again."),
    )
    if request.POST.get("next") == "nominations":
        return redirect("office:nominations", slug)
    return redirect("office:participants", slug)
