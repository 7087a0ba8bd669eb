"""Guest speakers: a link for one session each, issued, shown, closed and replaced."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from sabaq.courses.enums import ContributorKind, SessionKind
from sabaq.courses.models import Contributor, Edition, Session
from sabaq.courses.queries import timetable
from sabaq.enrolment.effects import text_for_guest
from sabaq.enrolment.models import AccessLink
from sabaq.enrolment.queries import guest_links
from sabaq.enrolment.services import issue_guest_link, reissue_guest_link, revoke_link
from sabaq.enrolment.services.latecomers import ADMITTING_ROLES
from sabaq.kernel import clock
from sabaq.kernel.errors import DomainError
from sabaq.web.office.views.nominations import edition_of
from sabaq.web.requests import Request, found, staff_only


@staff_only
@never_cache
@require_safe
def guests(request: Request, slug: str) -> HttpResponse:
    """Show each session with its guests' links, and who else could be given one."""
    edition, at = edition_of(request, slug, *ADMITTING_ROLES), clock.now()
    links: dict[int, list[AccessLink]] = {}
    for link in guest_links(edition, at=at):
        links.setdefault(link.session_id or 0, []).append(link)
    sessions = (
        timetable(edition)
        .exclude(kind=SessionKind.BREAK)
        .filter(ends_at__gt=at)
        .prefetch_related("contributors")
    )
    speakers = list(edition.contributors.filter(kind=ContributorKind.SPEAKER))
    rows = [_row(one, links.get(one.pk, []), speakers) for one in sessions]
    return render(request, "office/guests.html", {"edition": edition, "rows": rows})


def _row(session: Session, links: list[AccessLink], speakers: list[Contributor]) -> dict[str, Any]:
    """Give a session with its links; whoever speaks in it by the timetable is offered first."""
    holding = {link.guest_id for link in links}
    own = {one.pk for one in session.contributors.all()}
    offered = sorted(
        (one for one in speakers if one.pk not in holding), key=lambda one: one.pk not in own
    )
    return {"session": session, "links": links, "offered": offered}


@staff_only
@require_POST
def issue(request: Request, slug: str) -> HttpResponse:
    """Give a speaker a link to one session, and show it."""
    edition = edition_of(request, slug, *ADMITTING_ROLES)
    session = found(
        edition.sessions.exclude(kind=SessionKind.BREAK), uuid=_uuid(request, "session")
    )
    speaker = found(
        edition.contributors.filter(kind=ContributorKind.SPEAKER), uuid=_uuid(request, "guest")
    )
    try:
        link = issue_guest_link(speaker, session, by=request.actor, at=clock.now())
    except DomainError as error:
        messages.error(request, str(error))
        return redirect("office:guests", slug)
    return redirect("office:guest", slug, link.uuid)


def _uuid(request: Request, name: str) -> UUID:
    try:
        return UUID(request.POST.get(name, ""))
    except ValueError:
        return UUID(int=0)  # names nothing: what is not there answers 404


@staff_only
@never_cache
@require_safe
def guest(request: Request, slug: str, uuid: UUID) -> HttpResponse:
    """Show a guest's link with the text to send or print, in both languages."""
    edition = edition_of(request, slug, *ADMITTING_ROLES)
    link = _link(edition, uuid)
    texts = [text_for_guest(link, language) for language in ("en", "ru")]
    return render(request, "office/guest.html", {"edition": edition, "link": link, "texts": texts})


@staff_only
@require_POST
def revoke(request: Request, slug: str, uuid: UUID) -> HttpResponse:
    """Close the link at once."""
    link = _link(edition_of(request, slug, *ADMITTING_ROLES), uuid)
    revoke_link(link, by=request.actor, at=clock.now())
    messages.success(request, _("The link no longer opens."))
    return redirect("office:guests", slug)


@staff_only
@require_POST
def reissue(request: Request, slug: str, uuid: UUID) -> HttpResponse:
    """Close the link and show another one to the same session."""
    link = _link(edition_of(request, slug, *ADMITTING_ROLES), uuid)
    try:
        link = reissue_guest_link(link, by=request.actor, at=clock.now())
    except DomainError as error:
        messages.error(request, str(error))
        return redirect("office:guests", slug)
    messages.success(request, _("The old link no longer opens. Here is the new one."))
    return redirect("office:guest", slug, link.uuid)


def _link(edition: Edition, uuid: UUID) -> AccessLink:
    return found(guest_links(edition, at=clock.now()), uuid=uuid)
