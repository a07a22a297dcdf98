"""Notices: written with the event, to those who follow and can read, never to the actor; see also mails."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import ColumnElement, ScalarSelect, Select, and_, case, func, insert, literal, select, update

from portal.cases import lists
from portal.cases.followers import followers_of
from portal.cases.models import Event, Grant, Party
from portal.cases.visibility import audience_of
from portal.channels.models import Notice
from portal.clock import NEVER, now
from portal.extensions import db
from portal.identity.models import Membership, Person
from portal.identity.viewer import Viewer

CAP = 100
"""The bell stops counting here and shows "99+"."""

GRACE = timedelta(seconds=30)
"""What is read in the portal within this time is not mailed."""

TOLD = {
    # the events people are told of → how a notice begins, before the subject of the case;
    # whatever else happened is read in the case
    "opened": _l("%(who)s sent"),
    "replied": _l("%(who)s wrote in"),
    "released": _l("%(who)s wrote in"),  # to whom it is released it is a message like any other
    "asked": _l("%(who)s asks you something in"),
    "noted": _l("%(who)s kept a note in"),
    "assigned": _l("%(who)s assigned"),
    "handed_over": _l("%(who)s handed over"),
    "let_in": _l("%(who)s let you into"),
    "lane_closed": _l("%(who)s closed the conversation in"),
    "task_opened": _l("%(who)s asks for something in"),
    "task_done": _l("%(who)s finished a task in"),
    "rescheduled": _l("%(who)s changed the date of"),
    "resolved": _l("%(who)s answered"),
    "accepted": _l("%(who)s accepted the answer to"),
    "reopened": _l("%(who)s reopened"),
    "closed": _l("%(who)s closed"),
    "ran_out": _l("Closed by itself:"),
}

NARROWING = frozenset(
    ("narrowed", "handed_over", "revoked", "expired", "lane_closed", "sealed", "task_done", "closed")
)
"""The events after which fewer people may read; in a confidential case a hand-over and the end of a task."""


def on_event(event: Event) -> None:
    """Write the notices an event calls for, to be mailed as well to whom it pleases, in one statement.

    One that narrows the readers takes earlier ones back.
    """
    if event.verb in NARROWING:
        withdraw_unreadable(event.case_id)
    if event.verb == "rescheduled":
        _follow_access(event.lane_id)
    if event.verb in TOLD and event.lane_id is not None:
        row = recipients(event.case_id, event.lane_id, event.actor_id).add_columns(
            literal(event.case_id),
            literal(event.lane_id),
            literal(event.id),
            func.coalesce(_access_ends(event.lane_id), literal(NEVER, Notice.until.type)),
            case((and_(Person.mails, Person.has_address), literal(now() + GRACE, Notice.mail_at.type))),
        )
        columns = ["membership_id", "case_id", "lane_id", "event_id", "until", "mail_at"]
        db.session.execute(insert(Notice).from_select(columns, row))


def _access_ends(lane_id: int) -> ScalarSelect[Any]:
    """When the outer query's `Membership`, if outside, no longer reads the lane: a notice dies with it."""
    theirs = Party.organization_id == Membership.organization_id
    ends = select(func.max(Grant.ends_at)).join(Party, Party.id == Grant.party_id)
    return ends.where(Grant.lane_id == lane_id, theirs).correlate(Membership).scalar_subquery()


def _follow_access(lane_id: int | None) -> None:
    """The end of access was moved: with it the end of what was told about the lane."""
    theirs = select(func.max(Grant.ends_at)).join(Party, Party.id == Grant.party_id)
    theirs = theirs.join(Membership, Membership.organization_id == Party.organization_id)
    ends = theirs.where(Grant.lane_id == lane_id, Membership.id == Notice.membership_id).correlate(Notice)
    until = func.coalesce(ends.scalar_subquery(), literal(NEVER, Notice.until.type))
    told = update(Notice).where(Notice.lane_id == lane_id, Notice.until > now()).values(until=until)
    db.session.execute(told.execution_options(synchronize_session=False))


def recipients(case_id: int, lane_id: int, actor_id: int | None) -> Select[Any]:
    """The memberships that are told of something in a lane: followers ∩ audience, without the actor.

    `Person` is joined.
    """
    return (
        select(Membership.id)
        .join(Person, Person.id == Membership.person_id)
        .where(
            Membership.id.in_(followers_of(case_id, lane_id)),
            Membership.id.in_(audience_of(lane_id)),
            Membership.id != (actor_id or 0),
        )
    )


def withdraw_unreadable(case_id: int) -> None:
    """End the notices of a case whose readers became fewer, for those who no longer read their lane."""
    in_force = [Notice.case_id == case_id, Notice.until > now()]
    for lane_id in db.session.scalars(select(Notice.lane_id).where(*in_force).distinct()).all():
        gone = Notice.membership_id.not_in(audience_of(lane_id))
        db.session.execute(
            update(Notice).where(*in_force, Notice.lane_id == lane_id, gone).values(until=now(), mail_at=None)
        )


def unread() -> ColumnElement[int]:
    """How many unread notices the outer query's `Membership` has, at most `CAP`: the bell."""
    some = (
        select(Notice.id)
        .where(Notice.membership_id == Membership.id, Notice.read_at.is_(None), Notice.until > now())
        .correlate(Membership)
        .limit(CAP)
        .subquery()
    )
    return select(func.count()).select_from(some).scalar_subquery()


@dataclass(frozen=True)
class Told:
    """One notice as its reader sees it."""

    id: int
    verb: str
    actor: str
    at: datetime
    number: str
    subject: str
    unread: bool


def recent(viewer: Viewer, limit: int = 25, before: int | None = None) -> list[Told]:
    """The viewer's notices, newest first, as far as they still see the case. One statement."""
    statement = _told(viewer).order_by(Notice.id.desc()).limit(limit)
    if before is not None:
        statement = statement.where(Notice.id < before)
    return [_as_told(row) for row in db.session.execute(statement)]


def find(viewer: Viewer, notice_id: int) -> Told | None:
    """One notice of the viewer's, in the same way; None when it is not theirs to read (any more)."""
    row = db.session.execute(_told(viewer).where(Notice.id == notice_id)).one_or_none()
    return _as_told(row) if row else None


def _told(viewer: Viewer) -> Select[Any]:
    return (
        lists.refer(viewer)
        .add_columns(Notice.id, Event.verb, Person.name, Event.at, Notice.read_at)
        .join(Notice, Notice.case_id == lists.case_id(viewer))
        .join(Event, Event.id == Notice.event_id)
        .outerjoin(Membership, Membership.id == Event.actor_id)
        .outerjoin(Person, Person.id == Membership.person_id)
        .where(Notice.membership_id == viewer.membership_id, Notice.until > now())
    )


def _as_told(row: Any) -> Told:
    number, subject, key, verb, actor, at, read_at = row
    return Told(key, verb, actor or "", at, number, subject, read_at is None)


def mark_read(viewer: Viewer, case_id: int | None = None) -> None:
    """Mark the viewer's notices read, those of one case or all: they need no mail any more."""
    statement = update(Notice).where(Notice.membership_id == viewer.membership_id, Notice.read_at.is_(None))
    if case_id is not None:
        statement = statement.where(Notice.case_id == case_id)
    db.session.execute(statement.values(read_at=now(), mail_at=None))


def sentence(told: Told) -> str:
    """What happened, before the case's subject: "Sue Keller wrote in"."""
    return str(TOLD[told.verb]) % {"who": told.actor or _("The portal")}
