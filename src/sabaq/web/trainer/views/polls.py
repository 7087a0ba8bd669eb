"""Ask a poll, close it, show what came of it."""

from sabaq.classroom.errors.polls import UnknownPoll
from sabaq.classroom.models import PollRun
from sabaq.classroom.services import polls
from sabaq.courses.models import Session
from sabaq.kernel import clock
from sabaq.web.classroom.stage import poll_of
from sabaq.web.requests import Request
from sabaq.web.trainer.views.acts import act


@act
def open_poll(request: Request, session: Session, poll: str) -> None:
    asked = polls.poll_of_run(poll_of(session, poll))
    polls.open_poll(session, asked, by=request.actor, at=clock.now())


@act
def close_poll(request: Request, session: Session, poll: str) -> None:
    polls.close_poll(_latest_run(session, poll), by=request.actor, at=clock.now())


@act
def show_results(request: Request, session: Session, poll: str) -> None:
    run = _latest_run(session, poll)
    asked = polls.poll_of_run(poll_of(session, poll))
    polls.show_results(run, asked, by=request.actor, at=clock.now())


def _latest_run(session: Session, poll: str) -> PollRun:
    run = PollRun.objects.filter(session=session, poll=poll).order_by("-opened_at").first()
    if run is None:
        raise UnknownPoll
    return run
