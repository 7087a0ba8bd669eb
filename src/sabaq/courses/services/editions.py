"""Bringing an edition's own rows to what its file says."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import Model, QuerySet
from django.utils.translation import gettext_lazy as _

from sabaq.courses.editions.changes import Changes, Verb
from sabaq.courses.editions.plan import EditionPlan, StaffPlan, TestPlan
from sabaq.courses.editions.problems import EditionFileRefused, Problem
from sabaq.courses.models import Appointment, Contributor, CourseVersion, Edition, Session
from sabaq.kernel.audit import Signatory, record
from sabaq.kernel.i18n import values_of
from sabaq.kernel.rows import leaned_on_by, put, recorded
from sabaq.people.enums import Role
from sabaq.people.models import Account, Agency
from sabaq.programmes.models import Project


@dataclass(frozen=True)
class Ground:
    """The rows an edition stands on, by the keys its file uses."""

    version: CourseVersion
    projects: Mapping[str, Project]
    agencies: Mapping[str, Agency]
    accounts: Mapping[str, Account]


@transaction.atomic
def save_edition(
    plan: EditionPlan, ground: Ground, changes: Changes, *, by: Signatory | None, at: datetime
) -> Edition:
    """Make or change the edition and its rows as the plan says, noting in `changes` what was done.

    Sessions and contributors that the plan no longer names go, unless something is recorded about them.
    Raises `EditionFileRefused` where an edition that exists may not change so.
    """
    _refuse_what_must_stay(plan, ground)
    edition = _save_head(plan, ground, changes, by=by, at=at)
    saving = _Saving(edition, changes, by, at)
    saving.rows(edition.country_seats.all(), "country", _seats_of(plan))
    saving.rows(edition.support_contacts.all(), "country", _support_of(plan))
    saving.rows(edition.contributors.all(), "key", _contributors_of(plan))
    _note_times(plan, edition, at=at)
    saving.rows(edition.sessions.all(), "key", _sessions_of(plan))
    contributors = {row.key: row for row in edition.contributors.all()}
    _place_contributors(plan, edition, contributors, saving)
    _appoint(plan, ground, contributors, saving)
    return edition


def _refuse_what_must_stay(plan: EditionPlan, ground: Ground) -> None:
    # Lock first: two loads of one file at once must not both think the edition unchanged.
    edition = (
        Edition.objects.select_for_update(of=("self",))
        .select_related("version")
        .filter(slug=plan.head.slug)
        .first()
    )
    if edition is None:
        return
    problems: list[Problem] = []
    if edition.version.course_id != ground.version.course_id:
        path = ("edition", "pack")
        message = _("This edition exists, and teaches another course.")
        problems.append(Problem(path, plan.lines.of(path), message))
    is_same = values_of(edition.notice) == dict(plan.notice.text)
    known = edition.notice_version
    if plan.notice.version < known or (plan.notice.version == known and not is_same):
        path = ("notice", "version")
        message = _(
            "People may have read another wording as version %(version)s. Raise the version, so that"
            " they are shown the new one."
        )
        problems.append(Problem(path, plan.lines.of(path), message, {"version": known}))
    problems += _moved_by_hand(plan, edition)
    if problems:
        raise EditionFileRefused(problems)


def _moved_by_hand(plan: EditionPlan, edition: Edition) -> list[Problem]:
    """Give a problem for each session that was moved by hand to a time which the file does not state."""
    zone = ZoneInfo(edition.zone)

    def by_clock(moment: datetime) -> str:
        return f"{moment.astimezone(zone):%Y-%m-%dT%H:%M:%S}"

    moved = {one.key: one for one in edition.sessions.filter(is_off_file=True)}
    problems = []
    for row in plan.sessions:
        session = moved.get(row.key)
        if session is None or (row.starts_at, row.ends_at) == (session.starts_at, session.ends_at):
            continue
        path = ("sessions", row.place, "starts_at")
        message = _(
            "This session was moved by hand, and everybody was told. Write its new time into the file:"
            " starts_at = %(starts_at)s, ends_at = %(ends_at)s (the file says %(said_start)s and %(said_end)s)."
            " To move it again, use the page of the session."
        )
        values = {
            "starts_at": by_clock(session.starts_at),
            "ends_at": by_clock(session.ends_at),
            "said_start": by_clock(row.starts_at),
            "said_end": by_clock(row.ends_at),
        }
        problems.append(Problem(path, plan.lines.of(path), message, values))
    return problems


def _save_head(
    plan: EditionPlan, ground: Ground, changes: Changes, *, by: Signatory | None, at: datetime
) -> Edition:
    slug = plan.head.slug
    done = put(Edition.objects.all(), {"slug": slug}, _columns_of(plan, ground.version))
    edition = recorded(done, by=by, at=at).row
    columns = tuple(name for name in done.changed if name != "source_digest")
    projects = {ground.projects[code].pk for code in plan.head.projects}
    if projects != set(edition.projects.values_list("pk", flat=True)):
        edition.projects.set(projects)
        record(edition, "changed", by=by, at=at, changed=["projects"])
        columns += ("projects",)
    if done.is_new:
        changes.note(Verb.ADDED, edition, slug)
    elif columns:
        changes.note(Verb.CHANGED, edition, slug, columns)
    return edition


def _columns_of(plan: EditionPlan, version: CourseVersion) -> dict[str, Any]:
    head, contact = plan.head, plan.contact
    return {
        "version": version,
        "title": head.title,
        "starts_on": head.starts_on,
        "ends_on": head.ends_on,
        "zone": head.zone,
        "languages": list(head.languages),
        "seats": head.seats,
        "overbooking": head.overbooking,
        "women_aim": head.women_aim,
        "hours": head.hours,
        "attendance_minutes": head.attendance_minutes,
        "is_named": plan.classes.is_named,
        "contact_name": contact.name,
        "contact_function": contact.function,
        "contact_office": contact.office,
        "contact_email": contact.email,
        "notice": plan.notice.text,
        "notice_version": plan.notice.version,
        "tests": [_asked_when(row) for row in plan.tests],
        "source_digest": plan.digest,
    }


def _asked_when(row: TestPlan) -> dict[str, Any]:
    def stated(window: tuple[datetime | None, datetime | None]) -> dict[str, str]:
        named = zip(("opens_at", "closes_at"), window, strict=True)
        return {name: moment.isoformat() for name, moment in named if moment}

    windows = {"before": stated(row.before), "after": stated(row.after)}
    return {"key": row.key, "forms": row.forms, **windows}


@dataclass(frozen=True)
class _Saving:
    edition: Edition
    changes: Changes
    by: Signatory | None
    at: datetime

    def rows(self, rows: QuerySet[Any], key: str, wanted: Mapping[str, dict[str, Any]]) -> None:
        """Bring the edition's rows of one model to `wanted`, a mapping of key to columns."""
        for name, values in wanted.items():
            done = put(rows.model.objects.all(), {"edition": self.edition, key: name}, values)
            recorded(done, by=self.by, at=self.at)
            self.changes.note_put(done, name)
        for row in rows.exclude(**{f"{key}__in": list(wanted)}):
            self.remove(row, getattr(row, key))

    def remove(self, row: Model, key: str) -> None:
        if leaned_on_by(row):
            self.changes.note(Verb.KEPT, row, key)
            return
        record(row, "removed", by=self.by, at=self.at)
        self.changes.note(Verb.REMOVED, row, key)
        row.delete()


