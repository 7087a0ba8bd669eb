"""A poll made on the spot, as an object of the doors table."""

from typing import Any

from tests.doors.world import World


def SPOT_POLL(world: World) -> dict[str, Any]:  # noqa: N802
    return {"session": world.session.uuid, "poll": world.spot_poll.uuid}
