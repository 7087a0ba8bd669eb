"""Objects of the doors table that belong to a course, not to an edition."""

from typing import Any

from tests.doors.world import World


def PACK(world: World) -> dict[str, Any]:  # noqa: N802
    return {"version": world.edition.version.uuid}


def PACK_TOPIC(world: World) -> dict[str, Any]:  # noqa: N802
    return {**PACK(world), "topic": "first-contact"}


def PACK_AID(world: World) -> dict[str, Any]:  # noqa: N802
    return {**PACK(world), "key": "first-line"}


def PICTURE(world: World) -> dict[str, Any]:  # noqa: N802
    file = world.edition.version.files.get(path="media/steps.svg")
    return {"digest": file.digest, "kind": "svg"}
