"""The participant's hand."""

from typing import Any

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_POST

from sabaq.classroom.queries.hands import own_hand
from sabaq.classroom.services.hands import lower_hand, raise_hand
from sabaq.kernel import clock
from sabaq.web.classroom.views.door import own_act, session_for
from sabaq.web.requests import Request


@require_POST
def hand(request: Request, session: object) -> HttpResponse:
    """Raise or lower her own hand, exactly once per write id."""
    found_session, actor, at = session_for(request, session), request.actor, clock.now()
    wanted = request.POST.get("hand")
    if wanted not in {"up", "down"}:
        raise Http404

    def act(enrolment_id: int) -> dict[str, Any]:
        if wanted == "up":
            raise_hand(found_session, enrolment_id=enrolment_id, by=actor, at=at)
        elif (up := own_hand(found_session, enrolment_id)) is not None:
            lower_hand(up, by=actor, at=at)
        return {}

    return own_act(request, found_session, {"hand": wanted}, act, at=at)
