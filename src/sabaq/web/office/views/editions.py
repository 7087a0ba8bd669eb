from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from sabaq.courses.queries import by_nearness, editions_visible_to, pack_of
from sabaq.kernel import clock
from sabaq.web.office.edition_page import gather
from sabaq.web.office.views.attendance import READING_ROLES
from sabaq.web.requests import Request, found, staff_only


@staff_only
@require_safe
def editions(request: Request) -> HttpResponse:
    """List the editions this member of staff works on: what runs, what comes, what is over."""
    at = clock.now()
    visible = editions_visible_to(request.actor).prefetch_related("projects")
    return render(request, "office/editions.html", {"editions": by_nearness(visible, at=at)})


@staff_only
@require_safe
def edition(request: Request, slug: str) -> HttpResponse:
    """Show how far an edition has come and the one next thing to do."""
    edition = found(editions_visible_to(request.actor), slug=slug)
    page = gather(edition, request.actor, at=clock.now())
    may_read = request.actor.has_role(*READING_ROLES, edition_id=edition.pk)
    context = {
        "edition": edition,
        "page": page,
        "may_read_attendance": may_read,
        "has_commitments": pack_of(edition.version).promise is not None,
    }
    return render(request, "office/edition.html", context)
