"""Correcting what was measured, and marking who sits in a room: rows are added, presence never changes."""

from collections.abc import Collection
from datetime import datetime
from zoneinfo import ZoneInfo

from django.db import transaction

from sabaq.classroom.enums import CorrectionKind
from sabaq.classroom.errors.attendance import (
    NotCounted,
    NotInTheCourse,
    OutsideTheSession,
    ReasonMissing,
    SessionNotOver,
    UndoneAlready,
)
from sabaq.classroom.models import PresenceCorrection, RoomMark
from sabaq.classroom.queries.attendance import running_of
from sabaq.classroom.rules.attendance import Interval, Running
from sabaq.courses.enums import ATTENDED_KINDS
from sabaq.courses.models import Session
from sabaq.enrolment.enums import STATES_LET_IN
from sabaq.enrolment.models import Enrolment, Room
from sabaq.kernel.audit import record
from sabaq.people.actors import Actor


@transaction.atomic
def correct_presence(
    enrolment: Enrolment,
    session: Session,
    kind: CorrectionKind,
    interval: Interval | None,
    *,
    reason: str,
    by: Actor,
    at: datetime,
) -> PresenceCorrection:
    """Add minutes to what counts, or take some away, in `interval` or (None) in the whole session.

    Raises `NotCounted`, `SessionNotOver`, `OutsideTheSession`, `ReasonMissing`.
    """
    enrolment = Enrolment.objects.select_for_update(of=("self",)).get(pk=enrolment.pk)
    reason = _said(reason)
    if enrolment.edition_id != session.edition_id or session.kind not in ATTENDED_KINDS:
        raise NotCounted
    running = running_of([session])[session.pk]
    if not running.is_over(at):
        raise SessionNotOver
    if interval is not None:
        _must_be_within(running, interval, session)
    correction = PresenceCorrection.objects.create(
        session=session,
        enrolment=enrolment,
        kind=kind,
        from_at=interval and interval[0],
        until_at=interval and interval[1],
        reason=reason,
        made_by_id=by.account_id,
        at=at,
    )
    record(enrolment, f"presence {kind}", by=by, at=at, reason=reason)
    return correction


@transaction.atomic
def undo_correction(
    correction: PresenceCorrection, *, reason: str, by: Actor, at: datetime
) -> PresenceCorrection:
    """Undo a correction (which may itself undo one) by another; raises `UndoneAlready`, `ReasonMissing`."""
    correction = PresenceCorrection.objects.select_for_update().get(pk=correction.pk)
    reason = _said(reason)
    if PresenceCorrection.objects.filter(undoes=correction).exists():
        raise UndoneAlready
    undoing = PresenceCorrection.objects.create(
        session_id=correction.session_id,
        enrolment_id=correction.enrolment_id,
        kind=CorrectionKind.UNDONE,
        undoes=correction,
        reason=reason,
        made_by_id=by.account_id,
        at=at,
    )
    record(correction.enrolment, f"presence {undoing.kind}", by=by, at=at, reason=reason)
    return undoing


@transaction.atomic
def mark_room(
    session: Session,
    room: Room,
    enrolment_ids: Collection[int],
    *,
    of: Collection[int],
    by: Actor,
    at: datetime,
) -> tuple[int, int]:
    """Note who of those shown (`of`) sits in this room for this session; give how many came and went.

    Whoever is not in `of` stays as she is. Who sat in another room sits in this one now. A latecomer may be
    marked before she is confirmed; it counts once she is. Raises `NotCounted`, `NotInTheCourse`.
    """
    if room.edition_id != session.edition_id or session.kind not in ATTENDED_KINDS:
        raise NotCounted
    # Two hosts who tick at once must not mark somebody in two rooms.
    Session.objects.select_for_update(of=("self",)).get(pk=session.pk)
    wanted = set(enrolment_ids) & set(of)
    enrolled = Enrolment.objects.filter(
        pk__in=wanted, edition_id=session.edition_id, state__in=STATES_LET_IN
    ).in_bulk()
    if enrolled.keys() != wanted:
        raise NotInTheCourse
    marked = RoomMark.objects.filter(session=session, enrolment_id__in=set(of))
    marks = {mark.enrolment_id: mark for mark in marked.select_related("enrolment")}
    gone = [m for m in marks.values() if m.room_id == room.pk and m.enrolment_id not in wanted]
    moved = [m for m in marks.values() if m.room_id != room.pk and m.enrolment_id in wanted]
    for mark in [*gone, *moved]:
        record(mark.enrolment, "not in the room", by=by, at=at)
        mark.delete()
    new = sorted(wanted - {m.enrolment_id for m in marks.values() if m not in moved})
    for enrolment_id in new:
        RoomMark.objects.create(session=session, room=room, enrolment_id=enrolment_id, at=at)
        record(enrolled[enrolment_id], "in the room", by=by, at=at)
    return len(new), len(gone)


def _said(reason: str) -> str:
    # No database keeps a NUL in a text, and nobody means to write one.
    said = reason.replace("\0", "").strip()[:300]
    if not said:
        raise ReasonMissing
    return said


def _must_be_within(running: Running, interval: Interval, session: Session) -> None:
    start, end = running.window
    if not start <= interval[0] < interval[1] <= end:
        zone = ZoneInfo(session.edition.zone)
        raise OutsideTheSession(
            start=f"{start.astimezone(zone):%H:%M}", end=f"{end.astimezone(zone):%H:%M}"
        )
