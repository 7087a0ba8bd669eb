"""Tell those who teach that five minutes are left; note that they have seen it."""

from datetime import datetime

from django.core.exceptions import BadRequest

from sabaq.classroom.services import timekeeping
from sabaq.courses.models import Session
from sabaq.kernel import clock
from sabaq.web.requests import Request
from sabaq.web.trainer.views.acts import act


@act
def send_five_minutes(request: Request, session: Session) -> None:
    timekeeping.send_five_minutes(session, by=request.actor, at=clock.now())


@act
def see_five_minutes(request: Request, session: Session) -> None:
    """Note that she has seen what she was told; `since` says which telling that was."""
    try:
        since = datetime.fromisoformat(request.POST.get("since", ""))
    except ValueError as error:
        raise BadRequest("since") from error
    if since.tzinfo is None:
        raise BadRequest("since")
    timekeeping.see_five_minutes(session, told_since=since, by=request.actor, at=clock.now())
