"""Doors to editions and sessions, the grants that a staff account holds, and the pack of a version."""

from collections.abc import Collection
from datetime import date, datetime
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from django.contrib.auth import get_user_model
from django.db.models import Q, QuerySet
from django.utils.translation import get_language

from sabaq.courses.enums import ATTENDED_KINDS
from sabaq.courses.errors import CourseUnknown, VersionUnknown
from sabaq.courses.models import (
    Appointment,
    Course,
    CourseVersion,
    Edition,
    PackFile,
    Session,
    SupportContact,
)
from sabaq.courses.packs import Finding, Pack, check_pack, read_pack
from sabaq.courses.packs.digests import read_manifest
from sabaq.courses.ports import BlobStore
from sabaq.kernel import ports
from sabaq.people.actors import Actor, Grant
from sabaq.people.enums import CLASS_ROLES, STAFF_ROLES, Role

LEADING_ROLES = (Role.TRAINER, Role.HOST, Role.ORGANISER)


def actor_of_account(account: Any) -> Actor:
    """Give the actor that a staff account makes, with its appointments as grants, in one query."""
    grants = {
        Grant(
            Role(appointment.role),
            appointment.edition_id,
            agency_id=appointment.agency_id,
            country=appointment.country or None,
        )
        for appointment in Appointment.objects.filter(account=account)
    }
    if account.is_administrator:
        grants.add(Grant(Role.ADMINISTRATOR))
    return Actor(
        label=str(account),
        account_id=account.pk,
        person_id=account.person_id,
        language=account.language,
        grants=frozenset(grants),
    )


def editions_visible_to(actor: Actor) -> QuerySet[Edition]:
    """Give the editions in which the actor holds a grant (an administrator: all).

    A guest speaker's grant opens one session, a room's the screen of the class: not the edition around it.
    """
    if actor.is_administrator:
        return Edition.objects.all()
    aside = {Role.GUEST, Role.ROOM}
    ids = {grant.edition_id for grant in actor.grants if grant.role not in aside} - {None}
    return Edition.objects.filter(pk__in=ids)


def by_nearness(editions: QuerySet[Edition], *, at: datetime) -> list[Edition]:
    """Give the editions that run now, then those that come, the next first, then those that are over, the last first."""
    return sorted(
        editions,
        key=lambda edition: _nearness(edition, edition.day_of(at)),
    )


def _nearness(edition: Edition, today: date) -> tuple[int, int, str]:
    if edition.ends_on < today:
        return 2, -edition.ends_on.toordinal(), edition.slug
    return int(edition.starts_on > today), edition.starts_on.toordinal(), edition.slug


def editions_for(actor: Actor, *roles: Role) -> QuerySet[Edition]:
    """Give the editions in which the actor holds one of `roles` (an administrator: all)."""
    if actor.is_administrator:
        return Edition.objects.all()
    return Edition.objects.filter(pk__in=actor.editions_as(*roles))


def sessions_visible_to(actor: Actor) -> QuerySet[Session]:
    """Give the sessions whose timetable entry the actor may see; a guest speaker sees only hers."""
    own = Q(edition__in=editions_visible_to(actor))
    guest_sessions = {g.session_id for g in actor.grants if g.role is Role.GUEST}
    if guest_sessions:
        return Session.objects.filter(pk__in=guest_sessions)
    return Session.objects.filter(own)


def who_leads(
    account_ids: Collection[int], session_ids: Collection[int]
) -> dict[tuple[int, int], bool]:
    """Give, for each (account, session) in whose class the account has a part, whether it leads the class.

    Others follow it, as an interpreter does. An account that was closed has no part in any.
    """
    leads: dict[tuple[int, int], bool] = {}
    held = Appointment.objects.filter(
        account__in=account_ids,
        account__is_active=True,
        edition__sessions__in=session_ids,
        role__in=CLASS_ROLES,
    ).values_list("account", "edition__sessions", "role")
    for account_id, session_id, role in held:
        key = account_id, session_id
        leads[key] = leads.get(key, False) or role in LEADING_ROLES
    chiefs = get_user_model().objects.filter(
        pk__in=account_ids, is_active=True, is_administrator=True
    )
    leads |= {
        (chief, one): True for chief in chiefs.values_list("pk", flat=True) for one in session_ids
    }
    return leads


