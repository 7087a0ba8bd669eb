"""Objects of the doors table that belong to a survey."""

from typing import Any

from tests.doors.world import World


def SURVEY_OF_EDITION(world: World) -> dict[str, Any]:  # noqa: N802
    return {"slug": world.edition.slug, "key": "closing"}


def COMMENT(world: World) -> dict[str, Any]:  # noqa: N802
    return {"slug": world.edition.slug, "key": world.comment.key}
