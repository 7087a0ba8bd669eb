"""Objects of the doors table that belong to a class."""

from typing import Any

from tests.doors.world import World


def RUN(world: World) -> dict[str, Any]:  # noqa: N802
    return {"session": world.session.uuid, "run": world.run.uuid}


def POLL(world: World) -> dict[str, Any]:  # noqa: N802
    return {"session": world.session.uuid, "poll": world.run.poll}


def WORD(world: World) -> dict[str, Any]:  # noqa: N802
    return {"session": world.session.uuid, "word": world.word.uuid}


def CALL(world: World) -> dict[str, Any]:  # noqa: N802
    return {"session": world.session.uuid, "call": world.help_call.uuid}


def QUESTION(world: World) -> dict[str, Any]:  # noqa: N802
    return {"session": world.session.uuid, "question": world.question.uuid}


def HAND(world: World) -> dict[str, Any]:  # noqa: N802
    return {"session": world.session.uuid, "hand": world.hand.uuid}


def GRANT(world: World) -> dict[str, Any]:  # noqa: N802
    return {"session": world.session.uuid, "grant": world.floor_grant.uuid}


def ANNOUNCEMENT(world: World) -> dict[str, Any]:  # noqa: N802
    return {"session": world.session.uuid, "announcement": world.announcement.uuid}
