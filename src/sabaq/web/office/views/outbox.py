"""Letters and sheets: who must be handed over what, by whom it can be copied, printed and noted."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Prefetch
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from sabaq.enrolment.effects import can_be_posted, print_access_sheets, text_of_letter
from sabaq.enrolment.enums import EnrolmentState, LetterState
from sabaq.enrolment.models import Letter
from sabaq.enrolment.queries import (
    agencies_within_reach,
    enrolments_visible_to,
    letters_owed,
    letters_visible_to,
    valid_links,
    with_valid_link,
)
from sabaq.enrolment.services.letters import hand_over_letters, send_again
from sabaq.kernel import clock
from sabaq.kernel.errors import DomainError
from sabaq.people.enums import Role
from sabaq.people.models import Agency
from sabaq.web.office.views.nominations import edition_of
from sabaq.web.requests import Request, found, staff_only

PAGE = 50


@staff_only
@require_safe
def outbox(request: Request, slug: str) -> HttpResponse:
    """Show the letters that somebody must hand over, with their text, and the sheets to print."""
    edition = edition_of(request, slug, Role.ORGANISER, Role.FOCAL_POINT)
    at = clock.now()
    letters = letters_visible_to(request.actor, edition)
    owed = (
        letters_owed(letters)
        .prefetch_related(Prefetch("enrolment__links", valid_links(at=at), to_attr="valid_links"))
        .order_by("enrolment__person__agency__key", "enrolment__person__name_key")
    )
    page = Paginator(owed, PAGE).get_page(request.GET.get("page"))
    states = list(letters.values_list("state", flat=True))
    return render(
        request,
        "office/outbox.html",
        {
            "edition": edition,
            "page": page,
            "letters": [_shown(letter) for letter in page],
            "on_the_way": sum(s in {LetterState.QUEUED, LetterState.SENDING} for s in states),
            "sent": states.count(LetterState.SENT),
            "any": bool(states),
            "owing": set(owed.values_list("enrolment__person__agency", flat=True)),
            "agencies": Agency.objects.filter(
                # Of whom no link opens any more, as after the course, there is no card to print.
                pk__in=enrolments_visible_to(request.actor, edition)
                .filter(state=EnrolmentState.ACTIVE, links__in=valid_links(at=at))
                .values("person__agency")
            ),
            "is_organiser": request.actor.has_role(Role.ORGANISER, edition_id=edition.pk),
        },
    )


def _shown(letter: Letter) -> dict[str, Any]:
    links = letter.enrolment.valid_links  # type: ignore[attr-defined]
    return {
        "letter": letter,
        "person": letter.enrolment.person,
        "text": text_of_letter(letter, links[0]) if links else None,
        "may_be_posted": bool(links) and can_be_posted(letter),
    }


@staff_only
@require_POST
def hand_over(request: Request, slug: str) -> HttpResponse:
    """Note that the chosen letters, or all of one agency, were handed over."""
    edition = edition_of(request, slug, Role.ORGANISER, Role.FOCAL_POINT)
    wanted, agency = set(request.POST.getlist("letter")), request.POST.get("agency")
    chosen = [
        letter
        for letter in letters_owed(letters_visible_to(request.actor, edition))
        if str(letter.uuid) in wanted
        or (letter.enrolment.person.agency and letter.enrolment.person.agency.key == agency)
    ]
    if not chosen:
        messages.error(request, _("Choose at least one letter first. Nothing was changed."))
        return redirect("office:outbox", slug)
    count = len(hand_over_letters(chosen, by=request.actor, at=clock.now()))
    text = ngettext(
        "%(count)s letter is noted as handed over.",
        "%(count)s letters are noted as handed over.",
        count,
    )
    messages.success(request, text % {"count": count})
    return redirect("office:outbox", slug)


@staff_only
@require_POST
def resend(request: Request, slug: str, uuid: UUID) -> HttpResponse:
    """Try to send one letter by e-mail again."""
    edition = edition_of(request, slug, Role.ORGANISER, Role.FOCAL_POINT)
    letter = found(letters_visible_to(request.actor, edition), uuid=uuid)
    try:
        send_again(letter, by=request.actor, at=clock.now())
        messages.success(request, _("The letter is queued and will be sent within a minute."))
    except DomainError as error:
        messages.error(request, str(error))
    return redirect("office:outbox", slug)


@staff_only
@require_safe
def access_sheet(request: Request, slug: str, key: str) -> HttpResponse:
    """Give the sheet of one agency, to be printed, cut and handed out."""
    edition = edition_of(request, slug, Role.ORGANISER, Role.FOCAL_POINT)
    agency = found(agencies_within_reach(request.actor, edition), key=key)
    return _sheets(request, slug, agency)


@staff_only
@require_safe
def access_sheets(request: Request, slug: str) -> HttpResponse:
    """Give the sheets of all agencies that the reader may see, each on pages of its own."""
    return _sheets(request, slug, None)


def _sheets(request: Request, slug: str, agency: Agency | None) -> HttpResponse:
    edition = edition_of(request, slug, Role.ORGANISER, Role.FOCAL_POINT)
    enrolments = enrolments_visible_to(request.actor, edition).filter(state=EnrolmentState.ACTIVE)
    if agency is not None:
        enrolments = enrolments.filter(person__agency=agency)
    holders = [
        enrolment
        for enrolment in with_valid_link(enrolments, at=clock.now()).order_by(
            "person__agency__country", "person__agency__key", "person__name_key"
        )
        if enrolment.valid_links  # type: ignore[attr-defined]
    ]
    if not holders:
        raise Http404
    name = f"access-{agency.key if agency else edition.slug}.pdf"
    return HttpResponse(
        print_access_sheets(edition, holders, language=request.LANGUAGE_CODE),
        content_type="application/pdf",
        headers={"Content-Disposition": f'inline; filename="{name}"'},
    )
