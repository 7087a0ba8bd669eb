from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from sabaq.courses.queries import editions_visible_to
from sabaq.courses.tree import programme_tree
from sabaq.web.requests import Request, staff_only


@staff_only
@require_safe
def programmes(request: Request) -> HttpResponse:
    """Show the programme tree with the editions this member of staff works on."""
    editions = editions_visible_to(request.actor)
    tree = programme_tree(editions, whole=request.actor.is_administrator)
    return render(request, "office/programmes.html", {"tree": tree})
