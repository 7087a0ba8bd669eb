"""The floor: in which language it speaks, and giving it back."""

from typing import Any

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_POST

from sabaq.classroom.queries.floor import own_floor
from sabaq.classroom.services.floor import set_floor_language, take_floor
from sabaq.kernel import clock
from sabaq.kernel.errors import DomainError
from sabaq.people.enums import Role
from sabaq.web.classroom.views.door import TEACHING_ROLES, done, own_act, refused, session_for
from sabaq.web.requests import Request


@require_POST
def floor_language(request: Request, session: object) -> HttpResponse:
    """Say in which language the floor speaks: whoever leads the class may, and interpreters, who hear it first."""
    found, actor = session_for(request, session), request.actor
    leads = actor.has_role(*TEACHING_ROLES, edition_id=found.edition_id)
    if not leads and not actor.has_role(Role.INTERPRETER, edition_id=found.edition_id):
        raise Http404
    try:
        set_floor_language(found, request.POST.get("language", ""), by=actor, at=clock.now())
    except DomainError as error:
        return refused(request, error)
    return done(request, found, "trainer:console" if leads else "classroom:room")


@require_POST
def give_floor_back(request: Request, session: object) -> HttpResponse:
    """Give back the floor that was granted to her, exactly once per write id."""
    found, actor, at = session_for(request, session), request.actor, clock.now()

    def act(enrolment_id: int) -> dict[str, Any]:
        if (held := own_floor(found, enrolment_id)) is not None:
            take_floor(held, by=actor, at=at)
        return {}

    return own_act(request, found, {"floor": "back"}, act, at=at)
