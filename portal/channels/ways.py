"""The ways people reach us: which of them are open, whom they belong to, what they owe."""

from dataclasses import dataclass
from typing import Any

from flask_babel import lazy_gettext as _l

from portal.identity.installation import chosen


@dataclass(frozen=True)
class Way:
    """A channel as it stands.

    address: the number, the mail address or the place, as outsiders read it; department: the code of the one
    that answers there, "" the front desk; answer_hours: working hours until somebody there answers, 0 unsaid;
    owes: what its department does there, for colleagues
    """

    code: str
    label: Any
    icon: str
    on: bool = False
    address: str = ""
    department: str = ""
    answer_hours: int = 0
    owes: str = ""


WAYS = (
    Way("web", _l("This portal"), icon="window", on=True),
    Way("email", _l("E-mail"), icon="envelope"),
    Way("phone", _l("Phone"), icon="telephone"),
    Way("fax", _l("Fax"), icon="printer"),
    Way("chat", _l("Chat"), icon="chat-dots"),
    Way("meeting", _l("Meeting"), icon="calendar-event"),
    Way("in_person", _l("In person"), icon="shop"),
    Way("api", _l("Other programs"), icon="plug"),
)


def ways() -> list[Way]:
    """Every channel as administrators want it, in order."""
    known = chosen().channels
    return [Way(way.code, way.label, way.icon, **{"on": way.on, **known.get(way.code, {})}) for way in WAYS]


def way(code: str) -> Way | None:
    """One channel; None when there is none of that code."""
    return next((each for each in ways() if each.code == code), None)


def offered() -> list[Way]:
    """The channels outsiders are told of: open, and with an address."""
    return [each for each in ways() if each.on and each.address]
