"""Doors to editions and sessions, and the grants that a staff account holds."""

from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Q, QuerySet

from sabaq.courses.enums import ATTENDED_KINDS
from sabaq.courses.models import Appointment, Edition, Session
from sabaq.people.actors import Actor, Grant
from sabaq.people.enums import Role

PREPARING_ROLES = (Role.ORGANISER, Role.HOST, Role.TRAINER, Role.INTERPRETER)


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

    A guest speaker's grant opens one session, not the edition around it.
    """
    if actor.is_administrator:
        return Edition.objects.all()
    ids = {grant.edition_id for grant in actor.grants if grant.role is not Role.GUEST} - {None}
    return Edition.objects.filter(pk__in=ids)


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


def timetable(edition: Edition) -> QuerySet[Session]:
    """Give an edition's sessions in order."""
    return edition.sessions.order_by("starts_at", "id")


def course_days(edition: Edition) -> list[date]:
    """Give the days, in the edition's zone, on which something was taught."""
    zone = ZoneInfo(edition.zone)
    starts = edition.sessions.filter(kind__in=ATTENDED_KINDS).values_list("starts_at", flat=True)
    return sorted({start.astimezone(zone).date() for start in starts})
