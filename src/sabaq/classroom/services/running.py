"""Beginning a class, moving its slides, ending it: lock the class, check, change the state, append the fact."""

from datetime import datetime

from sabaq.classroom.enums import ClassState
from sabaq.classroom.errors.running import BreakIsNoClass, ClassHasEnded, SlideMovedOn, UnknownSlide
from sabaq.classroom.events.running import ClassBegan, ClassEnded, SlideShown
from sabaq.classroom.log import append, locked_class, must_be_live
from sabaq.classroom.models import LiveClass, PollRun
from sabaq.classroom.services.booths import leave_every_booth
from sabaq.classroom.services.floor import take_every_floor
from sabaq.classroom.services.hands import lower_all_hands
from sabaq.classroom.services.helping import forget_help
from sabaq.classroom.services.polls import close_poll
from sabaq.classroom.services.questions import forget_supporters
from sabaq.courses.enums import SessionKind
from sabaq.courses.models import Session
from sabaq.courses.packs import Deck
from sabaq.people.actors import Actor


def begin_class(session: Session, deck: Deck | None, *, by: Actor, at: datetime) -> LiveClass:
    """Begin the class on the deck's first slide; beginning a live class again changes nothing.

    Raises `ClassHasEnded`, or `BreakIsNoClass`.
    """
    if session.kind == SessionKind.BREAK:
        raise BreakIsNoClass
    with locked_class(session) as live:
        if live.state == ClassState.LIVE:
            return live
        if live.state == ClassState.ENDED:
            raise ClassHasEnded
        live.state, live.started_at = ClassState.LIVE, at
        live.slide = deck.slides[0].id if deck and deck.slides else ""
        live.save(update_fields=["state", "started_at", "slide"])
        append(live, ClassBegan(slide=live.slide), by=by, at=at)
        return live


def show_slide(
    session: Session, deck: Deck, slide: str, *, expected: str, by: Actor, at: datetime
) -> LiveClass:
    """Show `slide` to everyone, if the class still stands on `expected`; else raise `SlideMovedOn`.

    Two trainers who press "next" at once move one slide, not two.
    """
    wanted = deck.slide(slide)
    if wanted is None:
        raise UnknownSlide
    with locked_class(session) as live:
        must_be_live(live)
        if live.slide == slide:
            return live
        if live.slide != expected:
            raise SlideMovedOn
        live.slide = slide
        live.save(update_fields=["slide"])
        append(live, SlideShown(slide=slide, block_hash=wanted.hash), by=by, at=at)
        return live


def end_class(session: Session, *, by: Actor, at: datetime) -> LiveClass:
    """End the class for everyone: close a poll, lower hands, take floor and booths. Ending it twice changes nothing."""
    with locked_class(session) as live:
        if live.state == ClassState.ENDED:
            return live
        must_be_live(live)
        running = PollRun.objects.filter(session=session, closed_at__isnull=True).first()
        if running:
            close_poll(running, by=by, at=at)
            live.refresh_from_db()
        lower_all_hands(live, by=by, at=at)
        take_every_floor(live, by=by, at=at)
        leave_every_booth(live, by=by, at=at)
        forget_supporters(live, at=at)
        forget_help(live, at=at)
        live.state, live.ended_at = ClassState.ENDED, at
        live.save(update_fields=["state", "ended_at"])
        append(live, ClassEnded(), by=by, at=at)
        return live
