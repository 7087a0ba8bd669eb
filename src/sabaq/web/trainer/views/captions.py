"""Removing a caption: a page of its own, so that nobody does it by a slip, in class or from the minutes."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from sabaq.classroom.models import Caption
from sabaq.classroom.services.captions import remove_caption
from sabaq.kernel import clock
from sabaq.web.requests import Request, found, staff_only
from sabaq.web.trainer.views.console import session_led_by


@staff_only
@require_http_methods(["GET", "HEAD", "POST"])
def caption(request: Request, session: object, caption: UUID) -> HttpResponse:
    """Ask whether a line is to be removed for good; POST removes it and shows the minutes."""
    found_session = session_led_by(request, session)
    lines = Caption.objects.filter(session=found_session).select_related("session")
    line = found(lines, uuid=caption)
    if request.method == "POST":
        remove_caption(line, by=request.actor, at=clock.now())
        messages.success(request, _("The line was removed."))
        return redirect("office:minutes", found_session.edition.slug, found_session.uuid)
    return render(request, "trainer/caption.html", {"session": found_session, "caption": line})
