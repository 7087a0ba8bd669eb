"""The audit trail of an edition's nominations and enrolments, in words and without data values."""

from collections.abc import Iterable
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import get_language, pgettext_lazy
from django.views.decorators.http import require_safe

from sabaq.courses.models import Edition, Session
from sabaq.enrolment.models import AccessLink, Enrolment, Letter, Nomination, Room
from sabaq.enrolment.queries import trail_of_enrolment
from sabaq.enrolment.rules import COLUMN_LABELS
from sabaq.kernel.i18n import text_in
from sabaq.kernel.models import AuditRecord
from sabaq.people.enums import Role
from sabaq.web.office.views.nominations import edition_of
from sabaq.web.requests import Request, staff_only

PAGE = 50
# Where the name of a person stands; a room has its own.
_PATHS: dict[str, tuple[Any, str]] = {
    Nomination._meta.label: (Nomination, "nominee"),
    Enrolment._meta.label: (Enrolment, "person"),
    AccessLink._meta.label: (AccessLink, "enrolment__person"),
    Letter._meta.label: (Letter, "enrolment__person"),
    Room._meta.label: (Room, ""),
    Session._meta.label: (Session, ""),
}
_WORDS: dict[tuple[str, str], str | Promise] = {
    (Nomination._meta.label, "nominated"): pgettext_lazy("audit trail", "Nominated"),
    (Nomination._meta.label, "nominated again"): pgettext_lazy("audit trail", "Nominated again"),
    (Nomination._meta.label, "corrected"): pgettext_lazy("audit trail", "Nomination corrected"),
    (Nomination._meta.label, "withdrawn"): pgettext_lazy("audit trail", "Nomination withdrawn"),
    (Nomination._meta.label, "confirmed"): pgettext_lazy("audit trail", "Confirmed"),
    (Nomination._meta.label, "reserve"): pgettext_lazy("audit trail", "Put on the reserve list"),
    (Nomination._meta.label, "declined"): pgettext_lazy("audit trail", "Not confirmed this time"),
    (Nomination._meta.label, "to be decided again"): pgettext_lazy(
        "audit trail", "Nomination to be decided again"
    ),
    (Enrolment._meta.label, "enrolled"): pgettext_lazy("audit trail", "Given a seat"),
    (Enrolment._meta.label, "withdrawn"): pgettext_lazy("audit trail", "Seat given back"),
    (Enrolment._meta.label, "profile confirmed"): pgettext_lazy(
        "audit trail", "Own data confirmed"
    ),
    (Enrolment._meta.label, "notice read"): pgettext_lazy("audit trail", "Data notice read"),
    (Enrolment._meta.label, "consents answered"): pgettext_lazy(
        "audit trail", "Questions of consent answered"
    ),
    (Enrolment._meta.label, "admitted provisionally"): pgettext_lazy(
        "audit trail", "Admitted provisionally"
    ),
    (Enrolment._meta.label, "not confirmed"): pgettext_lazy(
        "audit trail", "Not confirmed this time"
    ),
    (Enrolment._meta.label, "test extended, before"): pgettext_lazy(
        "audit trail", "More time given for the test before the course"
    ),
    (Enrolment._meta.label, "test extended, after"): pgettext_lazy(
        "audit trail", "More time given for the test after the course"
    ),
    (Session._meta.label, "moved"): pgettext_lazy("audit trail", "Session moved"),
    (Session._meta.label, "created"): pgettext_lazy("audit trail", "Session added by the file"),
    (Session._meta.label, "changed"): pgettext_lazy("audit trail", "Session changed by the file"),
    (Session._meta.label, "removed"): pgettext_lazy("audit trail", "Session removed by the file"),
    (AccessLink._meta.label, "changed"): pgettext_lazy(
        "audit trail", "Time of a guest link changed"
    ),
    (AccessLink._meta.label, "issued"): pgettext_lazy("audit trail", "Personal link issued"),
    (AccessLink._meta.label, "revoked"): pgettext_lazy("audit trail", "Personal link closed"),
    (AccessLink._meta.label, "first used"): pgettext_lazy("audit trail", "Personal link opened"),
    (Letter._meta.label, "queued"): pgettext_lazy("audit trail", "Letter queued"),
    (Letter._meta.label, "sent"): pgettext_lazy("audit trail", "Letter sent"),
    (Letter._meta.label, "perhaps sent"): pgettext_lazy(
        "audit trail", "Letter perhaps sent; to be handed over"
    ),
    (Letter._meta.label, "to be handed over"): pgettext_lazy(
        "audit trail", "Letter to be handed over"
    ),
    (Letter._meta.label, "could not be sent"): pgettext_lazy(
        "audit trail", "Letter could not be sent"
    ),
    (Letter._meta.label, "handed over"): pgettext_lazy("audit trail", "Letter handed over"),
    (Enrolment._meta.label, "presence added"): pgettext_lazy(
        "audit trail", "Attendance corrected: minutes added"
    ),
    (Enrolment._meta.label, "presence taken"): pgettext_lazy(
        "audit trail", "Attendance corrected: minutes taken away"
    ),
    (Enrolment._meta.label, "presence undone"): pgettext_lazy(
        "audit trail", "Correction of attendance undone"
    ),
    (Enrolment._meta.label, "in the room"): pgettext_lazy(
        "audit trail", "Marked as present in a room"
    ),
    (Enrolment._meta.label, "not in the room"): pgettext_lazy(
        "audit trail", "Mark of presence in a room removed"
    ),
    (Room._meta.label, "made"): pgettext_lazy("audit trail", "Room made"),
    (Room._meta.label, "closed"): pgettext_lazy("audit trail", "Room closed"),
    (Room._meta.label, "opened anew"): pgettext_lazy("audit trail", "Room opened with a new code"),
}


@staff_only
@require_safe
def trail(request: Request, slug: str) -> HttpResponse:
    """Show who did what, the newest first."""
    edition = edition_of(request, slug, Role.ORGANISER)
    page = Paginator(trail_of_enrolment(edition), PAGE).get_page(request.GET.get("page"))
    lines = list(page)
    names = _names(edition, lines)
    rows = [
        {
            "at": line.at,
            "who": line.actor_label,
            "what": _WORDS.get((line.object_type, line.verb), line.verb),
            "name": names.get((line.object_type, line.object_id), ""),
            "changed": [COLUMN_LABELS[field] for field in line.changed if field in COLUMN_LABELS],
            "reason": line.reason,
        }
        for line in lines
    ]
    return render(request, "office/trail.html", {"edition": edition, "page": page, "rows": rows})


def _names(edition: Edition, lines: Iterable[AuditRecord]) -> dict[tuple[str, str], str]:
    """Give the name of the person whom each line is about; at most one query for each kind of object."""
    ids: dict[str, set[str]] = {}
    for line in lines:
        ids.setdefault(line.object_type, set()).add(line.object_id)
    names = {}
    for label, wanted in ids.items():
        model, path = _PATHS[label]
        columns = _columns(model, path)
        for row in model.objects.filter(pk__in=wanted).values_list("pk", *columns):
            name = next((one for one in row[1:] if one), "")
            names[label, str(row[0])] = text_in(name, get_language() or "en").text
    return names


def _columns(model: Any, path: str) -> tuple[str, ...]:
    """Give where a name may stand, the first that is there counts."""
    if model is Session:
        return ("title",)
    if not path:
        return ("name",)
    names = (f"{path}__display_name", f"{path}__native_name")
    return (*names, "guest__name") if model is AccessLink else names
