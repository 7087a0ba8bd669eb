"""Objects of the doors table that belong to certificates."""

from typing import Any

from tests.doors.world import World


def NUMBER(world: World) -> dict[str, Any]:  # noqa: N802
    return {"number": world.certificate.number}


def CERTIFICATE(world: World) -> dict[str, Any]:  # noqa: N802
    return {"slug": world.edition.slug, "number": world.certificate.number}


def LOGO(world: World) -> dict[str, Any]:  # noqa: N802
    return {"slug": world.edition.slug, "uuid": world.logo.uuid}


def WORDING(world: World) -> dict[str, Any]:  # noqa: N802
    return {"slug": world.edition.slug, "language": "kk"}


def SAMPLE(world: World) -> dict[str, Any]:  # noqa: N802
    return {"slug": world.edition.slug, "language": "ru", "kind": "participation"}
