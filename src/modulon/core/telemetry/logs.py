"""Structured logs: one JSON object a line on standard error, secrets replaced by value."""

import logging
import sys
from typing import Any

import structlog

LEVELS = {"debug": logging.DEBUG, "info": logging.INFO, "warning": logging.WARNING, "error": logging.ERROR}


def configure_logs(level: str, *, pretty: bool) -> None:
    """Set up structlog for the process; *pretty* is for a terminal."""
    from modulon.core.secrets.redact import redact_event

    renderer: Any = (
        structlog.dev.ConsoleRenderer(colors=True, pad_event_to=0) if pretty else structlog.processors.JSONRenderer()
    )
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
            redact_event,
            renderer,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(LEVELS[level]),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=True,
    )
