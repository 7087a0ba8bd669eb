"""The participant's own sign-in: a signed cookie that holds an access link's id, nothing else."""

import uuid
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import CharField, DateTimeField, QuerySet, UUIDField

from sabaq.enrolment.enums import STATES_LET_IN
from sabaq.enrolment.links import code_digest, read_link_token, tidy_code
from sabaq.enrolment.models import AccessLink
from sabaq.kernel import tokens
from sabaq.kernel.statements import Given, Statement
from sabaq.people.actors import NOBODY, Actor, Grant
from sabaq.people.enums import ZONE_OF_COUNTRY, Country, Role

_PURPOSE = "participant"


def _open_links(**which: object) -> QuerySet[AccessLink]:
    links = AccessLink.objects.select_related(
        "enrolment__person__agency", "enrolment__edition__version"
    )
    return links.filter(
        **which, revoked_at__isnull=True, expires_at__gt=Given("at", DateTimeField())
    )


# Asked at every request of every participant, so that a link that is revoked closes at once.
_LINK = Statement(lambda: _open_links(uuid=Given("uuid", UUIDField())))
_LINK_OF_CODE = Statement(lambda: _open_links(code_digest=Given("digest", CharField())))


def open_link(token: str, *, at: datetime) -> AccessLink | None:
    """Give the usable link of a personal-link token, or None (unknown, revoked, expired, withdrawn)."""
    # A token that is not ours is looked up like any other, so that it takes as long to refuse.
    return _usable(_LINK.first(uuid=read_link_token(token) or uuid.UUID(int=0), at=at))


def open_code(typed: str, *, at: datetime) -> AccessLink | None:
    """Give the usable link of a typed code, or None."""
    return _usable(_LINK_OF_CODE.first(digest=code_digest(tidy_code(typed)), at=at))


def cookie_for(link: AccessLink, *, at: datetime, valid_for: timedelta | None = None) -> str:
    """Give the signed cookie value that keeps the holder of `link` signed in, 30 days unless it is said."""
    stays = valid_for or settings.PARTICIPANT_STAYS
    return tokens.sign({"link": link.uuid.hex}, purpose=_PURPOSE, at=at, valid_for=stays)


def actor_of_cookie(cookie: str, *, at: datetime) -> tuple[Actor, AccessLink | None]:
    """Give the actor and her link, in one query; nobody where the cookie or the link no longer holds."""
    try:
        body = tokens.read(cookie, purpose=_PURPOSE, at=at)
        link = _usable(_LINK.first(uuid=uuid.UUID(hex=body["link"]), at=at))
    except (tokens.TokenInvalid, tokens.TokenExpired, KeyError, ValueError):
        return NOBODY, None
    return (actor_of_link(link), link) if link else (NOBODY, None)


def actor_of_link(link: AccessLink) -> Actor:
    """Give the actor a link makes: one enrolment, one session as guest, or a room's screen; no staff role."""
    if link.enrolment is not None:
        enrolment = link.enrolment
        person = enrolment.person
        zone = (
            ZONE_OF_COUNTRY[Country(person.country)] if person.country else enrolment.edition.zone
        )
        grant = Grant(Role.PARTICIPANT, enrolment.edition_id, enrolment_id=enrolment.pk)
        return Actor(
            label=str(person),
            person_id=person.pk,
            language=person.language,
            zone=zone,
            grants=frozenset({grant}),
        )
    if link.room is not None:
        room = link.room
        grant = Grant(Role.ROOM, room.edition_id, room_id=room.pk)
        return Actor(label=str(room), zone=room.edition.zone, grants=frozenset({grant}))
    guest, session = link.guest, link.session
    if guest is None or session is None:  # held by a check constraint; said for the type checker
        return NOBODY
    grant = Grant(Role.GUEST, session.edition_id, session_id=session.pk, contributor_id=guest.pk)
    return Actor(label=str(guest), zone=session.edition.zone, grants=frozenset({grant}))


def _usable(link: AccessLink | None) -> AccessLink | None:
    if link is None or link.enrolment is None:
        return link and _other_link(link)
    return link if link.enrolment.state in STATES_LET_IN else None


def _other_link(link: AccessLink) -> AccessLink:
    """Give the link with its guest and session, or its room.

    Guests and rooms are few; joined into every participant's request, their tables would double what finding her costs.
    """
    return AccessLink.objects.select_related(
        "guest", "session__edition__version", "room__edition__version"
    ).get(pk=link.pk)
