"""Whom a row means: organizations by their name, the people who act for them."""

from collections.abc import Collection, Iterable, Sequence

from sqlalchemy import func, select

from portal.clock import now
from portal.exchange.models import ExternalId
from portal.extensions import db
from portal.identity.models import Membership, Organization, Person

SOME = 5_000
"""So many ids in one statement."""


def _lower(text: str) -> str:
    """Lower case as SQLite has it: only the letters a to z."""
    return "".join(sign.lower() if sign.isascii() else sign for sign in text)


def called(names: Collection[str]) -> dict[str, list[Organization]]:
    """Organizations in use by their names in lower case: one statement."""
    spellings = {spelling for name in names for spelling in (name.lower(), _lower(name)) if name}
    found: dict[str, list[Organization]] = {}
    if spellings:
        chosen = select(Organization).where(
            Organization.archived_at > now(), func.lower(Organization.name).in_(spellings)
        )
        for one in db.session.scalars(chosen.order_by(Organization.id)):
            found.setdefault(one.name.lower(), []).append(one)
    return found


def by_id(ids: Iterable[int]) -> dict[int, Organization]:
    """Organizations by their ids; one that was merged into another stands for that one."""
    wanted = set(ids)
    if not wanted:
        return {}
    rows = {
        one.id: one for one in db.session.scalars(select(Organization).where(Organization.id.in_(wanted)))
    }
    gone = {one.merged_into_id for one in rows.values() if one.merged_into_id is not None}
    there = by_id(gone)
    return {
        key: there.get(one.merged_into_id, one) if one.merged_into_id is not None else one
        for key, one in rows.items()
    }


def first_contacts(organization_ids: Sequence[int]) -> dict[int, int]:
    """The membership of whoever acted first for each of these organizations and still does."""
    found: dict[int, int] = {}
    for start in range(0, len(organization_ids), SOME):
        rows = db.session.execute(
            select(Membership.organization_id, func.min(Membership.id))
            .join(Person, Person.id == Membership.person_id)
            .where(
                Membership.organization_id.in_(organization_ids[start : start + SOME]),
                Membership.until > now(),
                Person.deactivated_at > now(),
            )
            .group_by(Membership.organization_id)
        )
        found |= {row[0]: row[1] for row in rows}
    return found


def imported_customers() -> list[int]:
    """Organizations that came by an import and are customers still, in the order they came."""
    found = db.session.scalars(
        select(Organization.id)
        .join(ExternalId, ExternalId.row_id == Organization.id)
        .where(
            ExternalId.what == "organizations",
            Organization.archived_at > now(),
            Organization.customer,
            ~Organization.ours,
        )
        .order_by(ExternalId.id)
    )
    return list(dict.fromkeys(found))


def acting_with(addresses: Collection[str]) -> dict[str, list[Membership]]:
    """Memberships outside that are in force, by the address of their person."""
    rows = db.session.execute(
        select(Person.email, Membership)
        .join(Membership, Membership.person_id == Person.id)
        .join(Organization, Organization.id == Membership.organization_id)
        .where(
            Person.email.in_(addresses),
            Person.deactivated_at > now(),
            Membership.until > now(),
            Organization.archived_at > now(),
            ~Organization.ours,
        )
        .order_by(Membership.id)
    )
    found: dict[str, list[Membership]] = {}
    for address, membership in rows:
        found.setdefault(address, []).append(membership)
    return found
