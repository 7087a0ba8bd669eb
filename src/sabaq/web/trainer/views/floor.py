"""Give the floor to a raised hand, and take it back."""

from uuid import UUID

from sabaq.classroom.models import FloorGrant
from sabaq.classroom.services import floor
from sabaq.courses.models import Session
from sabaq.kernel import clock
from sabaq.web.requests import Request, found
from sabaq.web.trainer.views.acts import act
from sabaq.web.trainer.views.hands import hand_in


@act
def grant_floor(request: Request, session: Session, hand: UUID) -> None:
    floor.grant_floor(hand_in(session, hand), by=request.actor, at=clock.now())


@act
def take_floor(request: Request, session: Session, grant: UUID) -> None:
    grants = FloorGrant.objects.filter(session=session).select_related("session")
    floor.take_floor(found(grants, uuid=grant), by=request.actor, at=clock.now())
