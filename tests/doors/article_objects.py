"""Objects of the doors table that belong to an edition's article."""

from typing import Any

from tests.doors.world import World


def ARTICLE(world: World) -> dict[str, Any]:  # noqa: N802
    return {"slug": world.edition.slug, "language": "en"}


def QUOTE(world: World) -> dict[str, Any]:  # noqa: N802
    return {"slug": world.edition.slug, "uuid": world.quote.uuid}


def PHOTO(world: World) -> dict[str, Any]:  # noqa: N802
    return {"slug": world.edition.slug, "uuid": world.photo.uuid}


def NEWS(world: World) -> dict[str, Any]:  # noqa: N802
    return {"language": "en"}


def NEWS_ITEM(world: World) -> dict[str, Any]:  # noqa: N802
    return {"slug": world.edition.slug, "language": "en"}


def NEWS_PHOTO(world: World) -> dict[str, Any]:  # noqa: N802
    return {"uuid": world.photo.uuid, "kind": world.photo.kind}
