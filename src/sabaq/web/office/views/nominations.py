"""Nominations of an edition: the organiser decides, a focal point looks after her own."""

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext_lazy
from django.views.decorators.http import require_POST, require_safe

from sabaq.courses.models import Edition
from sabaq.courses.queries import editions_for
from sabaq.enrolment.enums import NominationState
from sabaq.enrolment.models import Nomination
from sabaq.enrolment.queries import (
    UNDECIDED,
    call_of,
    in_order_of_decision,
    latecomers_of,
    nominations_visible_to,
    seating_of,
    shares_by_country,
)
from sabaq.enrolment.rules import percent
from sabaq.enrolment.services.decisions import (
    confirm_nominations,
    decline_nominations,
    reserve_nominations,
)
from sabaq.enrolment.services.nominations import withdraw_nomination
from sabaq.kernel import clock
from sabaq.kernel.errors import DomainError
from sabaq.people.enums import Country, Role
from sabaq.web.requests import Request, found, staff_only

_DECISIONS: dict[str, Callable[..., list[Any]]] = {
    "confirm": confirm_nominations,
    "reserve": reserve_nominations,
    "decline": decline_nominations,
}
# Of many; the state itself says it of one person, which Russian words another way.
_TABS = {
    NominationState.PROPOSED: pgettext_lazy("nominations", "To be decided"),
    NominationState.CONFIRMED: pgettext_lazy("nominations", "Confirmed"),
    NominationState.RESERVE: pgettext_lazy("nominations", "On the reserve list"),
    NominationState.DECLINED: pgettext_lazy("nominations", "Not confirmed this time"),
    NominationState.WITHDRAWN: pgettext_lazy("nominations", "Withdrawn by the agency"),
}


def edition_of(request: Request, slug: str, *roles: Role) -> Edition:
    """Give the edition where the actor holds one of `roles`, or answer 404."""
    return found(editions_for(request.actor, *roles), slug=slug)


@staff_only
@require_safe
def nominations(request: Request, slug: str) -> HttpResponse:
    """Show the nominations: to the organiser with what a decision needs, to a focal point her own."""
    edition = edition_of(request, slug, Role.ORGANISER, Role.FOCAL_POINT)
    if request.actor.has_role(Role.ORGANISER, edition_id=edition.pk):
        return render(request, "office/nominations.html", _to_decide(request, edition))
    return render(request, "office/own_nominations.html", _own(request, edition))


def _to_decide(request: Request, edition: Edition) -> dict[str, Any]:
    state = request.GET.get("state", "")
    if state not in NominationState.values:
        state = NominationState.PROPOSED.value
    country = request.GET.get("country", "")
    if country not in Country.values:
        country = ""
    everything = nominations_visible_to(request.actor, edition).select_related("enrolment")
    here = [
        nomination
        for nomination in in_order_of_decision(everything)
        if not country or nomination.agency.country == country
    ]
    # Countries are alphabetical in the reader's language; the reserve list keeps its own order.
    here.sort(key=lambda n: "" if n.reserve_rank else n.agency.get_country_display())
    shares, total = shares_by_country(edition)
    seating = seating_of(edition)
    return {
        "edition": edition,
        "state": state,
        "country": country,
        "country_label": Country(country).label if country else "",
        "rows": [n for n in here if n.state == state],
        "tabs": [
            (state.value, label, sum(n.state == state for n in here))
            for state, label in _TABS.items()
        ],
        "shares": shares,
        "total": total,
        "seating": seating,
        "women": percent(total.women, total.confirmed),
        "call": call_of(edition),
        "provisional": latecomers_of(edition).count(),
        "may_decide": state not in {NominationState.CONFIRMED, NominationState.WITHDRAWN},
        "all_chosen": request.GET.get("chosen") == "all",
    }


def _own(request: Request, edition: Edition) -> dict[str, Any]:
    own = nominations_visible_to(request.actor, edition).order_by("name_key")
    call, at = call_of(edition), clock.now()
    return {
        "edition": edition,
        "rows": [n for n in own if n.state != NominationState.WITHDRAWN],
        "withdrawn": [n for n in own if n.state == NominationState.WITHDRAWN],
        "undecided": UNDECIDED,
        "call": call,
        "is_open": call is not None and call.opens_at <= at < call.closes_at,
        "is_over": call is not None and at >= call.closes_at,
    }


@staff_only
@require_POST
def decide(request: Request, slug: str) -> HttpResponse:
    """Confirm, reserve or decline the chosen nominations; say in words what came of it."""
    edition = edition_of(request, slug, Role.ORGANISER)
    decide_on(request, _chosen(request, edition), _DECISIONS, _said)
    return _back(request, slug)


def decide_on(
    request: Request,
    chosen: list[Any],
    decisions: Mapping[str, Callable[..., list[Any]]],
    said: Callable[[str, int], str],
) -> None:
    """Do with those chosen what the form's `act` names, all or nothing, and say in words what came of it."""
    act = request.POST.get("act", "")
    if act not in decisions:
        messages.error(request, _("Choose what to do: nothing was changed."))
    elif not chosen:
        messages.error(request, _("Choose at least one officer first. Nothing was changed."))
    else:
        try:
            done = decisions[act](chosen, by=request.actor, at=clock.now())
            count = len(done)
            nothing = _("Nothing had to be changed: this was done already.")
            messages.success(request, said(act, count) if count else nothing)
        except DomainError as error:
            messages.error(request, str(error))


def _chosen(request: Request, edition: Edition) -> list[Nomination]:
    wanted = set(request.POST.getlist("nomination"))
    visible = in_order_of_decision(nominations_visible_to(request.actor, edition))
    return [nomination for nomination in visible if str(nomination.uuid) in wanted]


def _said(act: str, count: int) -> str:
    if act == "confirm":
        text = ngettext(
            "%(count)s officer is confirmed. The invitation is on its way or waits in the outbox.",
            "%(count)s officers are confirmed. Their invitations are on their way or wait in the outbox.",
            count,
        )
    elif act == "reserve":
        text = ngettext(
            "%(count)s officer is on the reserve list now.",
            "%(count)s officers are on the reserve list now.",
            count,
        )
    else:
        text = ngettext(
            "%(count)s officer is not confirmed this time.",
            "%(count)s officers are not confirmed this time.",
            count,
        )
    return text % {"count": count}


def _back(request: Request, slug: str) -> HttpResponseRedirect:
    kept = {
        key: request.POST[key]
        for key, known in (("state", NominationState.values), ("country", Country.values))
        if request.POST.get(key) in known
    }
    return HttpResponseRedirect(reverse("office:nominations", args=[slug]) + "?" + urlencode(kept))


@staff_only
@require_POST
def withdraw(request: Request, slug: str, uuid: UUID) -> HttpResponse:
    """Take a nomination back, as long as nothing is decided."""
    edition = edition_of(request, slug, Role.ORGANISER, Role.FOCAL_POINT)
    nomination = found(nominations_visible_to(request.actor, edition), uuid=uuid)
    try:
        withdraw_nomination(nomination, by=request.actor, at=clock.now())
        messages.success(request, _("The nomination is withdrawn."))
    except DomainError as error:
        messages.error(request, str(error))
    return redirect("office:nominations", slug)
