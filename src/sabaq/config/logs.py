"""Structured logs without personal data: events and ids, one JSON object a line on standard error."""

import logging
import sys
from typing import Any

import structlog


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
    }.items():
        logging.getLogger(quiet).setLevel(level)
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
