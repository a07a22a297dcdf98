"""Ask a partner or supplier in a lane of their own, change until when, and end it.

They read that lane and nothing else of the case: what they are told of it is chosen here (see sharing).
"""

from datetime import datetime
from typing import Any

from sqlalchemy import Select, delete, exists, literal_column, select, update

from portal.cases import events
from portal.cases.asking import Question, can_be_asked, others_in_force, people_of
from portal.cases.casework import (
    NotNow,
    after,
    end_grants,
    grace,
    grant,
    locked,
    named,
    never_granted,
    open_lane,
    send,
    spread,
)
from portal.cases.handling import begun, unfinished
from portal.cases.models import ASKED, Case, Grant, Lane, Message, Participant, Party
from portal.cases.sharing import attach_copies
from portal.cases.standing import own_reading, pass_ball, shut
from portal.clock import NEVER, now
from portal.extensions import db
from portal.identity.viewer import Viewer


class NobodyThere(ValueError):
    """The organization has nobody who could read it, or it cannot be asked in this case."""


class EndsTooSoon(ValueError):
    """Access would end before it begins, or before the answer is due."""


def ask(actor: Viewer, case_id: int, question: Question, *, version: int | None = None) -> Lane:
    """Open a lane and send the question into it; it leaves after `casework.grace`, and they see it then.

    Raises `Changed`, `NotNow` when the case is finished, `NobodyThere`, `EndsTooSoon`. Flushes.
    """
    case = unfinished(case_id, version)
    if question.until <= now() + grace() or (question.until < question.due_at < NEVER):
        raise EndsTooSoon
    party = _party(case, question)
    lane = Lane(
        case_id=case.id,
        party_id=party.id,
        kind=party.role,
        subject=question.subject,
        confidential=question.confidential,
        answers=question.facts or None,
    )
    db.session.add(lane)
    db.session.flush()
    grant(party, [lane], "asked", actor.membership_id, begins_at=now() + grace(), ends_at=question.until)
    for inside in db.session.scalars(_inside(actor, case, question)).all():
        grant(inside, [lane], inside.role, actor.membership_id)
    facts: dict[str, Any] = {
        "due": _iso(question.due_at),
        "people": list(question.people),
        "reach": question.reach,
    }
    message = send(actor, case, lane, question.body, (), "asked", **facts)
    attach_copies(message, question.files)
    return lane


@after("asked")
def _left(case: Case, lane: Lane, message: Message) -> None:
    """The question is out: it is their move. Into a lane that was closed meanwhile nothing leaves."""
    follows = message.follows or {}
    if lane.state == "closed":
        message.visible_from = NEVER
        never_granted(lane)
        return
    due = follows.get("due")
    begun(case)
    pass_ball(lane, lane.kind, due_at=datetime.fromisoformat(due) if due else NEVER)
    party = db.session.get_one(Party, lane.party_id)
    _let_read(case, party, lane, follows["people"], follows["reach"])
    if party.asked_at is None:
        party.asked_at = now()
    spread(case, None, lane)
    whom = party.organization_id
    events.record(case, "asked", message.author_id, lane_id=lane.id, message=message.id, organization=whom)


def _party(case: Case, question: Question) -> Party:
    """The organization's party, made when it is asked for the first time. Raises `NobodyThere`."""
    able = {key for key, _, _ in people_of(question.organization_id)}
    organization = next(
        (each for each in can_be_asked(case.organization_id) if each.id == question.organization_id), None
    )
    if organization is None or not question.people or not set(question.people) <= able:
        raise NobodyThere(question.organization_id)
    there = select(Party).where(Party.case_id == case.id, Party.organization_id == organization.id)
    party = db.session.scalars(there).one_or_none()
    if party is not None and party.role not in ASKED:
        raise NobodyThere(question.organization_id)
    if party is None:
        role = question.role if question.role in organization.relations else organization.relations[-1]
        party = Party(case_id=case.id, organization_id=organization.id, role=role, ball="nobody")
        party.subject, party.status, party.listed = question.subject, "closed", False
        db.session.add(party)
    db.session.flush()
    return party


def _let_read(case: Case, party: Party, lane: Lane, people: list[int], reach: str) -> None:
    """Who of them reads: these people from now on, and nobody left over from a lane that is over.

    While they read another lane here, who reads that one reads this, too: people and reach are the party's.
    """
    if not others_in_force(party, lane.id):
        party.reach = reach
        gone = Participant.party_id == party.id, Participant.membership_id.not_in(people)
        db.session.execute(delete(Participant).where(*gone))
    there = set(db.session.scalars(select(Participant.membership_id).where(Participant.party_id == party.id)))
    named(case, party.id, [each for each in people if each not in there])
    db.session.flush()


