"""Who opened a case, and until when somebody has read it: kept by the page, shown to whoever may know."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import structlog
from sqlalchemy import func, select
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import aliased

from portal.cases import visibility
from portal.cases.models import Access, Grant, Lane, Participant, Party, Seen, Task
from portal.clock import now
from portal.extensions import db, insert_or, reading
from portal.identity.models import Department, Membership, Organization, Person
from portal.identity.viewer import Viewer

log = structlog.get_logger()


def opened(viewer: Viewer, case_id: int, attachment_id: int | None = None) -> None:
    """Keep that the viewer opened the case, or a file of it: the one thing a GET writes. Commits."""
    db.session.commit()
    access = Access(
        membership_id=viewer.membership_id, case_id=case_id, attachment_id=attachment_id, at=now()
    )
    try:
        with reading(False):
            db.session.add(access)
            db.session.commit()
    except OperationalError as error:
        # A busy or full database must not keep people from reading.
        db.session.rollback()
        log.error("access not kept", case=case_id, membership=viewer.membership_id, error=repr(error))


def mark_seen(viewer: Viewer, case_id: int) -> None:
    """The viewer has read the case up to now. Flushes."""
    values = {"membership_id": viewer.membership_id, "case_id": case_id, "at": now()}
    db.session.execute(
        insert_or(Seen)
        .values(**values)
        .on_conflict_do_update(index_elements=["membership_id", "case_id"], set_={"at": values["at"]})
    )


@dataclass(frozen=True)
class Opened:
    """Who opened a case: first and last time, how often."""

    person: str
    organization: str
    first: datetime
    last: datetime
    times: int


def openings(viewer: Viewer, case_id: int, limit: int = 100) -> list[Opened]:
    """Who opened the case, as far as the viewer may know, latest first."""
    found = (
        visibility.accesses_for(viewer, case_id).with_only_columns(Access.membership_id, Access.at).subquery()
    )
    rows = db.session.execute(
        select(Person.name, Organization.name, func.min(found.c.at), func.max(found.c.at), func.count())
        .select_from(found)
        .join(Membership, Membership.id == found.c.membership_id)
        .join(Person, Person.id == Membership.person_id)
        .join(Organization, Organization.id == Membership.organization_id)
        .group_by(Membership.id, Person.name, Organization.name)
        .order_by(func.max(found.c.at).desc())
        .limit(limit)
    )
    return [Opened(*row) for row in rows]


@dataclass(frozen=True)
class LetIn:
    """One grant: who was let into which lane. kind: of the lane; because: a code of Grant.because."""

    lane_id: int
    who: str
    ours: bool
    begins_at: datetime
    ends_at: datetime
    because: str
    given_by: str
    task: str


def let_in(viewer: Viewer, case_id: int) -> list[LetIn]:
    """Who was let into which lane of a case, since, until and why, as far as the viewer may know."""
    party, theirs, giver, by = aliased(Party), aliased(Organization), aliased(Membership), aliased(Person)
    named, person = aliased(Membership), aliased(Person)
    rows: Any = db.session.execute(
        visibility.grants_for(viewer, case_id)
        .with_only_columns(
            Grant.lane_id,
            func.coalesce(theirs.name, Department.name, person.name, ""),
            party.organization_id.is_(None),
            Grant.begins_at,
            Grant.ends_at,
            Grant.because,
            func.coalesce(by.name, ""),
            func.coalesce(Task.title, ""),
        )
        .join(party, party.id == Grant.party_id)
        .outerjoin(theirs, theirs.id == party.organization_id)
        .outerjoin(Department, Department.id == party.department_id)
        .outerjoin(named, named.id == party.membership_id)
        .outerjoin(person, person.id == named.person_id)
        .outerjoin(giver, giver.id == Grant.given_by_id)
        .outerjoin(by, by.id == giver.person_id)
        .outerjoin(Task, Task.id == Grant.task_id)
        .order_by(Grant.lane_id, Grant.begins_at, Grant.id)
    )
    return [LetIn(*row) for row in rows]


@dataclass(frozen=True)
class Reader:
    """Somebody outside who can read a lane now, and by what: manages, takes part, or reads all."""

    lane_id: int
    name: str
    organization: str
    why: str


def readers(viewer: Viewer, case_id: int) -> list[Reader]:
    """Who outside can read each lane now; for a manager those of their own organization."""
    part = (
        select(Participant.id)
        .where(Participant.party_id == Party.id, Participant.membership_id == Membership.id)
        .exists()
    )
    statement = (
        visibility.outside_readers()
        .with_only_columns(Lane.id, Person.name, Organization.name, Membership.manager, part)
        .where(Lane.case_id == case_id)
        .distinct()
        .order_by(Lane.id, Person.name)
    )
    if viewer.is_staff:
        mine = visibility.lanes_for(viewer, case_id).with_only_columns(Lane.id).order_by(None)
        statement = statement.where(Lane.id.in_(mine))
    else:
        statement = statement.where(Organization.id == viewer.organization_id)
    found = db.session.execute(statement)
    return [
        Reader(lane, name, place, "manages" if manager else "takes_part" if takes_part else "reads_all")
        for lane, name, place, manager, takes_part in found
    ]
