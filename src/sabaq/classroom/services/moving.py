"""Moving a session, and if wanted all later ones of its day: every timetable, page and calendar follows.

The edition's row is taken first, then the classes in the order of the timetable: two people who move at
once move one after the other, and a class that begins meanwhile is not moved under its trainer.
"""

from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils.formats import date_format
from django.utils.translation import get_language, gettext

from sabaq.classroom.enums import ClassState
from sabaq.classroom.errors import moving as errors
from sabaq.classroom.events.moving import SessionMoved
from sabaq.classroom.log import append, locked_class
from sabaq.classroom.models import LiveClass
from sabaq.courses.enums import SessionKind
from sabaq.courses.models import Edition, Session
from sabaq.courses.queries import timetable
from sabaq.courses.services.sessions import reschedule
from sabaq.enrolment.services.letters import queue_word_of_move
from sabaq.enrolment.services.links import keep_guest_links
from sabaq.kernel.errors import NotAllowed
from sabaq.kernel.i18n import text_in
from sabaq.people.actors import Actor
from sabaq.people.enums import Role

MOVING_ROLES = (Role.ORGANISER, Role.HOST)
LEAST_MINUTES, MOST_MINUTES = 5, 480
# A letter is for those who do not look at their page in time; a small or a late move they learn there.
WRITTEN_BEYOND = timedelta(minutes=15)
WRITTEN_BEFORE = timedelta(hours=1)


@dataclass(frozen=True)
class Move:
    """Where a session goes; `with_later` takes the later sessions of its day along by as much as its end moves."""

    starts_at: datetime
    ends_at: datetime
    with_later: bool = False
    may_overlap: bool = False
    reason: str = ""


@transaction.atomic
def move_session(session: Session, move: Move, *, by: Actor, at: datetime) -> list[Session]:
    """Give the session its new time and length, and tell everybody; give the sessions that were moved.

    Moving to where it stands changes nothing. All or nothing: raises one of `errors.moving` or `NotAllowed`.
    """
    edition = Edition.objects.select_for_update().get(pk=session.edition_id)
    if not by.has_role(*MOVING_ROLES, edition_id=edition.pk):
        raise NotAllowed
    session = edition.sessions.get(pk=session.pk)
    if (session.starts_at, session.ends_at) == (move.starts_at, move.ends_at):
        return []
    wanted = _wanted(edition, session, move)
    with ExitStack() as locks:
        lives = {one.pk: _waiting(one, locks) for one, _, _ in wanted}
        _check(edition, wanted, move, at=at)
        is_written = any(_is_written(one, starts_at, at) for one, starts_at, _ in wanted)
        moved = [
            _move(one, starts_at, ends_at, lives[one.pk], reason=move.reason, by=by, at=at)
            for one, starts_at, ends_at in wanted
        ]
    if is_written:
        queue_word_of_move(edition, by=by, at=at)
    return moved


Wanted = tuple[Session, datetime, datetime]


def _wanted(edition: Edition, session: Session, move: Move) -> list[Wanted]:
    """Give each session to move with its new time, in the order of the timetable."""
    wanted = [(session, move.starts_at, move.ends_at)]
    by_as_much = move.ends_at - session.ends_at
    if move.with_later and by_as_much:
        wanted += [
            (later, later.starts_at + by_as_much, later.ends_at + by_as_much)
            for later in later_on_its_day(edition, session)
        ]
    return wanted


def later_on_its_day(edition: Edition, session: Session) -> list[Session]:
    """Give the sessions that follow this one on its day, by the clock of the course."""
    zone = ZoneInfo(edition.zone)
    day = session.starts_at.astimezone(zone).date()
    return [
        one
        for one in timetable(edition).filter(starts_at__gte=session.ends_at).exclude(pk=session.pk)
        if one.starts_at.astimezone(zone).date() == day
    ]


def _waiting(session: Session, locks: ExitStack) -> LiveClass:
    """Hold the session's class, which must not have begun."""
    live = locks.enter_context(locked_class(session))
    if live.state != ClassState.WAITING:
        raise errors.ClassIsNoPlan(title=_title(session))
    return live


def _check(edition: Edition, wanted: Sequence[Wanted], move: Move, *, at: datetime) -> None:
    length = move.ends_at - move.starts_at
    if not timedelta(minutes=LEAST_MINUTES) <= length <= timedelta(minutes=MOST_MINUTES):
        raise errors.EndsBeforeItBegins(least=LEAST_MINUTES, most=MOST_MINUTES)
    if any(starts_at < at for _, starts_at, _ in wanted):
        raise errors.MovedToThePast
    zone = ZoneInfo(edition.zone)
    for session, starts_at, ends_at in wanted:
        first, last = starts_at.astimezone(zone).date(), ends_at.astimezone(zone).date()
        # A trial run may be held before the first day, as in the edition's file.
        is_early = first < edition.starts_on and session.kind != SessionKind.TRIAL
        if is_early or last > edition.ends_on:
            raise errors.OutsideTheEdition(
                title=_title(session),
                first=date_format(edition.starts_on, "j E Y"),
                last=date_format(edition.ends_on, "j E Y"),
            )
    if not move.may_overlap:
        _refuse_overlap(edition, wanted)


def _refuse_overlap(edition: Edition, wanted: Sequence[Wanted]) -> None:
    """Raise where a moved session would go on with another one; what overlapped before is nobody's mistake now."""
    moved = {session.pk for session, _, _ in wanted}
    others = [(one, one.starts_at, one.ends_at) for one in timetable(edition).exclude(pk__in=moved)]
    titles: dict[int, str] = {}
    for session, starts_at, ends_at in wanted:
        for other, begins, ends in others:
            if starts_at < ends and begins < ends_at:
                titles |= {session.pk: _title(session), other.pk: _title(other)}
    if titles:
        raise errors.SessionsOverlap(
            titles=", ".join(gettext("“%(title)s”") % {"title": title} for title in titles.values())
        )


def _is_written(session: Session, starts_at: datetime, at: datetime) -> bool:
    is_large = abs(starts_at - session.starts_at) > WRITTEN_BEYOND
    return is_large and min(starts_at, session.starts_at) - at > WRITTEN_BEFORE


def _move(
    session: Session,
    starts_at: datetime,
    ends_at: datetime,
    live: LiveClass,
    *,
    reason: str,
    by: Actor,
    at: datetime,
) -> Session:
    moved = reschedule(session, starts_at, ends_at, by=by, at=at, reason=reason)
    keep_guest_links(moved, by=by, at=at)
    # Whoever waits on the class page is told at once.
    event = SessionMoved(starts_at.isoformat(), ends_at.isoformat())
    append(live, event, by=by, at=at)
    return moved


def _title(session: Session) -> str:
    return text_in(session.title, get_language() or "en").text
