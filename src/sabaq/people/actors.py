"""Who is acting: a person plus the grants of *this* sign-in.

A personal link grants one enrolment in one edition and never a staff role, whoever she else is.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

from sabaq.people.enums import CLASS_ROLES, STAFF_ROLES, Role


@dataclass(frozen=True)
class Grant:
    """One role, and how far it reaches. Ids are database ids; None means "not bound to one"."""

    role: Role
    edition_id: int | None = None
    agency_id: int | None = None
    country: str | None = None
    enrolment_id: int | None = None
    session_id: int | None = None
    contributor_id: int | None = None
    room_id: int | None = None


@dataclass(frozen=True)
class Actor:
    """Somebody at the door. `label` is shown in the audit trail; it is a person's name or an e-mail."""

    label: str = ""
    account_id: int | None = None
    person_id: int | None = None
    language: str = ""
    zone: str = ""
    grants: frozenset[Grant] = field(default_factory=frozenset)

    @property
    def audit_id(self) -> int | None:
        return self.account_id

    @property
    def key(self) -> str:
        """Give the stable key under which this actor's writes are received once."""
        if self.account_id is not None:
            return f"account:{self.account_id}"
        for grant in self.grants:
            if grant.enrolment_id is not None:
                return f"enrolment:{grant.enrolment_id}"
            if grant.contributor_id is not None:
                return f"guest:{grant.contributor_id}"
            if grant.room_id is not None:
                return f"room:{grant.room_id}"
        return ""

    @property
    def is_signed_in(self) -> bool:
        return bool(self.grants) or self.account_id is not None

    @property
    def is_administrator(self) -> bool:
        return any(grant.role is Role.ADMINISTRATOR for grant in self.grants)

    @property
    def is_staff(self) -> bool:
        return self.account_id is not None

    @property
    def is_in_classes(self) -> bool:
        """Tell whether she leads or interprets the classes of some edition; an administrator may of all."""
        return self.is_administrator or any(grant.role in CLASS_ROLES for grant in self.grants)

    @property
    def is_participant(self) -> bool:
        return self.enrolment_id is not None

    @property
    def enrolment_id(self) -> int | None:
        return next((g.enrolment_id for g in self.grants if g.enrolment_id is not None), None)

    @property
    def room_id(self) -> int | None:
        return next((g.room_id for g in self.grants if g.room_id is not None), None)

    def has_role(self, *roles: Role, edition_id: int) -> bool:
        """Tell whether one of `roles` is held in this edition; an administrator holds every staff role."""
        if self.is_administrator and STAFF_ROLES.intersection(roles):
            return True
        return any(g.role in roles and g.edition_id == edition_id for g in self.grants)

    def editions_as(self, *roles: Role) -> frozenset[int]:
        """Give the ids of editions in which one of `roles` is held (an administrator: ask first)."""
        return frozenset(
            g.edition_id for g in self.grants if g.role in roles and g.edition_id is not None
        )

    def grants_as(self, role: Role, *, edition_id: int) -> tuple[Grant, ...]:
        return tuple(g for g in self.grants if g.role is role and g.edition_id == edition_id)


NOBODY = Actor()


def acting(label: str, grants: Iterable[Grant] = (), **fields: object) -> Actor:
    """Give an actor for commands and tests."""
    return Actor(label=label, grants=frozenset(grants), **fields)  # type: ignore[arg-type]
