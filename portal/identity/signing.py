"""Signing in with a password, in three steps so that no lock is held while the password is checked.

count the try and look up what to check (commit) → check, without the database → take note that it was right.
"""

from dataclasses import dataclass

from portal.identity import throttle
from portal.identity.passwords import WrongPassword, grown_old, matches, renew_hash
from portal.identity.people import find
from portal.identity.viewer import is_in_force


@dataclass(frozen=True)
class Claim:
    """Somebody says they are this person: the try's row, and what their password is checked against."""

    attempt_id: int
    person_id: int | None
    """None for nobody, and for people who may not sign in any more: both are told the same."""
    stored: str | None


def claim(purpose: str, email: str, address: str | None) -> Claim:
    """Count a try for this address and look up what is to be checked. The caller commits at once.

    Raises TooManyTries before anything is looked up.
    """
    attempt_id = throttle.admit(purpose, email, address)
    person = find(email)
    if person is None:
        return Claim(attempt_id, None, None)
    return Claim(attempt_id, person.id if is_in_force(person) else None, person.password_hash)


def prove(claimed: Claim, password: str) -> int:
    """The person's id when the password is theirs. Needs no database; costs the same for everybody.

    Raises WrongPassword.
    """
    right = matches(claimed.stored, password)
    if not right or claimed.person_id is None:
        raise WrongPassword
    return claimed.person_id


def accept(claimed: Claim, password: str) -> None:
    """After the proof: the try no longer counts, an old hash is renewed."""
    throttle.succeed(claimed.attempt_id)
    if claimed.person_id is not None and claimed.stored and grown_old(claimed.stored):
        renew_hash(claimed.person_id, password)
