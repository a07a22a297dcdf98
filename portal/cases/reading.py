"""Everything the page of a case shows, found through the viewer in five statements at any size."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import structlog
from sqlalchemy import and_, case, func, select
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import aliased

from portal.cases import ball, visibility
from portal.cases.followers import followers_of
from portal.cases.models import Access, Attachment, Blob, Event, Holding, Lane, Message, Note, Seen
from portal.cases.seen import SeenCase
from portal.clock import now
from portal.extensions import db, insert_or, reading
from portal.identity.models import Department, Membership, Organization, Person
from portal.identity.viewer import Viewer

log = structlog.get_logger()
NEWEST = 60
"""Messages on the page at first; older ones are asked for."""
NEWEST_EVENTS = 120
NAMED = 4


@dataclass(frozen=True)
class Said:
    """One message with its files; `ours` whether somebody of ours wrote it."""

    id: int
    lane_id: int
    author_id: int
    author: str
    organization: str
    ours: bool
    at: datetime
    body: str
    language: str
    files: list["Sent"] = field(default_factory=list)


@dataclass(frozen=True)
class Sent:
    id: int
    name: str
    media_type: str
    size: int
    preview: bool


@dataclass(frozen=True)
class Happened:
    """One event; `target` is the person or department it names."""

    id: int
    lane_id: int | None
    verb: str
    actor: str
    actor_id: int | None
    ours: bool
    at: datetime
    facts: dict[str, Any]
    target: str
    words: str


@dataclass(frozen=True)
class Readers:
    """Who of the requester's side can read their lane: some names, how many, and how many are told."""

    names: tuple[str, ...]
    count: int
    told: int


@dataclass(frozen=True)
class Reading:
    lanes: dict[str, Lane]
    messages: list[Said]
    older: bool
    events: list[Happened]
    held: ball.Held
    readers: Readers


def read(viewer: Viewer, seen: SeenCase, everything: bool = False) -> Reading:
    """The case's lanes, conversation, events, ball and readers, as far as the viewer reads them.

    everything: all messages instead of the newest.
    """
    lanes = {lane.kind: lane for lane in db.session.scalars(visibility.lanes_for(viewer, seen.id))}
    messages, older = _messages(viewer, seen.id, 10_000 if everything else NEWEST)
    return Reading(
        lanes=lanes,
        messages=messages,
        older=older,
        events=_events(viewer, seen.id),
        held=_held(viewer, seen.id),
        readers=_readers(viewer, seen, lanes.get("requester")),
    )


def _messages(viewer: Viewer, case_id: int, limit: int) -> tuple[list[Said], bool]:
    newest = visibility.messages_for(viewer, case_id).order_by(Message.id.desc()).limit(limit + 1).subquery()
    message = aliased(Message, newest)
    rows = db.session.execute(
        select(message, Person.name, Organization.name, Organization.ours, Attachment, Blob.size)
        .join(Membership, Membership.id == message.author_id)
        .join(Person, Person.id == Membership.person_id)
        .join(Organization, Organization.id == Membership.organization_id)
        .outerjoin(Attachment, Attachment.message_id == message.id)
        .outerjoin(Blob, Blob.hash == Attachment.blob)
        .order_by(message.id, Attachment.id)
    )
    said: dict[int, Said] = {}
    for found, author, organization, ours, attachment, size in rows:
        entry = said.setdefault(found.id, _said(found, author, organization, ours))
        if attachment is not None:
            entry.files.append(
                Sent(attachment.id, attachment.name, attachment.media_type, size, bool(attachment.preview))
            )
    entries = list(said.values())
    return entries[-limit:], len(entries) > limit


def _said(message: Message, author: str, organization: str, ours: bool) -> Said:
    return Said(
        id=message.id,
        lane_id=message.lane_id,
        author_id=message.author_id,
        author=author,
        organization=organization,
        ours=ours,
        at=message.written_at,
        body=message.body,
        language=message.language,
    )


def _events(viewer: Viewer, case_id: int) -> list[Happened]:
    actor, actor_person, target, target_person = (
        aliased(Membership),
        aliased(Person),
        aliased(Membership),
        aliased(Person),
    )
    after = Event.facts["after"].as_integer()
    words = Note.words if viewer.is_staff else None
    statement = (
        visibility.events_for(viewer, case_id)
        .add_columns(actor_person.name, Organization.ours, target_person.name, Department.name)
        .outerjoin(actor, actor.id == Event.actor_id)
        .outerjoin(actor_person, actor_person.id == actor.person_id)
        .outerjoin(Organization, Organization.id == actor.organization_id)
        .outerjoin(target, and_(Event.verb == "assigned", target.id == after))
        .outerjoin(target_person, target_person.id == target.person_id)
        .outerjoin(Department, and_(Event.verb == "handed_over", Department.id == after))
        .order_by(Event.id.desc())
        .limit(NEWEST_EVENTS)
    )
    if words is not None:
        statement = statement.add_columns(words).outerjoin(Note, Note.id == Event.note_id)
    return [_happened(*row) for row in reversed(db.session.execute(statement).all())]


def _happened(
    event: Event,
    actor: str | None,
    ours: bool | None,
    person: str | None,
    department: str | None,
    words: str | None = None,
) -> Happened:
    return Happened(
        id=event.id,
        lane_id=event.lane_id,
        verb=event.verb,
        actor=actor or "",
        actor_id=event.actor_id,
        ours=bool(ours),
        at=event.at,
        facts=event.facts,
        target=person or department or "",
        words=words or "",
    )


def _held(viewer: Viewer, case_id: int) -> Sequence[tuple[str, datetime, datetime]]:
    statement = visibility.holdings_for(viewer, [case_id]).with_only_columns(
        Holding.holder, Holding.began_at, Holding.ended_at
    )
    rows = db.session.execute(statement.order_by(Holding.began_at, Holding.id))
    return [(holder, began, ended) for holder, began, ended in rows]


def _readers(viewer: Viewer, seen: SeenCase, lane: Lane | None) -> Readers:
    """Who outside reads the requester's lane, the viewer left out, those who take part first."""
    if lane is None:
        return Readers((), 0, 0)
    follows = Membership.id.in_(followers_of(seen.id))
    rows = db.session.execute(
        select(Person.name, func.count().over(), func.sum(case((follows, 1), else_=0)).over())
        .join(Membership, Membership.person_id == Person.id)
        .join(Organization, Organization.id == Membership.organization_id)
        .where(
            Membership.id.in_(visibility.audience_of(lane.id)),
            ~Organization.ours,
            Membership.id != viewer.membership_id,
        )
        .order_by(case((follows, 0), else_=1), Person.name)
        .limit(NAMED)
    ).all()
    if not rows:
        return Readers((), 0, 0)
    return Readers(tuple(row[0] for row in rows), rows[0][1], int(rows[0][2]))


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


def find_file(viewer: Viewer, seen: SeenCase, attachment_id: int) -> Attachment | None:
    """A file of a case the viewer reads; None when it is not theirs to read or not there."""
    return db.session.scalar(
        visibility.attachments_for(viewer, seen.id).where(Attachment.id == attachment_id)
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
