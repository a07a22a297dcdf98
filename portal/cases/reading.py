"""Everything the page of a case shows, found through the viewer in five statements at any size."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import and_, func, null, or_, select
from sqlalchemy.orm import aliased

from portal.cases import ball, visibility
from portal.cases.models import Attachment, Blob, Event, Holding, Message, Note
from portal.cases.seen import SeenCase
from portal.cases.talks import Duty, Talk, duties, talks
from portal.extensions import db
from portal.identity.models import Department, Membership, Organization, Person
from portal.identity.viewer import Viewer

NEWEST = 60
"""Messages on the page at first; older ones are asked for."""
NEWEST_EVENTS = 120
PERSONS, DEPARTMENTS = ("assigned", "let_in"), ("handed_over", "task_opened", "task_done")
"""The events whose fact `after` names a person, or a department."""

Wait = tuple[str, str, datetime, datetime]


@dataclass(frozen=True)
class Said:
    """One message with its files; `ours` whether somebody of ours wrote it.

    visible_from: later than now while it can be taken back, `NEVER` when it was.
    released_from: (message, lane) it was released from; for staff who read that lane
    """

    id: int
    lane_id: int
    author_id: int
    author: str
    organization: str
    ours: bool
    at: datetime
    body: str
    language: str
    visible_from: datetime
    released_from: tuple[int, int] | None
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
class Reading:
    """waits: (who, mark, began, ended) of each time somebody was waited for; for staff."""

    lanes: list[Talk]
    messages: list[Said]
    older: bool
    events: list[Happened]
    held: ball.Held
    waits: list[Wait]
    tasks: list[Duty]

    def lane(self, kind: str) -> Talk | None:
        """The first lane of a kind, if the viewer reads one."""
        return next((lane for lane in self.lanes if lane.kind == kind), None)


def read(viewer: Viewer, seen: SeenCase, everything: bool = False, only: int | None = None) -> Reading:
    """The case's lanes, conversation, events, ball and tasks, as far as the viewer reads them.

    everything: all messages instead of the newest; only: those of one lane.
    """
    messages, older = _messages(viewer, seen.id, 10_000 if everything else NEWEST, only)
    held, waits = _held(viewer, seen.id)
    return Reading(
        lanes=talks(viewer, seen.id),
        messages=messages,
        older=older,
        events=_events(viewer, seen.id),
        held=held,
        waits=waits,
        tasks=duties(viewer, seen.id) if viewer.is_staff else [],
    )


def _messages(viewer: Viewer, case_id: int, limit: int, only: int | None) -> tuple[list[Said], bool]:
    found = visibility.messages_for(viewer, case_id)
    if only is not None:
        found = found.where(Message.lane_id == only)
    newest = found.order_by(Message.id.desc()).limit(limit + 1).subquery()
    message, source = aliased(Message, newest), aliased(Message)
    rows = db.session.execute(
        select(
            message,
            Person.name,
            Organization.name,
            Organization.ours,
            source.lane_id if viewer.is_staff else null(),
            Attachment,
            Blob.size,
        )
        .outerjoin(source, source.id == message.released_from_id)
        .join(Membership, Membership.id == message.author_id)
        .join(Person, Person.id == Membership.person_id)
        .join(Organization, Organization.id == Membership.organization_id)
        .outerjoin(Attachment, Attachment.message_id == message.id)
        .outerjoin(Blob, Blob.hash == Attachment.blob)
        .order_by(message.id, Attachment.id)
    )
    said: dict[int, Said] = {}
    for each, author, organization, ours, origin, attachment, size in rows:
        entry = said.setdefault(each.id, _said(each, author, organization, ours, origin))
        if attachment is not None:
            entry.files.append(
                Sent(attachment.id, attachment.name, attachment.media_type, size, bool(attachment.preview))
            )
    entries = list(said.values())
    return entries[-limit:], len(entries) > limit


def _said(message: Message, author: str, organization: str, ours: bool, origin: int | None) -> Said:
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
        visible_from=message.visible_from,
        released_from=(message.released_from_id, origin) if message.released_from_id and origin else None,
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
        .outerjoin(target, and_(Event.verb.in_(PERSONS), target.id == after))
        .outerjoin(target_person, target_person.id == target.person_id)
        .outerjoin(Department, and_(Event.verb.in_(DEPARTMENTS), Department.id == after))
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


def _held(viewer: Viewer, case_id: int) -> tuple[ball.Held, list[Wait]]:
    """The ball of the case, one holder after the other; and for staff whom each lane waited for, at once."""
    line = visibility.holdings_for(viewer, [case_id])
    if not viewer.is_staff:
        columns = line.with_only_columns(Holding.holder, Holding.began_at, Holding.ended_at)
        rows = db.session.execute(columns.order_by(Holding.began_at, Holding.id))
        return [(holder, began, ended) for holder, began, ended in rows], []
    waits = visibility.waits_for(viewer, case_id)
    both = or_(
        Holding.id.in_(line.with_only_columns(Holding.id)),
        Holding.id.in_(waits.with_only_columns(Holding.id)),
    )
    statement = (
        select(
            Holding.lane_id,
            Holding.holder,
            func.coalesce(Department.name, Organization.name, ""),
            Holding.began_at,
            Holding.ended_at,
        )
        .outerjoin(Department, Department.id == Holding.department_id)
        .outerjoin(Organization, Organization.id == Holding.organization_id)
        .where(both)
        .order_by(Holding.began_at, Holding.id)
    )
    held, waited = [], []
    for lane_id, holder, name, began, ended in db.session.execute(statement):
        if lane_id is None:
            held.append((holder, began, ended))
        if lane_id is not None or holder == "us":
            waited.append((holder, name, began, ended))
    return held, waited


def find_file(viewer: Viewer, seen: SeenCase, attachment_id: int) -> Attachment | None:
    """A file of a case the viewer reads; None when it is not theirs to read or not there."""
    return db.session.scalar(
        visibility.attachments_for(viewer, seen.id).where(Attachment.id == attachment_id)
    )


def files_in(viewer: Viewer, seen: SeenCase, limit: int = 60) -> list[Attachment]:
    """The newest files of a case the viewer reads, oldest first."""
    newest = visibility.attachments_for(viewer, seen.id).order_by(Attachment.id.desc()).limit(limit)
    files: dict[str, Attachment] = {}
    for file in reversed(db.session.scalars(newest).all()):
        files.setdefault(
            file.preview or file.blob, file
        )  # not a second time what was copied into another lane
    return list(files.values())


def find_message(viewer: Viewer, seen: SeenCase, message_id: int) -> Message | None:
    """A message of a case the viewer reads; None when it is not theirs to read or not there."""
    return db.session.scalar(visibility.messages_for(viewer, seen.id).where(Message.id == message_id))
