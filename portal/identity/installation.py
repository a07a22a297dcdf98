"""What an administrator chose for the whole portal: look, time, hours, limits, kinds, channels.

It stands in one row that every process remembers. The row's version comes with each page's viewer, so a page
costs no statement more, and a process that remembers an older version reads the row again.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from typing import Any

from flask import current_app, g
from flask_login import current_user
from sqlalchemy import ScalarSelect, func, select
from sqlalchemy.orm import aliased

from portal.extensions import db
from portal.identity.models import Installation, Organization

WORKING_DAY = ["08:00", "17:00"]
WEEK = [*([WORKING_DAY] * 5), None, None]
"""Monday to Sunday as a new installation has them."""


@dataclass(frozen=True)
class Chosen:
    """The choices in force; what nobody chose is as the environment says, or empty.

    hours: Monday to Sunday, each [opens, closes] as "HH:MM", or None for a day off; holidays: the country
    (ISO 3166) whose public holidays are days off, with its subdivision ("AT", "AT-7"), "" none
    brand: "#rrggbb", "" for our own colour; logo: hash of a picture in the store, "" none
    kinds, channels: what was chosen about each, by its code
    steps: the first steps that an administrator looked at; begun: they are through with them
    """

    version: int = 0
    timezone: str = "UTC"
    hours: list[Any] = field(default_factory=lambda: list(WEEK))
    holidays: str = ""
    brand: str = ""
    logo: str = ""
    mail_name: str = ""
    file_mb: int = 25
    files: int = 10
    undo_seconds: int = 15
    steps: list[str] = field(default_factory=list)
    begun: bool = False
    kinds: Mapping[str, dict[str, Any]] = field(default_factory=dict)
    channels: Mapping[str, dict[str, Any]] = field(default_factory=dict)


NAMES = frozenset(known.name for known in fields(Chosen)) - {"version", "logo"}


def version() -> ScalarSelect[int]:
    """The version of the choices, as part of another question; 0 before anything was chosen."""
    found = select(func.coalesce(func.max(Installation.version), 0))
    return found.correlate(None).scalar_subquery()


def our_name() -> ScalarSelect[str]:
    """The name of our own company, as part of another question."""
    ours = aliased(Organization)
    return select(ours.name).where(ours.ours).order_by(ours.id).limit(1).scalar_subquery()


def our_company() -> str:
    """The name of our own company, "" before there is one. At most one statement an app context."""
    someone = _signed_in()
    if someone:
        return str(someone.site)
    _look()
    return str(g.our_company)


def chosen() -> Chosen:
    """The choices in force. At most one small statement an app context, none where a viewer was loaded."""
    if g.get("failing"):
        return _remembered() or _of(None)
    if "installation" not in g:
        now_is, known = _version(), _remembered()
        if known is None or known.version != now_is:
            known = _of(row() if now_is else None)
            current_app.extensions["installation"] = current_app.config["SETTINGS"], known
        g.installation = known
    found: Chosen = g.installation
    return found


def _remembered() -> Chosen | None:
    """What this process knows, unless the environment it was put together with is another."""
    environment, known = current_app.extensions.get("installation", (None, None))
    return known if environment is current_app.config["SETTINGS"] else None


def _signed_in() -> Any:
    return current_user if current_user and current_user.is_authenticated else None


def _version() -> int:
    someone = _signed_in()
    if someone:
        return int(someone.installation)
    _look()
    return int(g.installed)


def _look() -> None:
    """Ask for what a viewer would have brought along, once."""
    if "installed" not in g:
        g.installed, name = db.session.execute(select(version(), our_name())).one()
        g.our_company = name or ""


def row(lock: bool = False) -> Installation | None:
    """The row itself, if anything was chosen. lock: to change it."""
    asked = select(Installation).order_by(Installation.id).limit(1)
    if lock:
        asked = asked.with_for_update().execution_options(populate_existing=True)
    return db.session.scalars(asked).one_or_none()


def _of(found: Installation | None) -> Chosen:
    settings = current_app.config["SETTINGS"]
    environment = {name: getattr(settings, name) for name in ("timezone", "file_mb", "files", "undo_seconds")}
    if found is None:
        return Chosen(**environment)
    known = {name: value for name, value in found.choices.items() if name in NAMES}
    known |= {name: min(known[name], environment[name]) for name in ("file_mb", "files") if name in known}
    return Chosen(version=found.version, logo=found.logo or "", **{**environment, **known})


def choose(**choices: Any) -> Installation:
    """Take over choices by name; None goes back to what holds when nobody chooses. Flushes.

    Raises KeyError for a name that is none. `logo` is the hash of a stored picture, or "".
    """
    found = row(lock=True)
    if found is None:
        found = Installation(id=1, version=0, choices={})
        db.session.add(found)
    if "logo" in choices:
        found.logo = choices.pop("logo") or None
    if unknown := choices.keys() - NAMES:
        raise KeyError(*unknown)
    kept = {name: value for name, value in found.choices.items() if name not in choices}
    found.choices = kept | {name: value for name, value in choices.items() if value is not None}
    found.version += 1
    db.session.flush()
    forget()
    return found


def choose_about(name: str, code: str, change: Callable[[dict[str, Any]], dict[str, Any]]) -> Installation:
    """Take over what is chosen about one of the kinds or channels, and leave the others alone. Flushes.

    name: kinds or channels; change: what is chosen about it by now → what is chosen from then on. It is read
    under a lock: somebody else may be changing it at this moment.
    """
    found = row(lock=True)
    now_is = found.choices.get(name, {}) if found else {}
    return choose(**{name: {**now_is, code: change(dict(now_is.get(code, {})))}})


def forget() -> None:
    """Look again at what is chosen the next time somebody asks in this context."""
    for known in ("installation", "installed"):
        g.pop(known, None)
    current_app.extensions.pop("installation", None)