def _inside(actor: Viewer, case: Case, question: Question) -> Select[Party]:
    """Who of ours is let in by name, which matters where the lane or the case is confidential.

    Whoever reads the case now; into a confidential lane its department and whoever asks.
    """
    held = exists().where(Grant.party_id == Party.id, Grant.ends_at > now(), Grant.task_id.is_(None))
    ours = select(Party).where(Party.case_id == case.id, Party.organization_id.is_(None), held)
    if not question.confidential:
        return ours
    asks = Party.department_id.in_(actor.departments) | (Party.membership_id == actor.membership_id)
    return ours.where((Party.role == "owner") | asks)


def reschedule(actor: Viewer, case_id: int, lane_id: int, *, due_at: datetime, until: datetime) -> Lane:
    """Another date for the answer, and for the end of access (`NEVER`: none). Flushes.

    Raises `NotNow` when the lane is closed, `EndsTooSoon`.
    """
    case = locked(case_id)
    lane = open_lane(case, lane_id, ASKED)
    if until <= now() or (until < due_at < NEVER):
        raise EndsTooSoon
    before = lane.due_at
    lane.due_at = due_at
    running = Grant.lane_id == lane.id, Grant.party_id == lane.party_id, Grant.ends_at > now()
    if not db.session.scalars(update(Grant).where(*running).values(ends_at=until).returning(Grant.id)).all():
        raise NotNow(case.number)
    spread(case, actor, lane)
    dates: dict[str, Any] = {"before": _iso(before), "after": _iso(due_at), "until": _iso(until)}
    events.record(case, "rescheduled", actor.membership_id, lane_id=lane.id, **dates)
    return lane


def _iso(moment: datetime) -> str | None:
    return None if moment == NEVER else moment.isoformat()


def close_lane(actor: Viewer, case_id: int, lane_id: int) -> Lane:
    """The question is answered: nobody writes there any more, they may read on. Raises `NotNow`. Flushes."""
    case = locked(case_id)
    lane = open_lane(case, lane_id, ASKED)
    shut(lane)
    spread(case, actor, lane)
    events.record(case, "lane_closed", actor.membership_id, lane_id=lane.id)
    return lane


def revoke(actor: Viewer, case_id: int, lane_id: int, reason: str) -> Lane:
    """End their access at once and close the lane; the reason is for staff. Flushes.

    Raises `NotNow` when their access has ended already.
    """
    case = locked(case_id)
    chosen = select(Lane).where(Lane.id == lane_id, Lane.case_id == case.id, Lane.kind.in_(ASKED))
    lane = db.session.execute(chosen.execution_options(populate_existing=True)).scalar_one()
    theirs = Grant.lane_id == lane.id, Grant.party_id == lane.party_id
    if db.session.scalar(select(~exists().where(*theirs, Grant.ends_at > now()))):
        raise NotNow(case.number)
    end_grants(*theirs)
    shut(lane)
    spread(case, actor, lane)
    events.record(case, "revoked", actor.membership_id, lane_id=lane.id)
    events.record(case, "reasoned", actor.membership_id, lane_id=lane.id, words=reason)
    return lane


OPEN: tuple[Any, ...] = (
    literal_column("lanes.kind IN ('partner','supplier')"),
    literal_column("lanes.state = 'open'"),
)
"""Written out, because SQLite matches a partial index with what the statement says."""


def expire_due(limit: int = 100) -> int:
    """Close the lanes whose party's access has run out, how many. The worker's task."""
    running = exists().where(Grant.lane_id == Lane.id, Grant.party_id == Lane.party_id, Grant.ends_at > now())
    over = select(Lane.id, Lane.case_id).where(*OPEN, ~running)
    found = db.session.execute(over.order_by(Lane.id).limit(limit)).all()
    for lane_id, case_id in found:
        case = locked(case_id)
        lane = db.session.get_one(Lane, lane_id, populate_existing=True)
        if lane.state == "closed" or not db.session.scalar(select(~running).where(Lane.id == lane_id)):
            continue  # somebody was quicker
        shut(lane)
        spread(case, None, lane)
        events.record(case, "expired", None, lane_id=lane.id)
    return len(found) + _unlist(limit)


def _unlist(limit: int) -> int:
    """Take cases out of the lists of those who read no lane of them any more."""
    reads = exists().where(Grant.party_id == Party.id, Grant.begins_at <= now(), Grant.ends_at > now())
    gone = select(Party).where(Party.listed, Party.role.in_(ASKED), ~reads).limit(limit)
    parties = db.session.scalars(gone).all()
    for party in parties:
        own_reading(party)
    return len(parties)
