"""What every verb on a case needs: the case locked, its lanes by kind, the copies kept, the ball passed."""

from datetime import datetime

from sqlalchemy import Select, func, insert, select, update

from portal.cases.clocks import working_days_from
from portal.cases.models import Case, Grant, Holding, Lane, Participant, Party
from portal.clock import NEVER, now
from portal.extensions import db
from portal.identity.viewer import Viewer
from portal.registry import registry
from portal.showing import zone

READ_THE_CASE = ("requester", "agent", "owner", "helper")
"""The roles whose reading of a case is the case's own."""


class Changed(RuntimeError):
    """Somebody changed the case since the form was drawn; nothing was done."""


class NotNow(RuntimeError):
    """The state of the case no longer allows this; nothing was done."""


def locked(case_id: int, version: int | None = None) -> Case:
    """The case, read anew and held until the commit.

    version: what the form was drawn from, when the change must not pass over another.
    Raises `Changed` when it is another by now.
    """
    case = db.session.execute(
        select(Case).where(Case.id == case_id).with_for_update().execution_options(populate_existing=True)
    ).scalar_one()
    if version is not None and case.version != version:
        raise Changed(case.number)
    return case


def lane_of(case: Case, kind: str) -> Lane:
    """The first lane of a kind: every case has one `requester` and one `internal` lane."""
    return db.session.execute(
        select(Lane).where(Lane.case_id == case.id, Lane.kind == kind).order_by(Lane.id).limit(1)
    ).scalar_one()


def pass_ball(case: Case, lane: Lane, to: str, due_at: datetime | None = None) -> None:
    """Set who must act next, on the requester's lane and so on the case, and keep the intervals.

    to: a role of models.BALLS. due_at: until when, if that changes too.
    """
    moment = now()
    if due_at is not None:
        case.due_at = lane.due_at = due_at
    if case.ball == to:
        return
    case.ball = lane.ball = to
    case.ball_since = lane.ball_since = moment
    db.session.execute(
        update(Holding)
        .where(Holding.case_id == case.id, Holding.ended_at == NEVER)
        .values(ended_at=moment)
        .execution_options(synchronize_session=False)
    )
    if to != "nobody":
        begin_holding(case, moment)


def next_promise(case: Case) -> datetime:
    """Until when we answer, when it is our move from now on: the kind's working days."""
    kind = registry().kinds.get(case.kind)
    return working_days_from(kind.answer_days if kind else 1, zone())


def begin_holding(case: Case, moment: datetime) -> None:
    """The case's holder begins an interval: in the staff's reading and in the requester's side's."""
    parties = db.session.scalars(_readers_of_the_case(case.id).where(Party.organization_id.is_not(None)))
    db.session.add_all(
        Holding(case_id=case.id, party_id=party, holder=case.ball, began_at=moment)
        for party in (None, *parties)
    )


def _readers_of_the_case(case_id: int) -> Select[int]:
    return select(Party.id).where(Party.case_id == case_id, Party.role.in_(READ_THE_CASE))


def spread(case: Case, actor: Viewer | None, *, outside: bool) -> None:
    """Keep the copies: what the case is now, as the requester's side and our departments list it.

    outside: whether the requester's side can see what just happened, so that their activity moves too. A
    partner or supplier reads their own lane's words, never the case's: nothing here touches their party.
    """
    moment = now()
    case.activity_at = moment
    reading = {
        "subject": case.subject,
        "status": case.state,
        "ball": case.ball,
        "ball_since": case.ball_since,
        "due_at": case.due_at,
    }
    theirs = update(Party).where(Party.case_id == case.id, Party.role.in_(READ_THE_CASE))
    if outside:
        db.session.execute(theirs.values(**reading, activity_at=moment))
        _bump_participants(case.id, moment)
    else:
        db.session.execute(theirs.where(Party.organization_id.is_not(None)).values(**reading))
        db.session.execute(
            theirs.where(Party.organization_id.is_(None)).values(**reading, activity_at=moment)
        )
    if actor is not None:
        take_part(case, actor)


def _bump_participants(case_id: int, moment: datetime) -> None:
    db.session.execute(
        update(Participant)
        .where(Participant.party_id.in_(_readers_of_the_case(case_id)))
        .values(activity_at=moment)
        .execution_options(synchronize_session=False)
    )


def take_part(case: Case, actor: Viewer) -> None:
    """The actor becomes a named person of their side's party, if they are not yet: they follow the case."""
    side = Party.organization_id == actor.organization_id
    if actor.is_staff:
        side = (Party.role == "owner") & Party.department_id.is_not(None)
    party_id = db.session.scalar(select(Party.id).where(Party.case_id == case.id, side).limit(1))
    if party_id is None:
        return
    there = db.session.scalar(
        select(func.count()).where(
            Participant.case_id == case.id, Participant.membership_id == actor.membership_id
        )
    )
    if not there:
        db.session.add(
            Participant(
                party_id=party_id,
                membership_id=actor.membership_id,
                case_id=case.id,
                activity_at=case.activity_at,
            )
        )


def grant(party: Party, lanes: list[Lane], because: str, given_by: int | None) -> None:
    """Let a party into lanes from now on."""
    given = {"party_id": party.id, "because": because, "given_by_id": given_by, "begins_at": now()}
    db.session.execute(insert(Grant).values([{**given, "lane_id": lane.id} for lane in lanes]))
