"""What participants mean to do after the course, each in her own words."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from sabaq.courses.queries import editions_for
from sabaq.feedback.queries import commitments_of, promise_of
from sabaq.people.enums import Role
from sabaq.web.requests import Request, found, staff_only


@staff_only
@require_safe
def commitments(request: Request, slug: str) -> HttpResponse:
    """List the commitments, by name, to the organiser and the M&E officer."""
    doors = editions_for(request.actor, Role.ORGANISER, Role.EVALUATOR)
    edition = found(doors.select_related("version"), slug=slug)
    context = {
        "edition": edition,
        "promise": promise_of(edition),
        "commitments": commitments_of(edition),
    }
    return render(request, "office/commitments.html", context)
