"""Objects of the doors table that belong to captions."""

from typing import Any

from tests.doors.world import World


def CAPTION(world: World) -> dict[str, Any]:  # noqa: N802
    return {"session": world.session.uuid, "caption": world.caption.uuid}


def CAPTIONS(world: World) -> dict[str, Any]:  # noqa: N802
    return {"session": world.session.uuid, "language": "en"}


def CAPTIONS_IN_MINUTES(world: World) -> dict[str, Any]:  # noqa: N802
    return {"slug": world.edition.slug, "session": world.session.uuid, "language": "en"}
