"""Notices in the portal: written with the event, to those who follow and can read, never to the actor."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import ColumnElement, Select, func, insert, literal, select, update

from portal.cases import lists
from portal.cases.followers import followers_of
from portal.cases.models import Event
from portal.cases.visibility import audience_of
from portal.channels.models import Notice
from portal.clock import NEVER, now
from portal.extensions import db
from portal.identity.models import Membership, Person
from portal.identity.viewer import Viewer

CAP = 100
"""The bell stops counting here and shows "99+"."""

TOLD = frozenset(
    (
        "opened",
        "replied",
        "noted",
        "assigned",
        "handed_over",
        "resolved",
        "accepted",
        "reopened",
        "closed",
        "ran_out",
    )
)
"""The events people are told of; whatever else happened is read in the case."""

NARROWING = frozenset(("narrowed", "handed_over"))
"""The events after which fewer people may read; a hand-over does in a confidential case."""


def on_event(event: Event) -> None:
    """Write the notices an event calls for; one that narrows the readers takes earlier ones back."""
    if event.verb in NARROWING:
        withdraw_unreadable(event.case_id)
    if event.verb in TOLD and event.lane_id is not None:
        row = recipients(event.case_id, event.lane_id, event.actor_id).add_columns(
            literal(event.case_id),
            literal(event.lane_id),
            literal(event.id),
            literal(NEVER, Notice.until.type),
        )
        columns = ["membership_id", "case_id", "lane_id", "event_id", "until"]
        db.session.execute(insert(Notice).from_select(columns, row))


def recipients(case_id: int, lane_id: int, actor_id: int | None) -> Select[Any]:
    """The memberships that are told of something in a lane: followers ∩ audience, without the actor."""
    return select(Membership.id).where(
        Membership.id.in_(followers_of(case_id)),
        Membership.id.in_(audience_of(lane_id)),
        Membership.id != (actor_id or 0),
    )


def withdraw_unreadable(case_id: int) -> None:
    """End the notices of a case whose readers became fewer, for those who no longer read their lane."""
    in_force = [Notice.case_id == case_id, Notice.until > now()]
    for lane_id in db.session.scalars(select(Notice.lane_id).where(*in_force).distinct()).all():
        gone = Notice.membership_id.not_in(audience_of(lane_id))
        db.session.execute(
            update(Notice).where(*in_force, Notice.lane_id == lane_id, gone).values(until=now())
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
    statement = (
        lists.refer(viewer)
        .add_columns(Notice.id, Event.verb, Person.name, Event.at, Notice.read_at)
        .join(Notice, Notice.case_id == lists.case_id(viewer))
        .join(Event, Event.id == Notice.event_id)
        .outerjoin(Membership, Membership.id == Event.actor_id)
        .outerjoin(Person, Person.id == Membership.person_id)
        .where(Notice.membership_id == viewer.membership_id, Notice.until > now())
        .order_by(Notice.id.desc())
        .limit(limit)
    )
    if before is not None:
        statement = statement.where(Notice.id < before)
    return [
        Told(key, verb, actor or "", at, number, subject, read_at is None)
        for number, subject, key, verb, actor, at, read_at in db.session.execute(statement)
    ]


def mark_read(viewer: Viewer, case_id: int | None = None) -> None:
    """Mark the viewer's notices read: those of one case, or all."""
    statement = update(Notice).where(Notice.membership_id == viewer.membership_id, Notice.read_at.is_(None))
    if case_id is not None:
        statement = statement.where(Notice.case_id == case_id)
    db.session.execute(statement.values(read_at=now()))


def sentence(told: Told) -> str:
    """What happened, before the case's subject: "Sue Keller wrote in"."""
    who = told.actor
    return {
        "opened": _("%(who)s sent", who=who),
        "replied": _("%(who)s wrote in", who=who),
        "noted": _("%(who)s kept a note in", who=who),
        "assigned": _("%(who)s assigned", who=who),
        "handed_over": _("%(who)s handed over", who=who),
        "resolved": _("%(who)s answered", who=who),
        "accepted": _("%(who)s accepted the answer to", who=who),
        "reopened": _("%(who)s reopened", who=who),
        "closed": _("%(who)s closed", who=who),
        "ran_out": _("Closed by itself:"),
    }[told.verb]
