"""First opening on two short screens, and "My data", where all of it can be changed later."""

from collections.abc import Collection, Mapping
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

# Who you are; then the data notice, with the three questions below it: each screen is a journey over a slow network.
SCREENS = 2
Form = ProfileForm | ConsentsForm | None


@participants_at_any_time
@require_http_methods(["GET", "HEAD", "POST"])
def welcome(request: Request) -> HttpResponse:
    """Lead through what is still owed: who you are; the data notice and three questions."""
    enrolment = enrolment_of(request)
    if request.method == "POST":
        return _take(request, enrolment)
    owed = steps_owed(enrolment.opening)
    step = _step(request.GET.get("step")) or next(iter(owed), None)
    if step is None:
        return redirect("learner:today")
    return _show(request, enrolment, {one: _form(one, enrolment) for one in _together(step, owed)})


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
    also = [Step.CONSENTS] if request.POST.get("also") == Step.CONSENTS else []
    forms = {one: _form(one, enrolment, request.POST) for one in _together(step, also)}
    if not all(form is None or form.is_valid() for form in forms.values()):
        return _show(request, enrolment, forms, status=422)
    for one, form in forms.items():
        enrolment = _do(request, enrolment, one, form)
    response, profile = lead_on(enrolment), forms.get(Step.PROFILE)
    if isinstance(profile, ProfileForm) and "language" in profile.changed_data:
        keep_language(response, interface_language(profile.cleaned_data["language"]))
    return response


def _together(step: Step, others: Collection[Step]) -> list[Step]:
    """Give what stands on one screen: below the notice come the three questions, if they are among `others`."""
    is_followed = step is Step.NOTICE and Step.CONSENTS in others
    return [step, Step.CONSENTS] if is_followed else [step]


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
    request: Request, enrolment: Enrolment, forms: Mapping[Step, Form], *, status: int = 200
) -> HttpResponse:
    step = next(iter(forms))
    return render(
        request,
        f"learner/welcome_{step}.html",
        {
            "form": forms.get(Step.CONSENTS, forms[step]),
            "step": step,
            "place": 1 if step is Step.PROFILE else SCREENS,
            "places": SCREENS,
            "before": None if step is Step.PROFILE else Step.PROFILE,
            "person": enrolment.person,
            "edition": enrolment.edition,
            "again": step is Step.NOTICE and enrolment.notice_version is not None,
        },
        status=status,
    )


def _step(name: str | None) -> Step | None:
    return Step(name) if name in set(Step) else None
