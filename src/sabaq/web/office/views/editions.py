from django.http import HttpResponse
from django.shortcuts import render

from sabaq.courses.queries import editions_visible_to
from sabaq.web.requests import Request, staff_only


@staff_only
def editions(request: Request) -> HttpResponse:
    """List the editions this member of staff works on."""
    return render(request, "office/editions.html", {"editions": editions_visible_to(request.actor)})
