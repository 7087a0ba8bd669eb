"""The participant's vote, and the page of its own on which she casts it where there is no script."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from sabaq.classroom.models import PollRun
from sabaq.classroom.queries.polls import own_vote, poll_of
from sabaq.classroom.services.polls import poll_that_is, vote
from sabaq.courses.models import Session
from sabaq.kernel import clock
from sabaq.kernel.errors import DomainError
from sabaq.kernel.ids import new_uuid
from sabaq.web.classroom.shown_polls import shown_poll
from sabaq.web.classroom.views.door import done, refused, session_for
from sabaq.web.requests import Request, found, write_id_of


@require_http_methods(["GET", "HEAD", "POST"])
def poll(request: Request, session: object, run: object) -> HttpResponse:
    """Cast or change the participant's vote; asked for, show the poll on a page that never reloads by itself."""
    found_session, enrolment_id = session_for(request, session), request.actor.enrolment_id
    if enrolment_id is None:
        raise Http404
    asked = found(PollRun.objects.filter(session=found_session), uuid=run)
    if request.method == "POST":
        return _cast(request, found_session, asked, enrolment_id)
    if asked.closed_at is not None:
        return redirect("classroom:room", found_session.uuid)
    context = {
        "session": found_session,
        "own_poll": shown_poll(found_session, asked, request.LANGUAGE_CODE),
        "my_vote": own_vote(asked, enrolment_id=enrolment_id),
        "write_id": new_uuid(),
        "is_alone": True,
    }
    return render(request, "classroom/poll.html", context)


def _cast(request: Request, session: Session, asked: PollRun, enrolment_id: int) -> HttpResponse:
    """Take the vote. It leaves no receipt: the vote itself knows what it took."""
    try:
        vote(
            asked,
            poll_that_is(poll_of(session, asked.poll)),
            request.POST.getlist("option"),
            enrolment_id=enrolment_id,
            at=clock.now(),
            write_id=write_id_of(request),
        )
    except DomainError as error:
        return refused(request, error)
    return done(request, session)
