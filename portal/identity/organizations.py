"""Outside organizations: made, described, tagged, archived."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import delete, select

from portal.clock import NEVER, now
from portal.extensions import db
from portal.identity import installation
from portal.identity.models import RELATIONS, Organization, OrganizationTag
from portal.identity.people import one_line

SPEND = ("A", "B", "C", "D")
"""The classes of spend; "" is not known."""
REACHED_AT = {"vat": 40, "phone": 40, "fax": 40, "street": 200, "postal_code": 20, "city": 120, "region": 120}
"""What is written of an organization besides its name, and how long it may be."""
LONGEST_TAG = 40


class OursStays(ValueError):
    """Our own organization cannot be archived."""


class MergedAway(ValueError):
    """It turned out to be another one: undo that first."""


@dataclass(frozen=True)
class OrganizationDetails:
    """What is known of an organization; what is None stays as it is.

    relations: some of customer, partner, supplier; spend: one of SPEND or "".
    """

    name: str
    relations: frozenset[str] = frozenset()
    segment: str = ""
    tier: str = ""
    country: str = ""
    domain: str = ""
    own_only: bool = False
    vat: str | None = None
    phone: str | None = None
    fax: str | None = None
    street: str | None = None
    postal_code: str | None = None
    city: str | None = None
    region: str | None = None
    spend: str | None = None
    tags: frozenset[str] | None = None


def create(details: OrganizationDetails) -> Organization:
    """A new outside organization, without members yet. Flushes."""
    organization = Organization(ours=False)
    db.session.add(organization)
    describe(organization, details)
    return organization


def describe(organization: Organization, details: OrganizationDetails) -> None:
    """Take over what is known of it; our own holds no relation to itself. Flushes."""
    organization.name = one_line(details.name, 200)
    organization.segment = one_line(details.segment, 60)
    organization.tier = one_line(details.tier, 60)
    organization.country, organization.domain = details.country, details.domain
    organization.own_only = details.own_only and not organization.ours
    for relation in RELATIONS:
        setattr(organization, relation, relation in details.relations and not organization.ours)
    for name, longest in REACHED_AT.items():
        if (written := getattr(details, name)) is not None:
            setattr(organization, name, one_line(written, longest))
    if details.spend is not None:
        organization.spend = details.spend if details.spend in SPEND else ""
    db.session.flush()
    if details.tags is not None:
        set_tags(organization.id, details.tags)


def tags_of(organization_ids: Iterable[int]) -> dict[int, tuple[str, ...]]:
    """The tags of these organizations, in order; one without tags is left out. One statement."""
    found: dict[int, tuple[str, ...]] = {}
    chosen = OrganizationTag.organization_id.in_(list(organization_ids))
    for tag in db.session.scalars(select(OrganizationTag).where(chosen).order_by(OrganizationTag.tag)):
        found[tag.organization_id] = (*found.get(tag.organization_id, ()), tag.tag)
    return found


def tags_in_use() -> list[str]:
    """The tags there are, to suggest while typing: so that one keeps one spelling."""
    return list(
        db.session.scalars(select(OrganizationTag.tag).distinct().order_by(OrganizationTag.tag).limit(200))
    )


def tag(word: str) -> str:
    """A word as it is kept: on one line, lower case, at most so long."""
    return one_line(word.replace(",", " ").lower(), LONGEST_TAG)


def set_tags(organization_id: int, words: Iterable[str]) -> None:
    """From now on it has these tags and no others. Flushes."""
    wanted = {tag(word) for word in words} - {""}
    there = set(tags_of([organization_id]).get(organization_id, ()))
    mine = OrganizationTag.organization_id == organization_id
    db.session.execute(delete(OrganizationTag).where(mine, OrganizationTag.tag.in_(there - wanted)))
    db.session.add_all(
        OrganizationTag(organization_id=organization_id, tag=each) for each in sorted(wanted - there)
    )
    db.session.flush()


def rename_ours(name: str) -> None:
    """Call our own company so, on every page and in every mail. Flushes."""
    ours = db.session.scalars(select(Organization).where(Organization.ours).order_by(Organization.id)).first()
    if ours is not None:
        ours.name = one_line(name, 200)
        db.session.flush()
    installation.forget()


def archive(organization: Organization) -> None:
    """From now on nobody acts for it; nothing is deleted. Raises OursStays."""
    if organization.ours:
        raise OursStays
    organization.archived_at = now()
    db.session.flush()


def restore(organization: Organization) -> None:
    """Its members can act for it again. Raises MergedAway."""
    if organization.merged_into_id is not None:
        raise MergedAway
    organization.archived_at = NEVER
    db.session.flush()
