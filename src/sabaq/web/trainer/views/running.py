"""Begin, move the slide, end."""

from sabaq.classroom.errors.running import UnknownSlide
from sabaq.classroom.services import running
from sabaq.courses.models import Session
from sabaq.kernel import clock
from sabaq.web.classroom.stage import deck_of
from sabaq.web.requests import Request
from sabaq.web.trainer.views.acts import act


@act
def begin(request: Request, session: Session) -> None:
    running.begin_class(session, deck_of(session), by=request.actor, at=clock.now())


@act
def end(request: Request, session: Session) -> None:
    running.end_class(session, by=request.actor, at=clock.now())


@act
def show_slide(request: Request, session: Session) -> None:
    deck = deck_of(session)
    if deck is None:
        raise UnknownSlide
    running.show_slide(
        session,
        deck,
        request.POST.get("slide", ""),
        expected=request.POST.get("expected", ""),
        by=request.actor,
        at=clock.now(),
    )
