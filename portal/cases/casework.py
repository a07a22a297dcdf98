"""What every verb on a case needs: the case locked, its lanes, what leaves it, the copies kept."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, insert, select, update

from portal.cases import events
from portal.cases.files import Taken, attach
from portal.cases.models import ASKED, Case, Grant, Lane, Message, Participant, Party, Seen
from portal.cases.standing import REQUESTING, own_reading, reckon
from portal.clock import now
from portal.extensions import db
from portal.identity.installation import chosen
from portal.identity.models import Membership, Organization
from portal.identity.viewer import Viewer


class Changed(RuntimeError):
    """Somebody changed the case since the form was drawn; nothing was done."""


class NotNow(RuntimeError):
    """The state of the case no longer allows this; nothing was done."""


def locked(case_id: int, version: int | None = None) -> Case:
    """The case, read anew and held until the commit; whatever was due to leave it has left.

    version: what the form was drawn from, when the change must not pass over another.
    Raises `Changed` when it is another by now.
    """
    case = db.session.execute(
        select(Case).where(Case.id == case_id).with_for_update().execution_options(populate_existing=True)
    ).scalar_one()
    if version is not None and case.version != version:
        raise Changed(case.number)
    due = select(Message).join(Lane, Lane.id == Message.lane_id).where(Lane.case_id == case_id)
    due = due.where(Message.follows.is_not(None), Message.visible_from <= now())
    for message in db.session.scalars(due.order_by(Message.visible_from, Message.id)).all():
        leave(case, message)
    return case


def lane_of(case: Case, kind: str) -> Lane:
    """The first lane of a kind: every case has one `requester` and one `internal` lane."""
    return db.session.execute(
        select(Lane)
        .where(Lane.case_id == case.id, Lane.kind == kind)
        .order_by(Lane.id)
        .limit(1)
        .execution_options(populate_existing=True)
    ).scalar_one()


def open_lane(case: Case, lane_id: int | None, kinds: tuple[str, ...] = ("requester", *ASKED)) -> Lane:
    """One lane of the case as it is now, None being the requester's. Raises `NotNow` when it is closed."""
    if lane_id is None:
        lane = lane_of(case, "requester")
    else:
        chosen = select(Lane).where(Lane.id == lane_id, Lane.case_id == case.id, Lane.kind.in_(kinds))
        lane = db.session.execute(chosen.execution_options(populate_existing=True)).scalar_one()
    if lane.state == "closed":
        raise NotNow(case.number)
    return lane


# ── messages, and what follows from them ──

Effect = Callable[[Case, Lane, Message], None]
_effects: dict[str, Effect] = {}


def after(verb: str) -> Callable[[Effect], Effect]:
    """Mark what is done to case and lane once a message sent by this verb leaves."""

    def keep(effect: Effect) -> Effect:
        _effects[verb] = effect
        return effect

    return keep


def say(actor: Viewer, lane: Lane, body: str, files: tuple[Taken, ...], **more: object) -> Message:
    """The message itself, without what follows from it: verbs of this room only."""
    more = {"language": actor.language, "written_at": now(), "visible_from": now(), **more}
    message = Message(lane_id=lane.id, author_id=actor.membership_id, body=body, **more)
    db.session.add(message)
    db.session.flush()
    attach(message, files)
    return message


def grace() -> timedelta:
    """How long staff can take back what they send; nothing leaves before."""
    return timedelta(seconds=chosen().undo_seconds)


def send(
    actor: Viewer,
    case: Case,
    lane: Lane,
    body: str,
    files: tuple[Taken, ...],
    verb: str,
    *,
    released_from_id: int | None = None,
    **facts: object,
) -> Message:
    """A message of staff to somebody outside: it leaves after `grace`, and only then anything follows.

    verb: of `after`, with its facts (ids, codes and ISO dates).
    """
    follows = {"verb": verb, **facts}
    message = say(
        actor,
        lane,
        body,
        files,
        visible_from=now() + grace(),
        follows=follows,
        released_from_id=released_from_id,
    )
    take_part(case, actor)
    if not grace():
        leave(case, message)
    return message


def answered_meanwhile(lane: Lane, message: Message) -> bool:
    """Whether somebody outside wrote in the lane after this message was sent and before it left."""
    newer = (
        select(Message.id)
        .join(Membership, Membership.id == Message.author_id)
        .join(Organization, Organization.id == Membership.organization_id)
        .where(Message.lane_id == lane.id, Message.id > message.id, ~Organization.ours)
    )
    return db.session.scalar(newer.limit(1)) is not None


