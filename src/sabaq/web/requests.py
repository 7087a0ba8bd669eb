"""What views know of a request: the actor at the door, and typed helpers to let her through."""

import uuid
from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

from django.core.exceptions import BadRequest
from django.db.models import Model, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from sabaq.enrolment.models import AccessLink, Enrolment
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
    access = getattr(request, "access", None)
    if access is None or access.enrolment is None:
        raise Http404
    enrolment: Enrolment = access.enrolment
    return enrolment


def participants_only(view: View) -> View:
    """Let only participants in; others are shown where to type their code."""

    @wraps(view)
    def guarded(request: Request, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.actor.is_participant:
            return redirect("public:code")
        return view(request, *args, **kwargs)

    return guarded


def staff_only(view: View) -> View:
    """Let only staff in; somebody not signed in goes to the sign-in page, a participant finds nothing."""

    @wraps(view)
    def guarded(request: Request, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.actor.is_signed_in:
            return redirect(f"/staff/sign-in/?next={request.path}")
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
