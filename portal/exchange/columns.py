"""What can be taken from a file, and which of its columns feeds what: guessed by their names."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import lazy_gettext as _l

from portal.exchange.names import CASES, ORGANIZATIONS, PEOPLE, PRODUCTS
from portal.exchange.wrong import Unreadable
from portal.routing.rules import normal

THINGS = {
    "organizations": _l("Organizations"),
    "people": _l("People"),
    "products": _l("Products"),
    "cases": _l("Cases"),
}
"""What can be imported, as a reader calls it."""


@dataclass(frozen=True)
class Field:
    """Something of ours that a column can feed. needed: a file without it cannot be imported."""

    name: str
    label: Any
    heads: tuple[str, ...]
    needed: bool = False


def _fields(names: Mapping[str, tuple[Any, str]], *needed: str) -> tuple[Field, ...]:
    return tuple(
        Field(name, label, tuple(spelled(head) for head in (name, *heads.split("|"))), name in needed)
        for name, (label, heads) in names.items()
    )


def spelled(head: str) -> str:
    """A column's name as names are compared: without case, accents, spaces and signs."""
    return re.sub(r"[\W_]+", "", normal(re.sub(r"([a-z])([A-Z])", r"\1 \2", head)))


FIELDS = {
    "organizations": _fields(ORGANIZATIONS, "name"),
    "people": _fields(PEOPLE, "name"),
    "products": _fields(PRODUCTS, "name"),
    "cases": _fields(CASES, "body"),
}


def guess(what: str, heads: Sequence[str]) -> dict[str, str]:
    """Ours → theirs, as far as the names of the columns tell; each column feeds one field."""
    free = {spelled(head): head for head in reversed(heads) if head}
    found: dict[str, str] = {}
    wanted = [(rank, field) for field in FIELDS[what] for rank in range(len(field.heads))]
    for rank, field in sorted(wanted, key=lambda one: one[0]):
        if field.name not in found and field.heads[rank] in free:
            found[field.name] = free.pop(field.heads[rank])
    if what == "people" and "external_id" not in found and "email" not in found:
        # The list of customers with one contact each: who they are is told by the customer's number.
        found |= {"external_id": found["organization_id"]} if "organization_id" in found else {}
    return {field.name: found[field.name] for field in FIELDS[what] if field.name in found}


def mapped(what: str, heads: Sequence[str], said: Mapping[str, str], whole: bool = False) -> dict[str, str]:
    """Ours → theirs: the guess with what somebody said about it; "" leaves a field unfed.

    whole: nothing is guessed. Raises Unreadable for names that are not there, and without what is needed.
    """
    known = {field.name: field for field in FIELDS[what]}
    theirs = {spelled(head): head for head in heads if head}
    found = {} if whole else guess(what, heads)
    for name, head in said.items():
        ours = name.strip().lower().replace("-", "_").replace(" ", "_")
        if ours not in known:
            raise Unreadable("no_field", field=name, fields=", ".join(known))
        if not head:
            found.pop(ours, None)
            continue
        column = head if head in heads else theirs.get(spelled(head))
        if column is None:
            raise Unreadable("no_column", head=head, heads=_listed(heads))
        if not whole:
            found = {name: other for name, other in found.items() if other != column or name in said}
        found[ours] = column
    missing = _missing(what, found)
    if missing is not None:
        if not found:
            raise Unreadable("no_heads", heads=_listed(heads))
        raise Unreadable("not_found", field=missing.label, heads=_listed(heads))
    return found


def _missing(what: str, found: Mapping[str, str]) -> Field | None:
    """A field that is needed and not fed. A name may come in two columns, an organization by name or id."""
    instead = {
        "name": found.keys() & {"first_name", "last_name"} if what == "people" else (),
        "organization": found.keys() & {"organization_id"},
    }
    for field in FIELDS[what]:
        needed = field.needed or (what == "people" and field.name == "organization")
        if needed and field.name not in found and not instead.get(field.name):
            return field
    return None


def _listed(heads: Sequence[str]) -> str:
    named = [head for head in heads if head]
    return ", ".join(named[:20]) + (" …" if len(named) > 20 else "")