def roles_in_class(account_id: int, session_id: int) -> set[Role]:
    """Give the roles the account holds in the class of a session; an administrator's lead it too."""
    if not get_user_model().objects.filter(pk=account_id, is_active=True).exists():
        return set()
    held = Appointment.objects.filter(
        account=account_id, edition__sessions=session_id, role__in=CLASS_ROLES
    )
    roles = {Role(role) for role in held.values_list("role", flat=True)}
    chiefs = get_user_model().objects.filter(pk=account_id, is_administrator=True)
    return roles | ({Role.ADMINISTRATOR} if chiefs.exists() else set())


def timetable(edition: Edition) -> QuerySet[Session]:
    """Give an edition's sessions in order."""
    return edition.sessions.order_by("starts_at", "id")


def support_contacts(edition: Edition, country: str) -> QuerySet[SupportContact]:
    """Give where somebody in `country` finds help, as the edition names it."""
    return edition.support_contacts.filter(country=country).order_by("id")


def course_days(edition: Edition) -> list[date]:
    """Give the days, in the edition's zone, on which something was taught."""
    zone = ZoneInfo(edition.zone)
    starts = edition.sessions.filter(kind__in=ATTENDED_KINDS).values_list("starts_at", flat=True)
    return sorted({start.astimezone(zone).date() for start in starts})


def pack_of(version: CourseVersion) -> Pack:
    """Give the pack of a course version, read once in a process; it asks the database nothing."""
    return _pack_of(version.digest)


# Content never changes under its digest, so nothing here goes stale; an office runs few versions at once.
@lru_cache(maxsize=16)
def _pack_of(digest: str) -> Pack:
    return read_pack(files_of(digest))


def findings_of(version: CourseVersion, *, today: date) -> list[Finding]:
    """Give what `sabaq pack check` says of a course version on this day."""
    return list(_findings_of(version.digest, today, get_language() or "en"))


@lru_cache(maxsize=16)
def _findings_of(digest: str, today: date, _words: str) -> tuple[Finding, ...]:
    return tuple(check_pack(files_of(digest), today=today))


def files_of(digest: str) -> dict[str, bytes]:
    """Give the files of the pack whose manifest has this digest."""
    blobs = ports.get(BlobStore)
    return {path: blobs.get(name) for path, name in read_manifest(blobs.get(digest)).items()}


def versions_visible_to(actor: Actor) -> QuerySet[CourseVersion]:
    """Give the course versions that the actor may look through: all, for whoever has a part in some edition.

    A pack is meant to be handed on, and the next edition is prepared before it exists. The keys of its items
    are another matter: `may_see_keys`.
    """
    appointed = actor.is_administrator or bool(actor.editions_as(*STAFF_ROLES))
    versions = CourseVersion.objects.select_related("course")
    return (
        versions.order_by("course__slug", "-imported_at", "-id") if appointed else versions.none()
    )


def may_see_keys(actor: Actor) -> bool:
    """Tell whether the actor may see which option of an item is right, and why."""
    return actor.is_administrator or bool(actor.editions_as(Role.ORGANISER, Role.TRAINER))


def picture_named(digest: str, kind: str) -> bytes | None:
    """Give the bytes of a picture of any pack by their digest, None where no pack has it."""
    files = PackFile.objects.filter(digest=digest, path__startswith="media/")
    if not files.filter(path__endswith=f".{kind}").exists():
        return None
    return ports.get(BlobStore).get(digest)


def version_named(course: str, version: str = "") -> CourseVersion:
    """Give a version of a course by name, or its newest one. Raises `CourseUnknown`, `VersionUnknown`."""
    versions = CourseVersion.objects.filter(course__slug=course).order_by("imported_at", "id")
    if not versions:
        known = Course.objects.order_by("slug").values_list("slug", flat=True)
        raise CourseUnknown(course=course, known=", ".join(known) or "—")
    found = versions.filter(version=version).first() if version else versions.last()
    if found is None:
        names = versions.values_list("version", flat=True)
        raise VersionUnknown(course=course, version=version, known=", ".join(names))
    return found
