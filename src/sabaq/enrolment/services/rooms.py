"""Rooms: made with a code of their own, closed at once, opened anew with another code."""

from datetime import datetime

from django.db import transaction

from sabaq.courses.models import Edition
from sabaq.enrolment.errors import RoomNameTaken
from sabaq.enrolment.models import AccessLink, Room
from sabaq.enrolment.services.links import issue_room_link, revoke_link
from sabaq.kernel.audit import record
from sabaq.people.actors import Actor
from sabaq.people.models import Agency


@transaction.atomic
def make_room(
    edition: Edition, name: str, place: str, agency: Agency | None, *, by: Actor, at: datetime
) -> Room:
    """Make a room with its link and code; raises `RoomNameTaken`."""
    # Lock first: two organisers may make the same hall at once.
    edition = Edition.objects.select_for_update(of=("self",)).get(pk=edition.pk)
    if Room.objects.filter(edition=edition, name=name).exists():
        raise RoomNameTaken(name=name)
    room = Room.objects.create(edition=edition, name=name, place=place, agency=agency, made_at=at)
    record(room, "made", by=by, at=at)
    issue_room_link(room, by=by, at=at)
    return room


@transaction.atomic
def close_room(room: Room, *, by: Actor, at: datetime) -> None:
    """Close the room's screen at once; who was marked there stays counted. Closing twice changes nothing."""
    room = Room.objects.select_for_update(of=("self",)).get(pk=room.pk)
    links = list(AccessLink.objects.filter(room=room, revoked_at__isnull=True))
    for link in links:
        revoke_link(link, by=by, at=at)
    if links:
        record(room, "closed", by=by, at=at)


@transaction.atomic
def reopen_room(room: Room, *, by: Actor, at: datetime) -> AccessLink:
    """Give the room another link and code; what it had before opens nothing more."""
    room = Room.objects.select_for_update(of=("self",)).get(pk=room.pk)
    for link in AccessLink.objects.filter(room=room, revoked_at__isnull=True):
        revoke_link(link, by=by, at=at)
    record(room, "opened anew", by=by, at=at)
    return issue_room_link(room, by=by, at=at)
