"""What putting two together would do, worked out before anything is done; and why it may not be."""

from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any, Literal

from sqlalchemy import select

from portal.clock import now
from portal.extensions import db
from portal.identity.models import RELATIONS, Membership, Merge, Organization, Person
from portal.identity.organizations import tags_of
from portal.identity.staffing import membership_of_ours
from portal.identity.viewer import Viewer
from portal.settings import moving

What = Literal["organization", "person"]
MODELS: dict[str, Any] = {"organization": Organization, "person": Person}
TABLES = {"organization": "organizations", "person": "people"}
ALONE = {
    # what the kept one takes over when it says nothing there itself
    "organization": ("segment", "tier", "spend", "country", "domain", "vat", "phone", "fax"),
    "person": ("language", "phone"),
}
ADDRESS = ("street", "postal_code", "city", "region")
"""An address is taken over whole or not at all."""


class Refused(ValueError):
    """They may not be put together. code: see portal.settings.merge_words; count: how many are in the way."""

    def __init__(self, code: str, count: int = 0) -> None:
        super().__init__(f"{code} {count}")
        self.code, self.count = code, count


@dataclass(frozen=True)
class Plan:
    """What a merge does. facts: column → (before, after) of the kept one; tags: those it gets besides.

    moving: memberships that go over; twice: (the one that ends, the one that stays) of whoever has both.
    """

    what: What
    kept: Any
    gone: Any
    facts: dict[str, tuple[Any, Any]]
    tags: tuple[str, ...]
    moving: tuple[Membership, ...]
    twice: tuple[tuple[Membership, Membership], ...]
    rights: dict[int, dict[str, Any]] = field(default_factory=dict)
    """Membership → what changes of its `manager`, `sees` and `until`."""

    def key(self) -> str:
        """Another one when what was shown is no longer what would happen."""
        moved = [membership.id for membership in self.moving]
        both = [(gone.id, kept.id) for gone, kept in self.twice]
        ending = {gone.id for gone, _kept in self.twice}
        rights = {key: str(value) for key, value in self.rights.items() if key not in ending}
        told = (self.kept.id, self.gone.id, self.facts, self.tags, moved, both, rights)
        return sha256(repr(told).encode()).hexdigest()[:24]


def plan(by: Viewer | None, what: What, kept_id: int, gone_id: int, hold: bool = False) -> Plan:
    """What would happen if the one were put into the other. hold: nobody else changes them until the commit.

    Raises Refused, also when one of them is not there.
    """
    model = MODELS[what]
    both = select(model).where(model.id.in_((kept_id, gone_id))).order_by(model.id)
    if hold:
        both = both.with_for_update()
    rows = db.session.scalars(both.execution_options(populate_existing=True))
    found = {row.id: row for row in rows}
    if kept_id == gone_id or len(found) < 2:
        raise Refused("same")
    kept, gone = found[kept_id], found[gone_id]
    _may_be_merged(what, kept, gone)
    if what == "organization":
        _organizations_may(kept, gone)
    else:
        _people_may(by, kept, gone)
    for place, count in moving.together(TABLES[what], gone.id, kept.id).items():
        raise Refused("together" if place == "parties" else "both", count)
    return _worked_out(what, kept, gone, hold)


def _may_be_merged(what: What, kept: Any, gone: Any) -> None:
    if kept.merged_into_id is not None or gone.merged_into_id is not None:
        raise Refused("merged")
    held = db.session.scalars(
        select(Merge.id).where(Merge.what == what, Merge.kept_id == gone.id, Merge.undone_at > now()).limit(1)
    ).first()
    if held is not None:
        raise Refused("chain")


def _organizations_may(kept: Organization, gone: Organization) -> None:
    if kept.ours or gone.ours:
        raise Refused("ours")
    if min(kept.archived_at, gone.archived_at) <= now():
        raise Refused("archived")


def _people_may(by: Viewer | None, kept: Person, gone: Person) -> None:
    """Rights never grow: who administers or is of ours is put together only with who is, too."""
    if by is not None and by.person_id == gone.id:
        raise Refused("yourself")
    if min(kept.deactivated_at, gone.deactivated_at) <= now():
        raise Refused("deactivated")
    if kept.administrator != gone.administrator:
        raise Refused("administrator")
    if (membership_of_ours(kept) is None) != (membership_of_ours(gone) is None):
        raise Refused("staff")


def _worked_out(what: What, kept: Any, gone: Any, hold: bool) -> Plan:
    facts = {
        name: (getattr(kept, name), getattr(gone, name))
        for name in ALONE[what]
        if getattr(gone, name) and not getattr(kept, name)
    }
    tags: tuple[str, ...] = ()
    if what == "organization":
        facts |= {name: (False, True) for name in RELATIONS if getattr(gone, name) > getattr(kept, name)}
        if not any(getattr(kept, name) for name in ADDRESS):
            facts |= {name: ("", getattr(gone, name)) for name in ADDRESS if getattr(gone, name)}
        known = tags_of([kept.id, gone.id])
        tags = tuple(tag for tag in known.get(gone.id, ()) if tag not in known.get(kept.id, ()))
    moved, twice = _memberships(what, kept.id, gone.id, hold)
    rights = _rights(moved, twice, what == "organization" and gone.own_only and not kept.own_only)
    return Plan(what, kept, gone, facts, tags, moved, twice, rights)


def _memberships(
    what: What, kept_id: int, gone_id: int, hold: bool
) -> tuple[tuple[Membership, ...], tuple[tuple[Membership, Membership], ...]]:
    """Those that go over, and of whoever has both the one that ends with the one that stays."""
    of_organization = what == "organization"
    mine = Membership.organization_id if of_organization else Membership.person_id
    chosen = (
        select(Membership)
        .join(Organization, Organization.id == Membership.organization_id)
        .where(mine.in_((kept_id, gone_id)))
        # what somebody was among ours, once, is nobody else's
        .where(~Organization.ours | (Membership.until > now()))
        .order_by(Membership.id)
        .execution_options(populate_existing=True)
    )
    rows = db.session.scalars(chosen.with_for_update(of=Membership) if hold else chosen).all()
    other = "person_id" if of_organization else "organization_id"
    there = {getattr(row, other): row for row in rows if getattr(row, mine.key) == kept_id}
    leaving = [row for row in rows if getattr(row, mine.key) == gone_id]
    moved = tuple(row for row in leaving if getattr(row, other) not in there)
    both = ((row, there[getattr(row, other)]) for row in leaving if getattr(row, other) in there)
    return moved, tuple((gone, kept) for gone, kept in both if gone.until > now())


def _rights(
    moved: tuple[Membership, ...], twice: tuple[tuple[Membership, Membership], ...], own_only: bool
) -> dict[int, dict[str, Any]]:
    """What changes of memberships, so that nobody sees more than both let them.

    own_only: members of the one that goes saw their own requests only, which goes on.
    """
    changes: dict[int, dict[str, Any]] = {}
    for one in moved:
        if own_only and one.sees == "all":
            changes[one.id] = {"sees": "own"}
    for gone, kept in twice:
        changes[gone.id] = {"until": now()}
        change: dict[str, Any] = {}
        if kept.until <= now():  # it ended here, and there they go on
            sees = "own" if own_only else gone.sees
            change = {"until": gone.until, "manager": gone.manager, "sees": sees}
        elif gone.manager and not kept.manager:
            change = {"manager": True}
        elif not kept.manager and (own_only or gone.sees == "own"):
            change = {"sees": "own"}  # or they would read there what they could not read before
        change = {name: value for name, value in change.items() if getattr(kept, name) != value}
        if change:
            changes[kept.id] = change
    return changes
