"""The configuration Janus runs with, written anew at each of its starts. Loads nothing of Django."""

import json
from collections.abc import Mapping
from pathlib import Path

from sabaq.ops.becoming import write_private
from sabaq.ops.voice import Engine

_PLUGINS_KEPT = {"libjanus_videoroom.so"}
_TRANSPORTS_KEPT = {"libjanus_websockets.so"}
Value = str | int | bool
Sections = Mapping[str, Mapping[str, Value]]


def write_configuration(engine: Engine, folder: Path) -> None:
    """Write the files that make Janus ours; only this user may read them, for secrets are in them."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    for name, sections in configuration(engine, folder, modules()).items():
        write_private(folder / name, as_text(sections))


def modules() -> Path:
    """Give the folder that holds Janus' plugins and transports: Debian's, or one of a build of one's own."""
    found = sorted(Path("/usr/lib").glob("*/janus"))
    return next(iter(found), Path("/usr/local/lib/janus"))


def configuration(engine: Engine, folder: Path, modules: Path) -> dict[str, Sections]:
    """Give each file's sections: VideoRoom by WebSocket on the loopback, and nothing else."""
    return {
        "janus.jcfg": {
            "general": _general(engine, folder, modules),
            "media": {"rtp_port_range": engine.rtp_ports, "no_media_timer": 2},
            "nat": _nat(engine),
            "plugins": {"disable": _others(modules / "plugins", _PLUGINS_KEPT)},
            "transports": {"disable": _others(modules / "transports", _TRANSPORTS_KEPT)},
            "events": {"broadcast": False},
            "loggers": {"disable": _others(modules / "loggers", set())},
        },
        "janus.transport.websockets.jcfg": {
            "general": {
                "json": "compact",
                "pingpong_trigger": 5,
                "pingpong_timeout": 5,
                "ws": True,
                "ws_ip": "127.0.0.1",
                "ws_port": engine.port,
            },
            "admin": {"admin_ws": False},
        },
        "janus.plugin.videoroom.jcfg": {
            "general": {
                "admin_key": engine.admin_secret,
                "string_ids": True,
                "lock_rtp_forward": True,
            }
        },
    }


def _general(engine: Engine, folder: Path, modules: Path) -> dict[str, Value]:
    kinds = ("plugins", "transports", "events", "loggers")
    return {
        "configs_folder": str(folder),
        **{f"{kind}_folder": str(modules / kind) for kind in kinds},
        "api_secret": engine.api_secret,
        "admin_secret": engine.admin_secret,
        "server_name": "voice",
        "session_timeout": 30,
        # A browser's session goes with its line: nobody finds her own ghost when she comes back.
        "reclaim_session_timeout": 0,
        "debug_level": 2,
        "debug_timestamps": True,
        "hide_dependencies": True,
    }


def _nat(engine: Engine) -> dict[str, Value]:
    nat: dict[str, Value] = {"ignore_mdns": True, "full_trickle": False}
    if engine.address:
        nat["ice_enforce_list"] = engine.address
    if engine.public_address:
        nat |= {"nat_1_1_mapping": engine.public_address, "keep_private_host": True}
    return nat


def as_text(sections: Sections) -> str:
    """Give sections as libconfig reads them."""
    return "".join(
        f"{name}: {{\n"
        + "".join(f"  {key} = {_value(value)}\n" for key, value in values.items())
        + "}\n"
        for name, values in sections.items()
    )


def _others(folder: Path, kept: set[str]) -> str:
    return ",".join(sorted(path.name for path in folder.glob("*.so") if path.name not in kept))


def _value(value: Value) -> str:
    # Strings of libconfig are written like those of JSON, as far as paths, secrets and addresses go.
    return json.dumps(value, ensure_ascii=False)
