"""First opening on three short screens, and "My data", where all of it can be changed later."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from sabaq.classroom.queries.attendance import corrections_of
from sabaq.enrolment.models import Enrolment
from sabaq.enrolment.rules import Step, steps_owed
from sabaq.enrolment.services import confirm_profile, read_notice, set_consents
from sabaq.kernel import clock
from sabaq.people.models import Person
from sabaq.web.corrections import change_in_words
from sabaq.web.learner.forms import ConsentsForm, ProfileForm
from sabaq.web.middleware.language import interface_language
from sabaq.web.public.signing_in import keep_language, lead_on
from sabaq.web.requests import Request, enrolment_of, participants_at_any_time

STEPS = tuple(Step)
Form = ProfileForm | ConsentsForm | None


@participants_at_any_time
@require_http_methods(["GET", "HEAD", "POST"])
def welcome(request: Request) -> HttpResponse:
    """Lead through the screens still owed: who you are, the data notice, three questions."""
    enrolment = enrolment_of(request)
    if request.method == "POST":
        return _take(request, enrolment)
    step = _step(request.GET.get("step")) or next(iter(steps_owed(enrolment.opening)), None)
    if step is None:
        return redirect("learner:today")
    return _show(request, enrolment, step, _form(step, enrolment))


@participants_at_any_time
@require_http_methods(["GET", "HEAD", "POST"])
def me(request: Request) -> HttpResponse:
    """Show what is kept, and let the participant correct it and change her three answers."""
    enrolment = enrolment_of(request)
    profile, consents = ProfileForm(instance=_person(enrolment)), ConsentsForm.of(enrolment)
    if request.method == "POST":
        step = _step(request.POST.get("step")) or Step.CONSENTS
        form = _form(step, enrolment, request.POST)
        if form is not None and form.is_valid():
            _do(request, enrolment, step, form)
            messages.success(request, _("Saved."))
            return redirect("learner:me")
        if isinstance(form, ProfileForm):
            profile = form
        elif form is not None:
            consents = form
    return render(
        request,
        "learner/me.html",
        {
            "enrolment": enrolment,
            "person": enrolment.person,
            "edition": enrolment.edition,
            "profile": profile,
            "consents": consents,
            "corrections": [
                (one, change_in_words(one, enrolment.edition), hasattr(one, "undone_by"))
                for one in corrections_of(enrolment)
            ],
        },
        status=422 if profile.errors or consents.errors else 200,
    )


def _take(request: Request, enrolment: Enrolment) -> HttpResponse:
    step = _step(request.POST.get("step"))
    if step is None:
        return redirect("learner:welcome")
    form = _form(step, enrolment, request.POST)
    if form is not None and not form.is_valid():
        return _show(request, enrolment, step, form, status=422)
    response = lead_on(_do(request, enrolment, step, form))
    if isinstance(form, ProfileForm) and "language" in form.changed_data:
        keep_language(response, interface_language(form.cleaned_data["language"]))
    return response


def _do(request: Request, enrolment: Enrolment, step: Step, form: Form) -> Enrolment:
    by, now = request.actor, clock.now()
    if isinstance(form, ProfileForm):
        return confirm_profile(enrolment, form.cleaned_data, by=by, at=now)
    if isinstance(form, ConsentsForm):
        return set_consents(enrolment, **form.cleaned_data, by=by, at=now)
    return read_notice(enrolment, _version_read(request, enrolment), by=by, at=now)


def _version_read(request: Request, enrolment: Enrolment) -> int:
    """Give the version that stood on the page; never one that does not exist yet."""
    shown = request.POST.get("notice_version", "")
    now = enrolment.edition.notice_version
    is_number = shown.isascii() and shown.isdigit() and len(shown) < 10
    return min(int(shown), now) if is_number else 0


def _form(step: Step, enrolment: Enrolment, data: Any = None) -> Form:
    if step is Step.PROFILE:
        return ProfileForm(data, instance=_person(enrolment))
    if step is Step.CONSENTS:
        return ConsentsForm(data) if data is not None else ConsentsForm.of(enrolment)
    return None


def _person(enrolment: Enrolment) -> Person:
    # A form writes what was typed into its instance; the page's own person must stay as saved.
    return Person.objects.get(pk=enrolment.person_id)


def _show(
    request: Request, enrolment: Enrolment, step: Step, form: Form, *, status: int = 200
) -> HttpResponse:
    place = STEPS.index(step)
    return render(
        request,
        f"learner/welcome_{step}.html",
        {
            "form": form,
            "step": step,
            "place": place + 1,
            "places": len(STEPS),
            "before": STEPS[place - 1] if place else None,
            "person": enrolment.person,
            "edition": enrolment.edition,
            "again": step is Step.NOTICE and enrolment.notice_version is not None,
        },
        status=status,
    )


def _step(name: str | None) -> Step | None:
    return Step(name) if name in set(STEPS) else None
