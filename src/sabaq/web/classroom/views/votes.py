"""The participant's vote."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from sabaq.classroom.models import PollRun
from sabaq.classroom.queries.polls import poll_of
from sabaq.classroom.services.polls import vote
from sabaq.kernel import clock
from sabaq.kernel.errors import DomainError
from sabaq.web.classroom.views.door import is_quick, session_for
from sabaq.web.requests import Request, found, write_id_of


@require_POST
def cast_vote(request: Request, session: object, run: object) -> HttpResponse:
    """Cast or change the participant's vote. It leaves no receipt: the vote itself knows what it took."""
    found_session, enrolment_id = session_for(request, session), request.actor.enrolment_id
    if enrolment_id is None:
        raise Http404
    asked = found(PollRun.objects.filter(session=found_session), uuid=run)
    poll = poll_of(found_session, asked.poll)
    if poll is None:
        raise Http404
    try:
        vote(
            asked,
            poll,
            request.POST.getlist("option"),
            enrolment_id=enrolment_id,
            at=clock.now(),
            write_id=write_id_of(request),
        )
    except DomainError as error:
        if is_quick(request):
            return HttpResponse(str(error), status=error.status, content_type="text/plain")
        raise
    return HttpResponse(status=204) if is_quick(request) else redirect("classroom:room", session)
