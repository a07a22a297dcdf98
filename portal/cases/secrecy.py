"""Confidential cases: who of ours is let in, and who no longer is."""

from sqlalchemy import exists, select

from portal.cases import events
from portal.cases.casework import end_grants, grant, lane_of, locked, named, refresh
from portal.cases.models import Case, Grant, Lane, Participant, Party
from portal.extensions import db
from portal.identity.viewer import Viewer


class AlreadyIn(ValueError):
    """The colleague reads the case already."""


def seal(actor: Viewer, case_id: int, confidential: bool, reason: str, *, version: int | None = None) -> Case:
    """Make a case confidential, or open to all staff again; the reason is for who still reads it. Flushes.

    A confidential case is read by the department that has it, by whoever was let in by name, and, in the
    internal lane only, by departments that owe a task. Raises `Changed`.
    """
    case = locked(case_id, version)
    case.confidential = confidential
    helpers = select(Party).where(
        Party.case_id == case.id, Party.role == "helper", Party.department_id.is_not(None)
    )
    for party in db.session.scalars(helpers).all():
        _shut_out(case, party) if confidential else _back_in(actor, case, party)
    db.session.flush()
    lane = lane_of(case, "internal")
    refresh(case, lane)
    verb = "sealed" if confidential else "unsealed"
    events.record(case, verb, actor.membership_id, lane_id=lane.id)
    events.record(case, "reasoned", actor.membership_id, lane_id=lane.id, words=reason)
    return case


def _shut_out(case: Case, party: Party) -> None:
    """A helping department reads no more than what its tasks need."""
    end_grants(Grant.party_id == party.id, Grant.task_id.is_(None))


def _back_in(actor: Viewer, case: Case, party: Party) -> None:
    """A department that helped before helps again, if it ever did with more than a task."""
    helped = exists().where(Grant.party_id == party.id, Grant.task_id.is_(None))
    if db.session.scalar(select(helped)):
        lanes = select(Lane).where(Lane.case_id == case.id, ~Lane.confidential)
        grant(party, list(db.session.scalars(lanes)), "helper", actor.membership_id)


def let_in(actor: Viewer, case_id: int, membership_id: int) -> Party:
    """Let one colleague read a confidential case by name, every lane the owner reads. Flushes.

    Raises `AlreadyIn`.
    """
    case = locked(case_id)
    there = select(Party).where(Party.case_id == case.id, Party.membership_id == membership_id)
    if db.session.scalars(there).first() is not None:
        raise AlreadyIn(membership_id)
    party = Party(case_id=case.id, membership_id=membership_id, role="helper", subject=case.subject)
    party.status, party.ball, party.ball_since = case.state, case.ball, case.ball_since
    party.due_at, party.activity_at = case.due_at, case.activity_at
    db.session.add(party)
    db.session.flush()
    lanes = list(db.session.scalars(select(Lane).where(Lane.case_id == case.id)))
    grant(party, lanes, "let_in", actor.membership_id)
    part = select(Participant.id).where(
        Participant.case_id == case.id, Participant.membership_id == membership_id
    )
    if db.session.scalar(part.limit(1)) is None:
        named(case, party.id, [membership_id])
    db.session.flush()
    lane = lane_of(case, "internal")
    events.record(case, "let_in", actor.membership_id, lane_id=lane.id, after=membership_id)
    return party
