"""Structured logs without personal data: events and ids, one JSON object a line on standard error."""

import logging
import re
import sys
from collections.abc import Mapping, MutableMapping
from typing import Any

import structlog

# A personal link's path is a key, and Django names the path of a request that broke.
_KEYS_IN_PATHS = re.compile(r"/i/[^/\s\"'<>]+")


def without_keys(_logger: Any, _method: str, event: MutableMapping[str, Any]) -> Mapping[str, Any]:
    """Black out personal links in every text of a log line, tracebacks included."""
    for name, value in event.items():
        if isinstance(value, str):
            event[name] = _KEYS_IN_PATHS.sub("/i/***", value)
    return event


def configure(_config: dict[str, Any]) -> None:
    """Send structlog and the standard library's warnings to standard error as JSON lines."""
    shared: list[Any] = [
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.format_exc_info,
    ]
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                without_keys,
                structlog.processors.JSONRenderer(ensure_ascii=False),
            ],
        )
    )
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(logging.INFO)
    for quiet, level in {
        "uvicorn.access": logging.CRITICAL,  # its lines carry paths, and paths may carry tokens
        "django.request": logging.ERROR,
        "django.security": logging.ERROR,
        "fontTools": logging.ERROR,
        # Lines of "opened" and "closed" for every voice line.
        "uvicorn.error": logging.WARNING,
        "websockets": logging.ERROR,
    }.items():
        logging.getLogger(quiet).setLevel(level)
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
