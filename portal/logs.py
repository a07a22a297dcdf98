"""Structured logs on stderr: one JSON line an event, with the reference of the request, job or command.

A request's own line tells who (the membership's number), where, how it ended and what it cost; no names, no
addresses of people, nothing of what was written or read.
"""

import logging
import re
import secrets
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

import structlog
from flask import Request, Response, g
from sqlalchemy import Engine, event

from portal.config import Settings

log = structlog.get_logger()
PLAIN = re.compile(r"[A-Za-z0-9._-]{1,64}")
"""A reference of another's making is kept when it looks like this."""
_statements: ContextVar[list[int] | None] = ContextVar("statements", default=None)


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


def new_reference() -> str:
    return secrets.token_hex(4)


@contextmanager
def referring(**more: str) -> Iterator[str]:
    """Everything that is logged inside bears one new reference, and `more`."""
    reference = new_reference()
    with structlog.contextvars.bound_contextvars(reference=reference, **more):
        yield reference


def begin(request: Request, trusted: bool) -> None:
    """A request begins: its reference (a trusted proxy's own, when it sent one) is in every line about it."""
    given = request.headers.get("X-Request-ID", "") if trusted else ""
    g.reference = given if PLAIN.fullmatch(given) else new_reference()
    g.begun = time.perf_counter()
    _statements.set([0])
    structlog.contextvars.clear_contextvars()
    path = "/links/…" if request.path.startswith("/links/") else request.path
    structlog.contextvars.bind_contextvars(reference=g.reference, path=path, method=request.method)


def end(request: Request, response: Response) -> float:
    """The one line of a request that is answered; the seconds it took."""
    seconds = time.perf_counter() - g.get("begun", time.perf_counter())
    someone = g.get("_login_user")  # who is known by now; asking would be another statement
    log.info(
        "request",
        endpoint=request.endpoint,
        status=response.status_code,
        ms=round(seconds * 1000, 1),
        statements=(_statements.get() or [0])[0],
        membership=getattr(someone, "membership_id", None),
    )
    return seconds


def count_statements(engine: Engine) -> None:
    """Let a request's line say how many statements it took."""

    @event.listens_for(engine, "before_cursor_execute")
    def count(*_: Any) -> None:
        counted = _statements.get()
        if counted is not None:
            counted[0] += 1
