"""Announce, withdraw, remove; translating is for interpreters too, in web/classroom."""

from typing import Any
from uuid import UUID

from sabaq.classroom.models import Announcement
from sabaq.classroom.services import announcements
from sabaq.courses.models import Session
from sabaq.kernel import clock
from sabaq.kernel.writes import once
from sabaq.web.requests import Request, found, write_id_of
from sabaq.web.trainer.views.acts import act


@act
def announce(request: Request, session: Session) -> None:
    """Post an announcement once, however often its form arrives."""
    at = clock.now()
    texts = {code: request.POST.get(f"text-{code}", "") for code in session.edition.languages}

    def post() -> dict[str, Any]:
        made = announcements.announce(session, texts, by=request.actor, at=at)
        return {"announcement": str(made.uuid)}

    body = {"session": str(session.uuid), **texts}
    once(request.actor.key, write_id_of(request), body, post, at=at)


@act
def withdraw_announcement(request: Request, session: Session, announcement: UUID) -> None:
    standing = _announcement(session, announcement)
    announcements.withdraw_announcement(standing, by=request.actor, at=clock.now())


@act
def remove_announcement(request: Request, session: Session, announcement: UUID) -> None:
    standing = _announcement(session, announcement)
    announcements.remove_announcement(standing, by=request.actor, at=clock.now())


def _announcement(session: Session, uuid: UUID) -> Announcement:
    posted = Announcement.objects.filter(session=session).select_related("session")
    return found(posted, uuid=uuid)
