"""Ways in: a link is issued once, revoked at once, and replaced by revoking the old one."""

from datetime import datetime, time, timedelta
from typing import TypedDict, Unpack
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction

from sabaq.courses.models import Contributor, Edition, Session
from sabaq.enrolment.enums import STATES_LET_IN
from sabaq.enrolment.errors import NotEnrolled, SessionIsOver
from sabaq.enrolment.links import code_digest, link_code
from sabaq.enrolment.models import AccessLink, Enrolment, Room
from sabaq.kernel.audit import Signatory, record
from sabaq.kernel.ids import new_uuid

GUEST_LINK_OUTLIVES_SESSION = timedelta(days=1)


@transaction.atomic
def issue_link(enrolment: Enrolment, *, by: Signatory | None, at: datetime) -> AccessLink:
    """Give the enrolment's usable link, made now if there is none; raises `NotEnrolled` once withdrawn."""
    # Lock first: two clicks at once must not open two doors.
    enrolment = (
        Enrolment.objects.select_for_update(of=("self",))
        .select_related("edition")
        .get(pk=enrolment.pk)
    )
    if enrolment.state not in STATES_LET_IN:
        raise NotEnrolled
    return _usable(enrolment.edition, by=by, at=at, enrolment=enrolment)


@transaction.atomic
def issue_guest_link(
    guest: Contributor, session: Session, *, by: Signatory | None, at: datetime
) -> AccessLink:
    """Give a guest speaker's usable link to one session of the edition, made now if there is none.

    It dies a day after the session's end; raises `SessionIsOver` from then on.
    """
    guest = Contributor.objects.select_for_update().get(pk=guest.pk)
    if session.edition_id != guest.edition_id:
        raise ValueError("the session is of another edition")
    if session.ends_at + GUEST_LINK_OUTLIVES_SESSION <= at:
        raise SessionIsOver
    return _usable(session.edition, by=by, at=at, guest=guest, session=session)


@transaction.atomic
def reissue_guest_link(link: AccessLink, *, by: Signatory | None, at: datetime) -> AccessLink:
    """Close a guest speaker's link and give her another one to the same session; raises `SessionIsOver`."""
    link = AccessLink.objects.select_for_update(of=("self",)).get(pk=link.pk)
    if link.guest is None or link.session is None:
        raise ValueError("the link is no guest's")
    if link.revoked_at is None:
        _revoke(link, by=by, at=at)
    return issue_guest_link(link.guest, link.session, by=by, at=at)


@transaction.atomic
def keep_guest_links(session: Session, *, by: Signatory | None, at: datetime) -> None:
    """Let the links of a session's guests last as long as they should after its time has changed."""
    wanted = session.ends_at + GUEST_LINK_OUTLIVES_SESSION
    links = AccessLink.objects.select_for_update().filter(session=session, revoked_at__isnull=True)
    for link in links.exclude(expires_at=wanted):
        link.expires_at = wanted
        link.save(update_fields=["expires_at"])
        record(link, "changed", by=by, at=at, changed=["expires_at"])


@transaction.atomic
def issue_room_link(room: Room, *, by: Signatory | None, at: datetime) -> AccessLink:
    """Give the usable link of a room's screen, made now if there is none."""
    room = Room.objects.select_for_update(of=("self",)).select_related("edition").get(pk=room.pk)
    return _usable(room.edition, by=by, at=at, room=room)


@transaction.atomic
def revoke_link(link: AccessLink, *, by: Signatory | None, at: datetime) -> AccessLink:
    """Close this way in at once, for browsers that are already inside too. Revoking twice changes nothing."""
    link = AccessLink.objects.select_for_update(of=("self",)).get(pk=link.pk)
    if link.revoked_at is None:
        _revoke(link, by=by, at=at)
    return link


@transaction.atomic
def reissue_link(enrolment: Enrolment, *, by: Signatory | None, at: datetime) -> AccessLink:
    """Revoke every link of the enrolment and give a new one; raises `NotEnrolled` once withdrawn."""
    Enrolment.objects.select_for_update().get(pk=enrolment.pk)
    for link in AccessLink.objects.filter(enrolment=enrolment, revoked_at__isnull=True):
        _revoke(link, by=by, at=at)
    return issue_link(enrolment, by=by, at=at)


@transaction.atomic
def enter_by_link(link: AccessLink, *, by: Signatory, at: datetime) -> bool:
    """Note that the holder came in; tell whether it was for the first time."""
    first = AccessLink.objects.filter(pk=link.pk, first_used_at__isnull=True).update(
        first_used_at=at
    )
    if first:
        record(link, "first used", by=by, at=at, changed=["first_used_at"])
    return bool(first)


def link_expiry(edition: Edition) -> datetime:
    """Give the moment at which an edition's links stop working, counted from the end of its last day."""
    last_day_ends = datetime.combine(
        edition.ends_on + timedelta(days=1), time(), tzinfo=ZoneInfo(edition.zone)
    )
    return last_day_ends + settings.LINK_VALID_AFTER_EDITION


def _revoke(link: AccessLink, *, by: Signatory | None, at: datetime) -> None:
    link.revoked_at = at
    link.save(update_fields=["revoked_at"])
    record(link, "revoked", by=by, at=at, changed=["revoked_at"])


class _Holder(TypedDict, total=False):
    """Whose link it is: an enrolment's, a guest's to one session, or a room's."""

    enrolment: Enrolment
    guest: Contributor
    session: Session
    room: Room


def _usable(
    edition: Edition, *, by: Signatory | None, at: datetime, **holder: Unpack[_Holder]
) -> AccessLink:
    """Give the holder's usable link, in the place of one that has expired; the holder must be locked."""
    current = AccessLink.objects.filter(**holder, revoked_at__isnull=True).first()
    if current is not None and current.expires_at > at:
        return current
    if current is not None:
        _revoke(current, by=by, at=at)
    return _make(edition, by=by, at=at, **holder)


def _make(
    edition: Edition, *, by: Signatory | None, at: datetime, **holder: Unpack[_Holder]
) -> AccessLink:
    uuid, session = new_uuid(), holder.get("session")
    # Codes have 40 bits: among a million links two would be equal about every second time.
    while AccessLink.objects.filter(code_digest=code_digest(link_code(uuid))).exists():
        uuid = new_uuid()
    link = AccessLink.objects.create(
        uuid=uuid,
        **holder,
        code_digest=code_digest(link_code(uuid)),
        created_at=at,
        expires_at=session.ends_at + GUEST_LINK_OUTLIVES_SESSION
        if session
        else link_expiry(edition),
    )
    record(link, "issued", by=by, at=at)
    return link
