"""Who was and is in class."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from zoneinfo import ZoneInfo

from django.db.models import Q, QuerySet

from sabaq.classroom.enums import CorrectionKind, Recorded
from sabaq.classroom.models import LiveClass, Presence, PresenceCorrection, RoomMark
from sabaq.classroom.rules.attendance import (
    Change,
    DayCutter,
    Interval,
    Running,
    counted,
    gaps_in,
    minutes_of,
    standing,
    union,
    within,
)
from sabaq.courses.enums import ATTENDED_KINDS
from sabaq.courses.models import Edition, Session
from sabaq.enrolment.enums import EnrolmentState
from sabaq.enrolment.models import Enrolment
from sabaq.kernel.moments import as_moment, moments
from sabaq.people.actors import Actor
from sabaq.people.enums import Role

CORRECTING_ROLES = (Role.ORGANISER, Role.HOST)
REGISTER_ROLES = (*CORRECTING_ROLES, Role.EVALUATOR)


@dataclass
class Stay:
    """One participant in one session: what was measured, what the host saw, what was corrected."""

    running: Running
    at: datetime | None = None
    measured: list[Interval] = field(default_factory=list)
    mark: RoomMark | None = None
    corrections: list[PresenceCorrection] = field(default_factory=list)

    @cached_property
    def connected(self) -> list[Interval]:
        """Give the measured presence that counts: joined over devices, within the time the class was held."""
        held = self.running.held
        parts = (within(one, *held) for one in self.measured) if held else ()
        return union(part for part in parts if part)

    @property
    def gaps(self) -> list[Interval]:
        return gaps_in(self.connected)

    @cached_property
    def changes(self) -> list[Change]:
        return [change_of(correction) for correction in self.corrections]

    @cached_property
    def standing(self) -> list[PresenceCorrection]:
        ids = {change.id for change in standing(self.changes)}
        return [correction for correction in self.corrections if correction.pk in ids]

    @cached_property
    def counted(self) -> list[Interval]:
        """Give what counts in the end."""
        by_host = self.running.held_by(self.at) if self.mark else None
        # Nearly nobody is corrected, and a report counts tens of thousands.
        changes = self.changes if self.corrections else ()
        return counted(self.measured, by_host=by_host, changes=changes, running=self.running)

    @property
    def minutes(self) -> float:
        return minutes_of(self.counted)

    @property
    def recorded(self) -> list[Recorded]:
        """Give how these minutes are known."""
        how = []
        if self.connected:
            how.append(Recorded.CONNECTION)
        if self.mark:
            how.append(Recorded.HOST)
        if self.standing:
            how.append(Recorded.CORRECTED)
        return how


@dataclass
class Attendance:
    """Everybody's attendance of an edition: by (enrolment id, session id)."""

    edition: Edition
    sessions: list[Session]
    running: dict[int, Running]
    stays: dict[tuple[int, int], Stay]

    @cached_property
    def by_person(self) -> dict[int, dict[date, list[Interval]]]:
        """Give what counts of each enrolment on each day of the edition's zone, joined over sessions."""
        cutter = DayCutter(ZoneInfo(self.edition.zone))
        days: dict[int, dict[date, list[Interval]]] = defaultdict(lambda: defaultdict(list))
        for (enrolment_id, _), stay in self.stays.items():
            for interval in stay.counted:
                for day, part in cutter.cut(interval):
                    days[enrolment_id][day].append(part)
        return {who: {day: union(parts) for day, parts in of.items()} for who, of in days.items()}

    @cached_property
    def minutes(self) -> dict[int, dict[date, float]]:
        """Give the minutes of each enrolment on each day."""
        return {
            who: {day: minutes_of(intervals) for day, intervals in days.items()}
            for who, days in self.by_person.items()
        }

    @cached_property
    def days(self) -> tuple[date, ...]:
        """Give the days, in the edition's zone, on which something was taught."""
        zone = ZoneInfo(self.edition.zone)
        return tuple(sorted({one.starts_at.astimezone(zone).date() for one in self.sessions}))

    def on(self, day: date) -> list[Session]:
        """Give the sessions that begin on this day of the edition's zone, in order."""
        zone = ZoneInfo(self.edition.zone)
        return [one for one in self.sessions if one.starts_at.astimezone(zone).date() == day]

    def stay(self, enrolment_id: int, session_id: int) -> Stay:
        return self.stays.get((enrolment_id, session_id)) or Stay(self.running[session_id])


def change_of(correction: PresenceCorrection) -> Change:
    interval = (
        (correction.from_at, correction.until_at)
        if correction.from_at and correction.until_at
        else None
    )
    return Change(
        correction.pk, correction.kind == CorrectionKind.ADDED, interval, correction.undoes_id
    )


