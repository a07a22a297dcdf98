"""A change in words: what it was about, and what it said before and after."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from babel.lists import format_list
from flask_babel import get_locale
from flask_babel import gettext as _
from sqlalchemy import select

from portal.channels.ways import WAYS
from portal.clock import now
from portal.extensions import db
from portal.identity.models import Department, Membership, Organization, Person
from portal.registry import registry
from portal.settings import lists
from portal.settings.models import Change

LONGEST = 120
LABELS = {way.code: way.label for way in WAYS}


@dataclass(frozen=True)
class Told:
    """A change in the list. rows: (what, before, after), both "" when there was nothing; back: taken back."""

    change: Change
    who: str
    about: str
    rows: list[tuple[str, str, str]]
    back: bool


@dataclass(frozen=True)
class _Names:
    people: dict[int, str]
    departments: dict[int, str]
    organizations: dict[int, str]


def told(changes: Iterable[Change]) -> list[Told]:
    """Changes in words: four statements, however many there are."""
    several = list(changes)
    names = _names(several)
    taken = select(Change.undoes_id).where(Change.undoes_id.in_([change.id for change in several]))
    back = set(db.session.scalars(taken))
    return [
        Told(
            change,
            names.people.get(change.membership_id or 0, _("The command line")),
            _about(change, names),
            [row for name in _columns(change) if (row := _row(change, name, names))],
            change.id in back,
        )
        for change in several
    ]


def _names(changes: list[Change]) -> _Names:
    sides = [side for change in changes for side in (change.before, change.after)]
    members = {change.membership_id for change in changes} | {side.get("membership_id") for side in sides}
    people = select(Membership.id, Person.name).join(Person).where(Membership.id.in_(members - {None}))
    departments = {change.row_id for change in changes} | {side.get("department_id") for side in sides}
    return _Names(
        {row[0]: row[1] for row in db.session.execute(people)},
        lists.named(Department, departments),
        lists.named(Organization, (side.get("organization_id") for side in sides)),
    )


def _about(change: Change, names: _Names) -> str:
    if change.place == "department_members":
        return _("Who works in %(name)s", name=names.departments.get(change.row_id, "?"))
    if change.place == "departments":
        return _("The department %(name)s", name=change.name)
    if change.place == "rules":
        return _("The rule “%(name)s”", name=change.name)
    if change.place == "segments":
        return _("The segment %(name)s", name=change.name)
    group, _dot, code = change.name.partition(".")
    if change.place == "installation" and group == "kinds":
        return _("The kind %(name)s", name=registry().label(code))
    if change.place == "installation" and group == "channels":
        return _("The channel %(name)s", name=LABELS.get(code, code))
    return _("The whole portal")


def _columns(change: Change) -> list[str]:
    names = [*change.before, *(name for name in change.after if name not in change.before)]
    if change.place == "installation" and change.name.partition(".")[2]:
        sides = [side.get(change.name) or {} for side in (change.before, change.after)]
        names = list(dict.fromkeys(name for side in sides for name in side))
    return names


def _row(change: Change, name: str, names: _Names) -> tuple[str, str, str] | None:
    """(what, before, after) of one column; None for what says nothing to a person, or did not change."""
    before, after = change.before, change.after
    if change.place == "installation" and change.name.partition(".")[2]:
        before, after = (side.get(change.name) or {} for side in (before, after))
    if name in ("id", "department_id") and change.place == "department_members":
        return None
    label = _labels().get(name)
    was, becomes = (_value(name, side.get(name), names) for side in (before, after))
    if label is None or (was == becomes and name != "membership_id"):
        return None
    return label, was, becomes


def _labels() -> dict[str, str]:
    return {
        "name": _("Name"),
        "logo": _("Logo"),
        "brand": _("Brand colour"),
        "timezone": _("Time zone"),
        "hours": _("Working hours"),
        "holidays": _("Public holidays"),
        "mail_name": _("Sender's name"),
        "file_mb": _("Largest file, in megabytes"),
        "files": _("Most files in one message"),
        "undo_seconds": _("Seconds to take back"),
        "email": _("E-mail"),
        "position": _("Place"),
        "archived_at": _("In use"),
        "membership_id": _("Who"),
        "lead": _("Leads"),
        "enabled": _("On"),
        "on": _("On"),
        "kind": _("Kind"),
        "words": _("Words"),
        "organization_id": _("Organization"),
        "product_id": _("Product"),
        "relation": _("Relation"),
        "language": _("Language"),
        "amount_from": _("Amount from"),
        "priority": _("Priority"),
        "department_id": _("Department"),
        "department": _("Department"),
        "label": _("Label"),
        "invitation": _("On the button"),
        "hint": _("Below the button"),
        "opened_by": _("Who may open it"),
        "answer_days": _("Working days until the first answer"),
        "questions": _("Questions"),
        "address": _("Number, address or place"),
        "answer_hours": _("Working hours until an answer"),
        "owes": _("What the department does there"),
        "conditions": _("Conditions"),
    }


def _value(name: str, value: Any, names: _Names) -> str:
    if value in (None, "", [], {}):
        return ""
    if name == "archived_at":
        return _("no") if datetime.fromisoformat(value) <= now() else _("yes")
    if name in ("membership_id", "department_id", "organization_id"):
        known = getattr(names, {"m": "people", "d": "departments", "o": "organizations"}[name[0]])
        return str(known.get(value, "?"))
    if name == "kind":
        return registry().label(value)
    if name == "hours":
        return ", ".join("–".join(span) if span else "×" for span in value)
    return _plain(value)[:LONGEST]


def _plain(value: Any) -> str:
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, dict):
        if "words" in value:  # a question
            return _plain(value["words"])
        said = [_plain(each) for key, each in value.items() if each and key]
        return str(format_list(list(dict.fromkeys(said)), locale=get_locale()))
    if isinstance(value, list):
        return str(format_list([_plain(each) for each in value], locale=get_locale()))
    return str(value)
