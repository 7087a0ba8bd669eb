"""Publishing the figures of a course: what would be shown, said before it is."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from sabaq.courses.models import Edition
from sabaq.courses.queries import editions_for
from sabaq.kernel import clock
from sabaq.kernel.errors import DomainError
from sabaq.kernel.ids import new_uuid
from sabaq.kernel.writes import once
from sabaq.reporting.queries import EXACT_ROLES
from sabaq.reporting.releases import figures_due
from sabaq.reporting.services import publish_figures
from sabaq.web.requests import Request, found, staff_only, write_id_of


class ReleaseForm(forms.Form):
    """Which release the reader has seen announced."""

    number = forms.IntegerField(min_value=1, max_value=100_000, widget=forms.HiddenInput)


@staff_only
def figures_publish(request: Request, slug: str) -> HttpResponse:
    """Say what publishing would show and hold back; publish it."""
    edition = found(editions_for(request.actor, *EXACT_ROLES).select_related("version"), slug=slug)
    if request.method != "POST":
        return _page(request, edition)
    form = ReleaseForm(request.POST)
    if not form.is_valid():
        return _page(request, edition, status=422)
    number, at = form.cleaned_data["number"], clock.now()

    def act() -> dict[str, Any]:
        return {"number": publish_figures(edition, number, by=request.actor, at=at).number}

    try:
        said = {"release": slug, "number": number}
        once(request.actor.key, write_id_of(request), said, act, at=at)
    except DomainError as error:
        messages.error(request, str(error))
        return _page(request, edition, status=error.status)
    messages.success(request, _("The figures are published. Donor observers read them now."))
    return redirect("office:report", slug)


def _page(request: Request, edition: Edition, *, status: int = 200) -> HttpResponse:
    due = figures_due(edition, at=clock.now())
    is_over = edition.day_of(clock.now()) > edition.ends_on
    context = {"edition": edition, "due": due, "is_over": is_over, "write_id": new_uuid()}
    return render(request, "office/figures_publish.html", context, status=status)
