"""Changing the time of one session. Whoever calls this has looked at the class and at its neighbours."""

from datetime import datetime

from django.db import transaction

from sabaq.courses.models import Session
from sabaq.courses.rules import is_move_told
from sabaq.kernel.audit import Signatory, record


@transaction.atomic
def reschedule(
    session: Session,
    starts_at: datetime,
    ends_at: datetime,
    *,
    by: Signatory | None,
    at: datetime,
    reason: str = "",
) -> Session:
    """Give the session another time, remembering the one that people have read.

    Moved again while the first move is still told, it keeps the first time; moved back, it has none.
    """
    session = Session.objects.select_for_update(of=("self",)).get(pk=session.pk)
    told = session.starts_at
    if session.moved_from is not None and is_move_told(
        session.moved_at, session.starts_at, session.ends_at, at=at
    ):
        told = session.moved_from
    session.starts_at, session.ends_at = starts_at, ends_at
    session.moved_from = told if told != starts_at else None
    session.moved_at, session.is_off_file = at, True
    session.revision += 1
    changed = ["starts_at", "ends_at", "moved_from", "moved_at", "is_off_file", "revision"]
    session.save(update_fields=changed)
    record(session, "moved", by=by, at=at, changed=["starts_at", "ends_at"], reason=reason)
    return session
