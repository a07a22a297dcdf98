"""How many cases somebody takes part in: numbers, and nothing of their content, whoever may read them."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import func, select

from portal.cases.models import Participant, Party
from portal.extensions import db
from portal.identity.models import Membership

OPEN = ("new", "open")


def of_organizations(ids: Iterable[int]) -> dict[int, tuple[int, int]]:
    """Outside organization → (its cases, those of them that are open for it); one without any is left out."""
    several = select(Party.organization_id, *_counts()).where(Party.organization_id.in_(list(ids)))
    rows = db.session.execute(several.group_by(Party.organization_id))
    return {key: (whole, unfinished) for key, whole, unfinished in rows if key is not None}


def of_people(ids: Iterable[int]) -> dict[int, tuple[int, int]]:
    """Person → (the cases they follow, those of them that are open); one without any is left out."""
    several = (
        select(Membership.person_id, *_counts())
        .select_from(Participant)
        .join(Party, Party.id == Participant.party_id)
        .join(Membership, Membership.id == Participant.membership_id)
        .where(Membership.person_id.in_(list(ids)))
    )
    rows = db.session.execute(several.group_by(Membership.person_id))
    return {key: (whole, unfinished) for key, whole, unfinished in rows}


def _counts() -> tuple[Any, Any]:
    return func.count(), func.count().filter(Party.listed, Party.status.in_(OPEN))
