"""What views know of a request: the actor at the door, and typed helpers to let her through."""

import uuid
from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import BadRequest
from django.db.models import Model, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from sabaq.enrolment.models import AccessLink, Enrolment
from sabaq.enrolment.rules import steps_owed
from sabaq.people.actors import Actor

M = TypeVar("M", bound=Model)
View = Callable[..., HttpResponse]


class Request(HttpRequest):
    """A request that has passed the middleware."""

    actor: Actor
    access: AccessLink | None
    LANGUAGE_CODE: str


def found(queryset: QuerySet[M], **which: Any) -> M:
    """Give the one object behind a door, or answer 404: what is not visible does not exist."""
    found_object = queryset.filter(**which).first()
    if found_object is None:
        raise Http404
    return found_object


def enrolment_of(request: Request) -> Enrolment:
    """Give the enrolment of the participant who is signed in; use under `participants_only`."""
    access = request.access
    if access is None or access.enrolment is None:
        raise Http404
    return access.enrolment


def participants_only(view: View) -> View:
    """Let only participants in, and show their pages only after the first opening is done.

    Somebody not signed in is shown where to type her code; staff and guests find nothing. What is sent
    (POST) is taken in any case: a newer data notice must not cost anybody an answer.
    """

    @wraps(view)
    def guarded(request: Request, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method in {"GET", "HEAD"} and owes_opening(request):
            return redirect("learner:welcome")
        return view(request, *args, **kwargs)

    return participants_at_any_time(guarded)


def participants_at_any_time(view: View) -> View:
    """Let only participants in, before and after their first opening."""

    @wraps(view)
    def guarded(request: Request, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.actor.is_signed_in:
            return redirect("public:code")
        if not request.actor.is_participant:
            raise Http404
        return view(request, *args, **kwargs)

    return guarded


def comers_to_class(view: View) -> View:
    """Lead to the class only whoever is signed in and done with her first opening; the class's door decides on."""

    @wraps(view)
    def guarded(request: Request, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.actor.is_signed_in:
            return redirect("public:code")
        if owes_opening(request):
            return redirect("learner:welcome")
        return view(request, *args, **kwargs)

    return guarded


def owes_opening(request: Request) -> bool:
    """Tell whether a participant is at the door who has not finished her first opening."""
    access = request.access
    if access is None or access.enrolment is None:
        return False
    return bool(steps_owed(access.enrolment.opening))


def pages_of(request: Request) -> str | None:
    """Give the address of this actor's own first page, or None where nobody is signed in."""
    if request.actor.is_participant:
        return reverse("learner:today")
    if request.actor.is_staff:
        return reverse("office:editions")
    if request.actor.room_id is not None:
        return reverse("classroom:hall")
    if request.access is not None and request.access.session is not None:
        return reverse("classroom:room", kwargs={"session": request.access.session.uuid})
    return None


def staff_only(view: View) -> View:
    """Let only staff in; somebody not signed in goes to the sign-in page, a participant finds nothing."""

    @wraps(view)
    def guarded(request: Request, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.actor.is_signed_in:
            return redirect_to_login(request.get_full_path(), reverse("account_login"))
        if not request.actor.is_staff:
            raise Http404
        return view(request, *args, **kwargs)

    return guarded


def write_id_of(request: HttpRequest) -> uuid.UUID:
    """Give the write id sent with a form (hidden field) or made in the browser; 400 where it is none."""
    try:
        return uuid.UUID(request.POST.get("write_id", ""))
    except ValueError as error:
        raise BadRequest("write_id") from error
