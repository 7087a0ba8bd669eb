"""The attendance of an edition as the office reads it: days, sessions, people, and how minutes are known."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from zoneinfo import ZoneInfo

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext as _

from sabaq.classroom.enums import Recorded
from sabaq.classroom.models import PresenceCorrection
from sabaq.classroom.queries.attendance import Attendance, Stay
from sabaq.classroom.rules.attendance import Interval, Running, full_minutes
from sabaq.courses.models import Edition, Session
from sabaq.enrolment.models import Enrolment
from sabaq.kernel.i18n import text_in
from sabaq.web.corrections import change_in_words, span_of

RECORDED: dict[Recorded, str | Promise] = {
    Recorded.CONNECTION: pgettext_lazy("attendance", "by connection"),
    Recorded.HOST: pgettext_lazy("attendance", "by host"),
    Recorded.CORRECTED: pgettext_lazy("attendance", "corrected"),
}


@dataclass(frozen=True)
class DayLine:
    """One participant on one day."""

    enrolment: Enrolment
    sessions: tuple[Session, ...]
    stays: tuple[Stay, ...]
    intervals: tuple[Interval, ...]
    minutes: int
    is_enough: bool

    @property
    def first_in(self) -> datetime | None:
        return self.intervals[0][0] if self.intervals else None

    @property
    def last_out(self) -> datetime | None:
        return self.intervals[-1][1] if self.intervals else None

    @property
    def per_session(self) -> list[tuple[Session, int]]:
        """Give each session of the day with the minutes in it."""
        stays = zip(self.sessions, self.stays, strict=True)
        return [(session, full_minutes(stay.minutes)) for session, stay in stays]

    @cached_property
    def recorded(self) -> str:
        known = {how for stay in self.stays for how in stay.recorded}
        return ", ".join(str(RECORDED[how]) for how in Recorded if how in known)

    @property
    def corrections(self) -> list[PresenceCorrection]:
        return [one for stay in self.stays for one in stay.corrections]


@dataclass(frozen=True)
class SessionCount:
    session: Session
    running: Running
    counted: int
    by_host: int


@dataclass(frozen=True)
class DayOfAttendance:
    """A day's sessions and people; `enough` is how many have reached the minutes of a day."""

    day: date
    sessions: tuple[SessionCount, ...]
    lines: tuple[DayLine, ...]

    @property
    def enough(self) -> int:
        return sum(line.is_enough for line in self.lines)

    @property
    def came(self) -> int:
        return sum(bool(line.intervals) for line in self.lines)


def day_of_attendance(
    attendance: Attendance, enrolments: Iterable[Enrolment], day: date
) -> DayOfAttendance:
    """Give one day of these people; asks the database nothing."""
    sessions, people = attendance.on(day), list(enrolments)
    lines = tuple(_line(attendance, enrolment, sessions, day) for enrolment in people)
    counts = tuple(
        SessionCount(
            session,
            attendance.running[session.pk],
            sum(bool(line.stays[place].counted) for line in lines),
            sum(line.stays[place].mark is not None for line in lines),
        )
        for place, session in enumerate(sessions)
    )
    return DayOfAttendance(day, counts, lines)


def _line(
    attendance: Attendance, enrolment: Enrolment, sessions: Iterable[Session], day: date
) -> DayLine:
    intervals = attendance.by_person.get(enrolment.pk, {}).get(day, [])
    minutes = attendance.minutes.get(enrolment.pk, {}).get(day, 0)
    return DayLine(
        enrolment,
        tuple(sessions),
        tuple(attendance.stay(enrolment.pk, session.pk) for session in sessions),
        tuple(intervals),
        full_minutes(minutes),
        minutes >= attendance.edition.attendance_minutes,
    )


def correction_in_words(correction: PresenceCorrection, edition: Edition, title: str) -> str:
    """Say a correction in a sentence: what, why, by whom and when."""
    here = ZoneInfo(edition.zone)
    values = {
        "session": title,
        "what": change_in_words(correction, edition),
        "reason": correction.reason,
        "who": str(correction.made_by) if correction.made_by else "–",
        "when": date_format(correction.at.astimezone(here), "j E, H:i"),
    }
    return _("%(session)s: %(what)s. %(reason)s (%(who)s, %(when)s)") % values


def title_of(session: Session) -> str:
    return text_in(session.title, get_language() or "en").text


@dataclass(frozen=True)
class SessionOfPerson:
    """One participant in one session, with all that is known of it in words."""

    session: Session
    stay: Stay
    edition: Edition

    @property
    def running(self) -> Running:
        return self.stay.running

    @property
    def minutes(self) -> int:
        return full_minutes(self.stay.minutes)

    @property
    def spans(self) -> list[tuple[str, str]]:
        """Give what was measured in order, each with "in" or "gap"."""
        parts = [(one, "in") for one in self.stay.connected]
        parts += [(one, "gap") for one in self.stay.gaps]
        return [(span_of(one, self.edition.zone), what) for one, what in sorted(parts)]

    @property
    def counted_spans(self) -> list[str]:
        return [span_of(one, self.edition.zone) for one in self.stay.counted]

    @property
    def corrections(self) -> list[tuple[PresenceCorrection, str, bool]]:
        """Give each correction, what it changes, and whether it may still be undone."""
        undone = {one.undoes_id for one in self.stay.corrections}
        return [
            (one, change_in_words(one, self.edition), one.pk not in undone)
            for one in self.stay.corrections
        ]


def sessions_of_person(attendance: Attendance, enrolment: Enrolment) -> list[SessionOfPerson]:
    return [
        SessionOfPerson(session, attendance.stay(enrolment.pk, session.pk), attendance.edition)
        for session in attendance.sessions
    ]