def leave(case: Case, message: Message) -> None:
    """The message is out: do what follows from it, once. `case` is held."""
    lane = db.session.get_one(Lane, message.lane_id)
    effect = _effects[(message.follows or {})["verb"]]
    effect(case, lane, message)
    message.follows = None
    db.session.flush()
    if not answered_meanwhile(lane, message):
        # Nobody finds their own words new.
        own = Seen.membership_id == message.author_id, Seen.case_id == case.id, Seen.at >= message.written_at
        db.session.execute(update(Seen).where(*own).values(at=now()))


# ── copies ──


def spread(case: Case, actor: Viewer | None, lane: Lane) -> None:
    """Keep the copies after something happened in a lane: what each party lists of the case.

    Only who reads the lane sees activity; the ball and the dates are brought up to date for everybody.
    """
    moment = now()
    if case.confidential or not lane.confidential:
        case.activity_at = moment
        refresh(case, lane, ours=moment, theirs=moment if lane.kind == "requester" else None)
    else:
        refresh(case, lane)
    if actor is not None:
        take_part(case, actor)


def refresh(case: Case, lane: Lane, *, ours: datetime | None = None, theirs: datetime | None = None) -> None:
    """Bring ball, dates and state up to date in every copy. ours, theirs: when a side last saw something new.

    lane: where something happened; of those we asked, only its party reads anything else than before.
    """
    before = case.state
    main = reckon(case)
    _to_departments(case, ours)
    _to_requesters(case, main, theirs)
    if lane.kind in ASKED:
        party = db.session.get_one(Party, lane.party_id)
        own_reading(party)
        party.activity_at = now()
        _bump([party.id], now())
    if before == "resolved" and case.state == "closed" and lane.kind != "requester":
        events.record(case, "all_done", None, lane_id=lane_of(case, "internal").id)


def _to_departments(case: Case, moment: object | None) -> None:
    reading = {
        "subject": case.subject,
        "status": case.state,
        "ball": case.ball,
        "ball_since": case.ball_since,
        "due_at": case.due_at,
    }
    if moment is not None:
        reading["activity_at"] = moment
    inside = Party.case_id == case.id, Party.role.in_(("owner", "helper"))
    db.session.execute(update(Party).where(*inside).values(**reading))


def _to_requesters(case: Case, main: Lane, moment: object | None) -> None:
    """The requester's side reads their own promise; for them the case is over when their lane is."""
    reading = {
        "subject": case.subject,
        "status": "closed" if main.state == "closed" else case.state,
        "due_at": main.due_at,
    }
    if moment is not None:
        reading["activity_at"] = moment
    theirs = Party.case_id == case.id, Party.role.in_(REQUESTING)
    ids = db.session.scalars(update(Party).where(*theirs).values(**reading).returning(Party.id)).all()
    if moment is not None:
        _bump(list(ids), moment)


def _bump(party_ids: list[int], moment: object) -> None:
    db.session.execute(
        update(Participant)
        .where(Participant.party_id.in_(party_ids))
        .values(activity_at=moment)
        .execution_options(synchronize_session=False)
    )


def take_part(case: Case, actor: Viewer) -> None:
    """The actor becomes a named person of their side's party, if they are not yet: they follow the case."""
    mine = Party.organization_id == actor.organization_id
    order: list[Any] = [Party.id]
    if actor.is_staff:
        mine = Party.department_id.in_(actor.departments) | (Party.role == "owner")
        order = [Party.department_id.not_in(actor.departments), Party.id]
    party_id = db.session.scalar(
        select(Party.id).where(Party.case_id == case.id, mine).order_by(*order).limit(1)
    )
    there = select(Participant.id).where(
        Participant.case_id == case.id, Participant.membership_id == actor.membership_id
    )
    if party_id is not None and db.session.scalar(there.limit(1)) is None:
        named(case, party_id, [actor.membership_id])


def named(case: Case, party_id: int, memberships: list[int]) -> None:
    """These people of a party take part from now on. They must not be there yet."""
    db.session.add_all(
        Participant(party_id=party_id, membership_id=each, case_id=case.id, activity_at=case.activity_at)
        for each in memberships
    )


def grant(party: Party, lanes: list[Lane], because: str, given_by: int | None, **more: object) -> None:
    """Let a party into lanes from now on. more: other columns of the grant, such as its end."""
    given = {"party_id": party.id, "because": because, "given_by_id": given_by, "begins_at": now(), **more}
    db.session.execute(insert(Grant).values([{**given, "lane_id": lane.id} for lane in lanes]))


def never_granted(lane: Lane) -> None:
    """What was asked in the lane never left: its party was never let in."""
    theirs = Grant.lane_id == lane.id, Grant.party_id == lane.party_id
    db.session.execute(update(Grant).where(*theirs).values(ends_at=Grant.begins_at))


def end_grants(*which: ColumnElement[bool]) -> None:
    """End the grants in force that match, and those that have not begun: they never will."""
    moment = now()
    running = Grant.ends_at > moment
    db.session.execute(update(Grant).where(*which, running).values(ends_at=moment))
