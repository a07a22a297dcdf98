"""Whether this process answers, whether the installation is ready, and its figures for a monitor.

/healthz asks nobody. /readyz is for whoever sends requests here: 503 when they would fail. /metrics is for a
Prometheus on this machine, or one that knows the token; for everybody else it is not there.
"""

import hmac
import time
from collections.abc import Callable
from ipaddress import ip_address
from typing import Any, NamedTuple

from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import Flask, Response, abort, current_app, jsonify, request
from sqlalchemy.exc import SQLAlchemyError

from portal import pulse
from portal.cases import storage
from portal.extensions import db, migrate, reading
from portal.logs import end
from portal.measures import Measures
from portal.web import public

PROBED_FOR = 30.0
"""Seconds for which a try of the storage counts: anybody may ask whether we are ready."""


class Level(NamedTuple):
    """How the database stands. trouble: why it does not answer; there, newest: its migration and ours."""

    trouble: str
    there: frozenset[str]
    newest: frozenset[str]

    @property
    def current(self) -> bool:
        return not self.trouble and self.there == self.newest


def register(app: Flask) -> None:
    """The three addresses, and the line that ends every request."""
    app.extensions["measures"] = Measures()
    app.add_url_rule("/healthz", "healthz", healthz)
    app.add_url_rule("/readyz", "readyz", readyz)
    app.add_url_rule("/metrics", "metrics", metrics)
    app.after_request(_ended)


def _ended(response: Response) -> Response:
    seconds = end(request, response)
    measures: Measures = current_app.extensions["measures"]
    measures.count(request.endpoint or "none", response.status_code, seconds)
    return response


@public
def healthz() -> Any:
    return Response("This process answers.\n", mimetype="text/plain")


@public
def readyz() -> Any:
    """In words that tell a stranger nothing but whether it works."""
    stands, beat = level(), pulse.last(current_app.config["SETTINGS"].instance)
    keeps = _for_a_while("storage", PROBED_FOR, lambda: not storage_trouble())
    said = {
        "database": "no answer" if stands.trouble else "fine" if stands.current else "not migrated",
        "storage": "fine" if keeps else "no answer",
        "worker": "fine" if beat and beat.alive else "not seen",
    }
    ready = stands.current and keeps
    return jsonify(ready=ready, **said), 200 if ready else 503


@public
def metrics() -> Any:
    if not (_from_here() or _has_token()):
        abort(404)
    measures: Measures = current_app.extensions["measures"]
    with reading():
        text, kind = measures.shown(current_app.config["SETTINGS"].instance)
    return Response(text, content_type=kind)


def level() -> Level:
    """Ask the database for its migration; ours is read once."""
    newest = _for_a_while("newest", float("inf"), _newest)
    try:
        with reading(), db.engine.connect() as connection:
            there = MigrationContext.configure(connection).get_current_heads()
    except SQLAlchemyError as error:
        return Level(" ".join(str(getattr(error, "orig", error)).split()), frozenset(), newest)
    return Level("", frozenset(there), newest)


def _newest() -> frozenset[str]:
    return frozenset(ScriptDirectory.from_config(migrate.get_config()).get_heads())


def storage_trouble() -> str:
    """Write some bytes, read them and remove them; "" when that works, else what does not."""
    probe = f"is anybody there? {time.time_ns()}".encode()
    try:
        digest = storage.put(probe)
        whole = storage.read(digest) == probe
        storage.delete(digest)
    except Exception as error:  # every kind of store fails in its own way
        return " ".join(str(error).split()) or repr(error)
    return "" if whole else "gives back something else"


def _for_a_while(name: str, seconds: float, ask: Callable[[], Any]) -> Any:
    """What was found a moment ago, or else is found now."""
    found = current_app.extensions.setdefault("health", {})
    at, what = found.get(name, (float("-inf"), None))
    if time.monotonic() - at >= seconds:
        what = ask()
        found[name] = (time.monotonic(), what)
    return what


def _from_here() -> bool:
    """Whether somebody on this machine asks. What came through a proxy counts only as a trusted one says."""
    chain = ",".join(request.headers.getlist("X-Forwarded-For")).split(",")
    through = any(name in request.headers for name in ("X-Forwarded-For", "X-Real-IP", "Forwarded", "Via"))
    trusted = current_app.config["SETTINGS"].trusted_proxies
    if through and not (trusted and chain != [""] and len(chain) >= trusted):
        return False
    try:
        return ip_address(request.remote_addr or "").is_loopback
    except ValueError:
        return False


def _has_token() -> bool:
    token = current_app.config["SETTINGS"].metrics_token
    given = request.headers.get("Authorization", "")
    return bool(token) and hmac.compare_digest(given.encode(), f"Bearer {token}".encode())
