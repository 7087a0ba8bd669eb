"""The commitment: one thing a participant means to do, in her own words and under her own name."""

from datetime import timedelta
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from sabaq.courses.packs import Promise
from sabaq.enrolment.models import Enrolment
from sabaq.feedback.errors import AnswersRefused, DeedMissing
from sabaq.feedback.models import Commitment
from sabaq.feedback.queries import commitment_of, commitments_close_on, promise_of
from sabaq.feedback.rules import DEED_LIMIT, SUPPORT_LIMIT, Promised
from sabaq.feedback.services import commit
from sabaq.kernel import clock
from sabaq.web.learner.course import slots_of
from sabaq.web.learner.next_step import Course
from sabaq.web.requests import Request, enrolment_of, participants_only
from sabaq.web.templatetags.sabaq import localized


class CommitmentForm(forms.Form):
    """The three questions, in the pack's words. The service judges; the form keeps what was typed."""

    deed = forms.CharField(
        widget=forms.Textarea({"rows": 4}), error_messages={"required": DeedMissing.message}
    )
    by_when = forms.DateField(required=False, widget=forms.DateInput({"type": "date"}))
    support = forms.CharField(required=False)

    def __init__(self, promise: Promise, known: Commitment | None, data: Any = None) -> None:
        initial = {name: getattr(known, name) for name in self.base_fields} if known else {}
        super().__init__(data, initial=initial, use_required_attribute=False)
        for name, field in self.fields.items():
            field.label = localized(getattr(promise, name))
        for name, limit in (("deed", DEED_LIMIT), ("support", SUPPORT_LIMIT)):
            self.fields[name].help_text = _("At most %(limit)s characters.") % {"limit": limit}
        self.fields["by_when"].widget.format = "%Y-%m-%d"


@participants_only
@require_http_methods(["GET", "HEAD", "POST"])
def commitment(request: Request) -> HttpResponse:
    """Show what she has written, and take it from the last session on until two weeks after the course."""
    enrolment, now = enrolment_of(request), clock.now()
    edition = enrolment.edition
    promise, known = promise_of(edition), commitment_of(enrolment)
    last_day = commitments_close_on(edition) - timedelta(days=1)
    is_early = known is None and not Course(slots=slots_of(edition)).is_ending(now)
    about = {
        "edition": edition,
        "promise": promise,
        "known": known,
        "person": enrolment.person,
        "last_day": last_day,
    }
    if is_early:
        status = 409 if request.method == "POST" else 200
        return render(request, "learner/commitment_closed.html", about, status=status)
    if request.method == "POST":
        return _write(request, enrolment, CommitmentForm(promise, known, request.POST), about)
    today = edition.day_of(now)
    form = CommitmentForm(promise, known) if today <= last_day else None
    return render(request, "learner/commitment.html", {**about, "form": form})


def _write(
    request: Request, enrolment: Enrolment, form: CommitmentForm, about: dict[str, Any]
) -> HttpResponse:
    if form.is_valid():
        given = form.cleaned_data
        promised = Promised.tidied(given["deed"], given["by_when"], given["support"])
        try:
            commit(enrolment, promised, by=request.actor, at=clock.now())
        except AnswersRefused as refusal:
            for name, problem in refusal.problems.items():
                form.add_error(name, str(problem))
        else:
            messages.success(request, _("Your commitment is saved."))
            return redirect("learner:commitment")
    return render(request, "learner/commitment.html", {**about, "form": form}, status=422)
