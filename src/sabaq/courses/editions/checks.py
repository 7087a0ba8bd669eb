"""What must hold between the parts of an edition file. Each check notes problems and never raises."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from sabaq.courses.editions.parsing import Draft
from sabaq.courses.editions.plan import SessionPlan, StaffPlan
from sabaq.courses.enums import ATTENDED_KINDS, ContributorKind, SessionKind
from sabaq.people.enums import Role

_TAUGHT_BY = {
    Role.TRAINER: ContributorKind.TRAINER,
    Role.INTERPRETER: ContributorKind.INTERPRETER,
}


def check(draft: Draft) -> None:
    """Note everything in the draft that does not fit together, topics apart (see `check_topics`)."""
    for one in _CHECKS:
        one(draft)


def check_topics(draft: Draft, topics: Collection[str]) -> None:
    """Note sessions whose topic the pack does not have."""
    for session in draft.rows["sessions"]:
        if session.topic and session.topic not in topics:
            draft.problems.add(
                ("sessions", session.place, "topic"),
                _("The pack has no topic “%(topic)s”. It has: %(topics)s."),
                topic=session.topic,
                topics=", ".join(topics),
            )


def check_tests(draft: Draft, tests: Mapping[str, bool]) -> None:
    """Note tests that the pack does not have, or not in two forms; `tests` tells of each whether it has."""
    for row in draft.rows["tests"]:
        if row.key not in tests:
            draft.problems.add(
                ("tests", row.place, "key"),
                _("The pack has no test “%(test)s”. It has: %(tests)s."),
                test=row.key,
                tests=", ".join(tests) or "—",
            )
        elif row.forms and not tests[row.key]:
            draft.problems.add(
                ("tests", row.place, "forms"),
                _("The pack has one form of the test “%(test)s” only."),
                test=row.key,
            )


def _check_dates(draft: Draft) -> None:
    head, call = draft.head, draft.call
    if head and head.ends_on < head.starts_on:
        draft.problems.add(("edition", "ends_on"), _("The course ends before it starts."))
    if call and call.closes_at <= call.opens_at:
        draft.problems.add(("call", "closes_at"), _("The call closes before it opens."))
    elif call and head and draft.zone and _local(call.closes_at, draft).date() > head.starts_on:
        draft.problems.add(("call", "closes_at"), _("The call closes after the course has begun."))


def _check_seats(draft: Draft) -> None:
    given = sum(country.seats for country in draft.rows["countries"])
    if draft.head and given > draft.head.seats:
        draft.problems.add(
            ("edition", "seats"),
            _("The countries have %(given)s seats together, more than the edition's %(seats)s."),
            given=given,
            seats=draft.head.seats,
        )


def _check_tree(draft: Draft) -> None:
    if draft.head:
        for index, code in enumerate(draft.head.projects):
            _known(draft, ("edition", "projects", index), code, "projects")
        if not draft.head.projects:
            draft.problems.add(("edition", "projects"), _("Name at least one project."))
    for row in draft.rows["programmes"]:
        if row.parent:
            _known(draft, ("programmes", row.place, "parent"), row.parent, "programmes")
    for row in draft.rows["projects"]:
        _known(draft, ("projects", row.place, "programme"), row.programme, "programmes")
        _known(draft, ("projects", row.place, "donor"), row.donor, "donors")


def _check_countries(draft: Draft) -> None:
    for row in draft.rows["agencies"]:
        _known(draft, ("agencies", row.place, "country"), row.country, "countries")
    for row in draft.rows["support"]:
        _known(draft, ("support", row.place, "country"), row.key, "countries")
    for row in draft.rows["countries"]:
        if row.key.casefold() not in draft.named["support"]:
            draft.problems.add(
                ("countries", row.place, "code"),
                _("No [[support]] says where somebody in this country finds help."),
            )


def _known(draft: Draft, path: tuple[str | int, ...], key: str, among: str) -> None:
    if key.casefold() not in draft.named[among]:
        draft.problems.add(
            path, _("No [[%(among)s]] of this file is called “%(key)s”."), among=among, key=key
        )


def _check_programme_tree(draft: Draft) -> None:
    parents = {row.key: row.parent for row in draft.rows["programmes"]}
    for row in draft.rows["programmes"]:
        above, seen = row.parent, {row.key}
        while above and above not in seen:
            seen.add(above)
            above = parents.get(above, "")
        if above == row.key:
            draft.problems.add(
                ("programmes", row.place, "parent"), _("A programme cannot stand above itself.")
            )
            return  # each member of the circle would say the same


def _check_sessions(draft: Draft) -> None:
    for session in draft.rows["sessions"]:
        place = ("sessions", session.place)
        if session.ends_at <= session.starts_at:
            draft.problems.add((*place, "ends_at"), _("The session ends before it starts."))
        elif draft.head and draft.zone:
            _check_within_course(draft, session)
        if session.kind == SessionKind.TEACHING and not session.topic:
            draft.problems.add(place, _("A lesson needs a “topic” of the pack."))
        if session.kind == SessionKind.BREAK and session.topic:
            draft.problems.add((*place, "topic"), _("A break has no topic."))
        for index, key in enumerate(session.contributors):
            _known(draft, (*place, "contributors", index), key, "contributors")
    if not draft.named["sessions"]:
        draft.problems.add((), _("Write at least one [[sessions]]."))


def _check_within_course(draft: Draft, session: SessionPlan) -> None:
    head = draft.head
    if head is None or head.ends_on < head.starts_on:
        return
    first, last = _local(session.starts_at, draft).date(), _local(session.ends_at, draft).date()
    is_early = first < head.starts_on and session.kind != SessionKind.TRIAL
    if is_early or last > head.ends_on:
        draft.problems.add(
            ("sessions", session.place, "starts_at" if is_early else "ends_at"),
            _("The session lies outside the course, %(first)s to %(last)s."),
            first=head.starts_on,
            last=head.ends_on,
        )


def _check_tests(draft: Draft) -> None:
    for row in draft.rows["tests"]:
        for phase, (opens_at, closes_at) in (("before", row.before), ("after", row.after)):
            if opens_at and closes_at and closes_at <= opens_at:
                draft.problems.add(
                    ("tests", row.place, f"{phase}_closes_at"),
                    _("The test closes before it opens."),
                )
        closes, opens = row.before[1], row.after[0]
        if closes and opens and opens < closes:
            draft.problems.add(
                ("tests", row.place, "after_opens_at"),
                _("The test after the course opens before the one before it has closed."),
            )


def _check_double_booking(draft: Draft) -> None:
    last_of: dict[str, SessionPlan] = {}
    for session in sorted(draft.rows["sessions"], key=lambda row: (row.starts_at, row.place)):
        for key in session.contributors:
            before = last_of.get(key)
            if before and session.starts_at < before.ends_at:
                draft.problems.add(
                    ("sessions", session.place, "contributors", session.contributors.index(key)),
                    _("“%(key)s” is already in the session “%(other)s” at that time."),
                    key=key,
                    other=before.key,
                )
            if before is None or session.ends_at > before.ends_at:
                last_of[key] = session


def _check_attendance_can_be_reached(draft: Draft) -> None:
    if not draft.head or not draft.zone:
        return
    taught: dict[Any, timedelta] = defaultdict(timedelta)
    for session in draft.rows["sessions"]:
        if session.kind in ATTENDED_KINDS and session.ends_at > session.starts_at:
            taught[_local(session.starts_at, draft).date()] += session.ends_at - session.starts_at
    if len(draft.rows["sessions"]) < len(draft.named["sessions"]):
        return  # a session that could not be read may well fill the day
    for day, length in sorted(taught.items()):
        minutes = int(length.total_seconds() // 60)
        if minutes < draft.head.attendance_minutes:
            draft.problems.add(
                ("edition", "attendance_minutes"),
                _("On %(day)s only %(minutes)s minutes are taught: nobody could attend that long."),
                day=date_format(day, "Y-m-d"),
                minutes=minutes,
            )


def _check_staff(draft: Draft) -> None:
    kinds = {row.key: row.kind for row in draft.rows["contributors"]}
    for row in draft.rows["staff"]:
        _check_reach(draft, row)
        if row.contributor:
            _check_contributor_of(draft, row, kinds)
    roles = {role for row in draft.rows["staff"] for role in row.roles}
    if Role.ORGANISER not in roles and len(draft.rows["staff"]) == len(draft.named["staff"]):
        draft.problems.add((), _("Name at least one organiser under [[staff]]."))


def _check_reach(draft: Draft, row: StaffPlan) -> None:
    place = ("staff", row.place)
    if Role.FOCAL_POINT in row.roles:
        if bool(row.agencies) == bool(row.country):
            draft.problems.add(
                place, _("A focal point needs either “agencies” or a “country”, not both.")
            )
    elif row.agencies or row.country:
        key = "agencies" if row.agencies else "country"
        draft.problems.add(
            (*place, key), _("Only a focal point is bound to agencies or a country.")
        )
    for index, key in enumerate(row.agencies):
        _known(draft, (*place, "agencies", index), key, "agencies")
    if row.country:
        _known(draft, (*place, "country"), row.country, "countries")


def _check_contributor_of(draft: Draft, row: StaffPlan, kinds: dict[str, str]) -> None:
    path = ("staff", row.place, "contributor")
    _known(draft, path, row.contributor, "contributors")
    wanted = {kind for role, kind in _TAUGHT_BY.items() if role in row.roles}
    kind = kinds.get(row.contributor)
    if kind and wanted and kind not in wanted:
        draft.problems.add(
            path,
            _("“%(key)s” is listed as %(kind)s, which does not fit this role."),
            key=row.contributor,
            kind=kind,
        )


def _local(moment: datetime, draft: Draft) -> datetime:
    return moment.astimezone(draft.zone or ZoneInfo("UTC"))


_CHECKS: Iterable[Callable[[Draft], None]] = (
    _check_dates,
    _check_seats,
    _check_tree,
    _check_countries,
    _check_programme_tree,
    _check_sessions,
    _check_tests,
    _check_double_booking,
    _check_attendance_can_be_reached,
    _check_staff,
)
