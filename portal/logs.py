"""Structured logs on stderr: one JSON line an event, with the request's reference."""

import logging
import sys

import structlog

from portal.config import Settings


def configure(settings: Settings) -> None:
    """Words for people in development, JSON for machines elsewhere."""
    last = (
        structlog.dev.ConsoleRenderer()
        if settings.env == "development"
        else structlog.processors.JSONRenderer()
    )
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso"),
            structlog.processors.format_exc_info,
            last,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        logger_factory=structlog.WriteLoggerFactory(file=sys.stderr),
    )
