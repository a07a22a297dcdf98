"""Passwords: hashed with Argon2id, checked at the same cost whether or not there is somebody to check."""

import unicodedata

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from portal.extensions import db
from portal.identity.models import Person
from portal.identity.news import News, tell
from portal.identity.people import end_links, end_sessions

SHORTEST, LONGEST = 10, 200
# fmt: off
COMMON = frozenset({
    "0123456789", "0987654321", "1234567890", "12345678910", "123456789a", "1234qwerasdf", "1q2w3e4r5t",
    "1qaz2wsx3edc", "a123456789", "aa12345678", "abc1234567", "abcd123456", "abcdefghij", "admin12345",
    "administrator", "asdf123456", "asdfghjkl;", "baseball123", "benfica1904", "changeme123", "companyname",
    "dinamo1234", "football123", "hajduk1950", "hrvatska123", "iloveyou123", "iloveyouuu", "letmein1234",
    "lozinka123", "mypassword", "p@ssw0rd123", "passw0rd123", "password12", "password123", "password1234",
    "passwordpassword", "portugal123", "princess123", "q1w2e3r4t5", "qazwsxedcr", "qwerty12345",
    "qwerty123456", "qwertyqwerty", "qwertyuiop", "summer2024!", "summer2025!", "summer2026!",
    "sunshine123", "superman123", "test123456", "testtest123", "welcome123", "welcome1234", "winter2024!",
    "winter2025!", "winter2026!", "zxcvbnm123",
})
# fmt: on

_hasher = PasswordHasher()


class WrongPassword(ValueError):
    """The password is not this person's, or there is no such person: the caller can't tell which."""


class WeakPassword(ValueError):
    """The password is too short, too long or too easy to guess; `reason` is short, long, common or yours."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def _plain(password: str) -> str:
    return unicodedata.normalize("NFKC", password)


def hashed(password: str) -> str:
    """What is stored for a password. Costs some 50 ms on purpose."""
    return _hasher.hash(_plain(password))


def nobodys() -> str:
    """Well formed, but of nobody's password: checking against it costs what checking a real one costs."""
    cost = f"m={_hasher.memory_cost},t={_hasher.time_cost},p={_hasher.parallelism}"
    return f"$argon2id$v=19${cost}$c29tZSBzYWx0IG9mIDE2Qg$MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY"


def matches(stored: str | None, password: str) -> bool:
    """Whether a password is the stored one; without a stored one it costs the same and is False."""
    try:
        return _hasher.verify(stored or nobodys(), _plain(password)) and stored is not None
    except (VerificationError, InvalidHashError):
        return False


def grown_old(stored: str) -> bool:
    """Whether it was hashed with other parameters than today's."""
    return _hasher.check_needs_rehash(stored)


def check_strength(password: str, *known: str) -> None:
    """Raises WeakPassword when others would guess it; `known` are words about the person (name, address)."""
    plain = _plain(password)
    if len(plain) < SHORTEST:
        raise WeakPassword("short")
    if len(plain) > LONGEST:
        raise WeakPassword("long")
    low = plain.lower()
    if low in COMMON or len(set(low)) < 4:
        raise WeakPassword("common")
    if low in {word.lower() for text in known for word in (text, text.split("@")[0])}:
        raise WeakPassword("yours")


def set_password(person: Person, password_hash: str) -> None:
    """Give the person a password (as `hashed` made it); it ends their sessions and links and tells them.

    The hash is made by the caller, before its transaction holds a lock.
    """
    first = person.password_hash is None
    person.password_hash = password_hash
    end_links(person)
    end_sessions(person)
    if not first:
        tell(News("password", person))


def renew_hash(person_id: int, password: str) -> None:
    """After a right password: store it under today's parameters."""
    person = db.session.get_one(Person, person_id)
    person.password_hash = hashed(password)
    db.session.flush()