def _seats_of(plan: EditionPlan) -> dict[str, dict[str, Any]]:
    return {row.key: {"seats": row.seats} for row in plan.countries}


def _support_of(plan: EditionPlan) -> dict[str, dict[str, Any]]:
    return {row.key: {"text": row.text} for row in plan.support}


def _contributors_of(plan: EditionPlan) -> dict[str, dict[str, Any]]:
    return {
        row.key: {
            "kind": row.kind,
            "name": row.name,
            "function": row.function,
            "statement": row.statement,
            "position": row.place,
        }
        for row in plan.contributors
    }


def _note_times(plan: EditionPlan, edition: Edition, *, at: datetime) -> None:
    """Before the rows follow the file: let calendars and pages know which sessions it gives another time."""
    planned = {row.key: row for row in plan.sessions}
    for session in edition.sessions.all():
        row = planned.get(session.key)
        if row is None:
            continue
        changed = {}
        if (row.starts_at, row.ends_at) != (session.starts_at, session.ends_at):
            changed = {
                "revision": session.revision + 1,
                "moved_from": session.starts_at if row.starts_at != session.starts_at else None,
                "moved_at": at,
            }
        elif session.is_off_file:
            changed = {"is_off_file": False}
        if changed:
            Session.objects.filter(pk=session.pk).update(**changed)


def _sessions_of(plan: EditionPlan) -> dict[str, dict[str, Any]]:
    return {
        row.key: {
            "kind": row.kind,
            "title": row.title,
            "topic": row.topic,
            "starts_at": row.starts_at,
            "ends_at": row.ends_at,
        }
        for row in plan.sessions
    }


def _place_contributors(
    plan: EditionPlan, edition: Edition, contributors: Mapping[str, Contributor], saving: _Saving
) -> None:
    """Put into each session those who contribute to it."""
    planned = {row.key: {contributors[key].pk for key in row.contributors} for row in plan.sessions}
    new = {c.key for c in saving.changes.done if c.kind == "session" and c.verb is Verb.ADDED}
    for session in edition.sessions.prefetch_related("contributors"):
        wanted = planned.get(session.key)
        if wanted is None or wanted == {row.pk for row in session.contributors.all()}:
            continue
        session.contributors.set(wanted)
        if session.key not in new:
            record(session, "changed", by=saving.by, at=saving.at, changed=["contributors"])
            saving.changes.note(Verb.CHANGED, session, session.key, ("contributors",))


def _appoint(
    plan: EditionPlan, ground: Ground, contributors: Mapping[str, Contributor], saving: _Saving
) -> None:
    """Make the appointments that the file names, and end those of this edition that it does not."""
    wanted: dict[tuple[int, str, int | None, str], StaffPlan] = {
        (ground.accounts[row.key].pk, *reach): row
        for row in plan.staff
        for reach in _reaches(row, ground)
    }
    for old in saving.edition.appointments.select_related("account"):
        if (old.account_id, old.role, old.agency_id, old.country) not in wanted:
            saving.remove(old, f"{old.account.email} · {old.role}")
    for (account, role, agency, country), row in wanted.items():
        which = {
            "edition": saving.edition,
            "account_id": account,
            "role": role,
            "agency_id": agency,
            "country": country,
        }
        values = {"contributor": contributors.get(row.contributor)}
        done = recorded(put(Appointment.objects.all(), which, values), by=saving.by, at=saving.at)
        saving.changes.note_put(done, f"{row.key} · {role}")


def _reaches(row: StaffPlan, ground: Ground) -> Iterable[tuple[str, int | None, str]]:
    """Give role, agency and country of each appointment of one member of staff."""
    for role in row.roles:
        if role == Role.FOCAL_POINT and row.agencies:
            yield from ((role, ground.agencies[key].pk, "") for key in row.agencies)
        else:
            yield role, None, row.country if role == Role.FOCAL_POINT else ""
