"""Objects of the doors table about who comes to class, and how."""

from typing import Any

from tests.doors.world import World


def GUEST_LINK(world: World) -> dict[str, Any]:  # noqa: N802
    return {"slug": world.edition.slug, "uuid": world.guest_link.uuid}


def LATECOMER(world: World) -> dict[str, Any]:  # noqa: N802
    return {"slug": world.edition.slug, "uuid": world.latecomer.uuid}


def DAY(world: World) -> dict[str, Any]:  # noqa: N802
    return {"slug": world.edition.slug, "day": world.edition.starts_on.isoformat()}


def CORRECTION(world: World) -> dict[str, Any]:  # noqa: N802
    return {"slug": world.edition.slug, "uuid": world.correction.uuid}


def ROOM(world: World) -> dict[str, Any]:  # noqa: N802
    return {"slug": world.edition.slug, "uuid": world.room.uuid}


def SPEAKING(world: World) -> dict[str, Any]:  # noqa: N802
    return {"session": world.session.uuid, "guest": world.guest.uuid}
