"""Whether notices end with the access they were told under: what `portal doctor` looks at beside cases."""

from sqlalchemy import case, func, select

from portal.cases.models import Grant, Party
from portal.channels.models import Notice
from portal.clock import now
from portal.extensions import db, reading
from portal.identity.models import Membership, Organization


def outliving() -> int:
    """How many notices of outsiders go on for longer than they may read what they are about."""
    theirs = select(func.max(Grant.ends_at)).join(Party, Party.id == Grant.party_id)
    theirs = theirs.where(
        Grant.lane_id == Notice.lane_id, Party.organization_id == Membership.organization_id
    ).correlate(Notice, Membership)
    ends_in_time = case((Notice.until <= theirs.scalar_subquery(), 0), else_=1)
    running = (
        select(func.sum(ends_in_time))
        .select_from(Notice)
        .join(Membership, Membership.id == Notice.membership_id)
        .join(Organization, Organization.id == Membership.organization_id)
        .where(~Organization.ours, Notice.until > now())
    )
    with reading():
        longer = db.session.scalar(running) or 0
        db.session.rollback()
    return int(longer)
