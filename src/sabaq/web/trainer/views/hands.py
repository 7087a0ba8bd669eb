"""Give the word, lower a hand."""

from uuid import UUID

from sabaq.classroom.models import Hand
from sabaq.classroom.services import hands
from sabaq.courses.models import Session
from sabaq.kernel import clock
from sabaq.web.requests import Request, found
from sabaq.web.trainer.views.acts import act


@act
def call_hand(request: Request, session: Session, hand: UUID) -> None:
    hands.call_hand(hand_in(session, hand), by=request.actor, at=clock.now())


@act
def lower_hand(request: Request, session: Session, hand: UUID) -> None:
    hands.lower_hand(hand_in(session, hand), by=request.actor, at=clock.now())


def hand_in(session: Session, uuid: UUID) -> Hand:
    """Give a hand of this session, or answer 404."""
    return found(Hand.objects.filter(session=session).select_related("session"), uuid=uuid)
