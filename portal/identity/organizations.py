"""Outside organizations: made, described, archived."""

from dataclasses import dataclass

from portal.clock import NEVER, now
from portal.extensions import db
from portal.identity.models import RELATIONS, Organization
from portal.identity.people import one_line


class OursStays(ValueError):
    """Our own organization cannot be archived."""


@dataclass(frozen=True)
class OrganizationDetails:
    """What is known of an organization. relations: some of customer, partner, supplier."""

    name: str
    relations: frozenset[str] = frozenset()
    segment: str = ""
    tier: str = ""
    country: str = ""
    domain: str = ""
    own_only: bool = False


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
    db.session.flush()


def archive(organization: Organization) -> None:
    """From now on nobody acts for it; nothing is deleted. Raises OursStays."""
    if organization.ours:
        raise OursStays
    organization.archived_at = now()
    db.session.flush()


def restore(organization: Organization) -> None:
    """Its members can act for it again."""
    organization.archived_at = NEVER
    db.session.flush()