def attended_minutes(
    edition: Edition, *, at: datetime | None = None, of: Iterable[int] | None = None
) -> dict[int, dict[date, float]]:
    """Give the minutes each enrolment was in class on each day of the edition's zone, in five queries.

    The one definition for certificates, report and register. See `attendance_of`.
    """
    return attendance_of(edition, at=at, of=of).minutes


def attendance_of(
    edition: Edition, *, at: datetime | None = None, of: Iterable[int] | None = None
) -> Attendance:
    """Give the attendance of an edition, of the enrolments `of` or of all, in five queries."""
    return attendances_of([edition], at=at, of=of)[edition.pk]


def attendances_of(
    editions: Iterable[Edition], *, at: datetime | None = None, of: Iterable[int] | None = None
) -> dict[int, Attendance]:
    """Give the attendance of each edition by its id, in five queries however many there are.

    Presence is joined over devices and sessions and counts while the class was held; breaks and trial
    runs count nothing, nor does the time in which somebody waited. Whom the host saw in a room is counted
    for the live time of the class, of a class still going on up to `at`. Corrections come last.
    """
    by_id = {edition.pk: edition for edition in editions}
    sessions = list(
        Session.objects.filter(edition__in=by_id.keys(), kind__in=ATTENDED_KINDS).order_by(
            "starts_at", "id"
        )
    )
    running = running_of(sessions)
    stays = _stays_of(by_id.keys(), running, at=at, of=of)
    attendances = {pk: Attendance(edition, [], {}, {}) for pk, edition in by_id.items()}
    edition_of = {session.pk: session.edition_id for session in sessions}
    for session in sessions:
        attendance = attendances[session.edition_id]
        attendance.sessions.append(session)
        attendance.running[session.pk] = running[session.pk]
    for key, stay in stays.items():
        attendances[edition_of[key[1]]].stays[key] = stay
    return attendances


def _stays_of(
    edition_ids: Iterable[int],
    running: Mapping[int, Running],
    *,
    at: datetime | None,
    of: Iterable[int] | None,
) -> dict[tuple[int, int], Stay]:
    stays: dict[tuple[int, int], Stay] = {}

    def stay(who: int, session_id: int) -> Stay:
        key = who, session_id
        if (found := stays.get(key)) is None:
            found = stays[key] = Stay(running[session_id], at)
        return found

    whose = Q(session__edition__in=list(edition_ids), session__kind__in=ATTENDED_KINDS)
    if of is not None:
        whose &= Q(enrolment__in=list(of))
    measured = Presence.objects.filter(whose).order_by("from_at", "id")
    columns = "enrolment_id", "session_id", *moments("from_at", "until_at")
    for who, where, start, end in measured.values_list(*columns):
        stay(who, where).measured.append((as_moment(start), as_moment(end)))
    for mark in RoomMark.objects.filter(whose).select_related("room"):
        stay(mark.enrolment_id, mark.session_id).mark = mark
    corrections = (
        PresenceCorrection.objects.filter(whose).select_related("made_by", "session").order_by("id")
    )
    for correction in corrections:
        stay(correction.enrolment_id, correction.session_id).corrections.append(correction)
    return stays


def running_of(sessions: Iterable[Session]) -> dict[int, Running]:
    """Give, by session id, when each class was planned, begun and ended; in one query."""
    planned = {session.pk: (session.starts_at, session.ends_at) for session in sessions}
    lived = {
        live.session_id: live for live in LiveClass.objects.filter(session_id__in=planned.keys())
    }
    return {
        pk: Running(times, lived[pk].started_at, lived[pk].ended_at)
        if pk in lived
        else Running(times)
        for pk, times in planned.items()
    }


def corrections_of(enrolment: Enrolment) -> QuerySet[PresenceCorrection]:
    """Give what was corrected in somebody's attendance, in order; `undone_by` tells of one that no longer counts."""
    corrections = PresenceCorrection.objects.filter(enrolment=enrolment)
    return corrections.select_related("session", "undone_by").order_by("id")


def attendees_visible_to(
    actor: Actor, edition: Edition, *, states: Iterable[str] = (EnrolmentState.ACTIVE,)
) -> QuerySet[Enrolment]:
    """Give the participants whose attendance the actor may see, by name; of another state where that is asked.

    Organiser, host and M&E officer see all, a focal point those of her agencies.
    """
    everybody = (
        edition.enrolments.filter(state__in=tuple(states))
        .select_related("person__agency")
        .order_by("person__name_key", "pk")
    )
    if actor.has_role(*REGISTER_ROLES, edition_id=edition.pk):
        return everybody
    grants = actor.grants_as(Role.FOCAL_POINT, edition_id=edition.pk)
    agencies = {grant.agency_id for grant in grants if grant.agency_id is not None}
    countries = {grant.country for grant in grants if grant.agency_id is None and grant.country}
    return everybody.filter(
        Q(person__agency__in=agencies) | Q(person__agency__country__in=countries)
    )
