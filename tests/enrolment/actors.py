"""Actors of an edition, for tests of nomination."""

from sabaq.courses.models import Edition
from sabaq.people.actors import Actor, Grant
from sabaq.people.enums import Role
from sabaq.people.models import Agency


def organiser_of(edition: Edition, account_id: int | None = None) -> Actor:
    return Actor(
        "Organiser",
        account_id=account_id,
        grants=frozenset({Grant(Role.ORGANISER, edition_id=edition.pk)}),
    )


def focal_point_of(edition: Edition, reach: Agency | str, account_id: int | None = None) -> Actor:
    """Give a focal point of an agency, or of a country by its code."""
    bound = {"country": reach} if isinstance(reach, str) else {"agency_id": reach.pk}
    grant = Grant(Role.FOCAL_POINT, edition_id=edition.pk, **bound)
    return Actor("Focal point", account_id=account_id, grants=frozenset({grant}))
