"""Guessing is slowed down: every try is a row, written before the password is looked at."""

import ipaddress
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil
from typing import Any

from sqlalchemy import ColumnElement, delete, select, update

from portal.clock import now
from portal.extensions import db
from portal.identity.models import SignInAttempt
from portal.identity.people import normalised


@dataclass(frozen=True)
class Limit:
    """How many failed tries an e-mail address and a place on the network have within a while."""

    per_email: int
    per_address: int
    within: timedelta


LIMITS = {
    "sign-in": Limit(10, 50, timedelta(minutes=15)),
    "password": Limit(10, 50, timedelta(minutes=15)),
    "reset": Limit(3, 20, timedelta(hours=1)),
}
KEPT_FOR = timedelta(days=1)


class TooManyTries(Exception):
    """Nothing more is looked at for `seconds`."""

    def __init__(self, seconds: int) -> None:
        super().__init__(f"again in {seconds} s")
        self.seconds = seconds


def place(address: str | None) -> str:
    """Who asks, as far as the network tells: the address, of IPv6 the /64 one household or office has."""
    try:
        found = ipaddress.ip_address(address or "")
    except ValueError:
        return "unknown"
    if found.version == 4:
        return str(found)
    return str(found.ipv4_mapped or ipaddress.ip_network((found, 64), strict=False))


def admit(purpose: str, email: str, address: str | None) -> int:
    """Count one more try and return its row's id; it is a failure until `succeed` says otherwise.

    The caller commits before it looks at anything, so that tries at the same moment see each other.
    Raises TooManyTries (writing nothing) when the address or the place has used up its tries.
    """
    limit, email, address = LIMITS[purpose], normalised(email)[:254], place(address)
    waits = [
        _wait(limit.per_email, limit.within, SignInAttempt.email == email, purpose),
        _wait(limit.per_address, limit.within, SignInAttempt.address == address, purpose),
    ]
    if any(waits):
        raise TooManyTries(max(waits))
    attempt = SignInAttempt(email=email, address=address, purpose=purpose)
    db.session.add(attempt)
    db.session.flush()
    return attempt.id


def _wait(most: int, within: timedelta, whose: ColumnElement[bool], purpose: str) -> int:
    """Seconds until fewer than `most` failures lie within the window; 0 when that is so now."""
    oldest: datetime | None = db.session.scalar(
        select(SignInAttempt.at)
        .where(
            whose,
            SignInAttempt.at > now() - within,
            SignInAttempt.purpose == purpose,
            SignInAttempt.succeeded.is_(False),
        )
        .order_by(SignInAttempt.at.desc())
        .offset(most - 1)
        .limit(1)
    )
    return max(1, ceil((oldest + within - now()).total_seconds())) if oldest else 0


def succeed(attempt_id: int) -> None:
    """The try was right after all, so it no longer counts."""
    db.session.execute(update(SignInAttempt).where(SignInAttempt.id == attempt_id).values(succeeded=True))


def sweep_attempts() -> int:
    """Delete tries nobody counts any more; returns how many there were."""
    swept: Any = db.session.execute(delete(SignInAttempt).where(SignInAttempt.at < now() - KEPT_FOR))
    return int(swept.rowcount)
