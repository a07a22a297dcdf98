"""Every copy of every case counted once more from what it follows from: what `portal doctor` looks at.

Copies are what a case, its parties, participants, intervals and notices say so that lists are quick: ball,
dates, state, subject, activity. The rows of some hundred cases at a time are read in one moment, and no more.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select

from portal.cases.copies import CHECKS, QUIET, Whole, alike
from portal.cases.models import (
    Case,
    Event,
    Grant,
    Holding,
    Lane,
    Message,
    Participant,
    Party,
    Task,
)
from portal.cases.visibility import everything
from portal.clock import NEVER, now
from portal.extensions import db, reading

BATCH = 500
LISTED = 50
"""So many findings are told one by one."""


@dataclass(frozen=True)
class Wrong:
    """A copy that says something else than it should: of which case, whose, what, and both values."""

    number: str
    whose: str
    what: str
    says: Any
    should: Any


@dataclass
class Recounted:
    """cases: how many were looked at; wrong: how many copies are not right, the first of them in `found`."""

    cases: int = 0
    wrong: int = 0
    found: list[Wrong] = field(default_factory=list)

    def add(self, wrong: Wrong) -> None:
        self.wrong += 1
        if len(self.found) < LISTED:
            self.found.append(wrong)


PARTS: dict[str, Callable[[list[int]], Any]] = {
    # what is read of each case, besides its own columns; every row has its case_id
    "lanes": lambda ids: (
        select(
            *(Lane.case_id, Lane.id, Lane.kind, Lane.party_id, Lane.state, Lane.confidential),
            *(Lane.ball, Lane.ball_since, Lane.due_at, Lane.subject),
        )
        .where(Lane.case_id.in_(ids))
        .order_by(Lane.id)
    ),
    "parties": lambda ids: (
        select(
            *(Party.case_id, Party.id, Party.role, Party.organization_id, Party.listed, Party.subject),
            *(Party.status, Party.ball, Party.ball_since, Party.due_at, Party.activity_at),
        )
        .where(Party.case_id.in_(ids))
        .order_by(Party.id)
    ),
    "grants": lambda ids: (
        select(Lane.case_id, Grant.lane_id, Grant.party_id, Grant.begins_at, Grant.ends_at)
        .join(Lane, Lane.id == Grant.lane_id)
        .where(Lane.case_id.in_(ids))
    ),
    "tasks": lambda ids: (
        select(Task.case_id, Task.id, Task.department_id, Task.due_at)
        .where(Task.case_id.in_(ids), Task.outcome == "", Task.asked_by_id.is_not(None))
        .order_by(Task.due_at, Task.id)
    ),
    "events": lambda ids: (
        select(Event.case_id, Event.lane_id, Event.verb, Event.at)
        .where(Event.case_id.in_(ids), Event.verb.not_in(QUIET))
        .order_by(Event.id)
    ),
    "people": lambda ids: select(
        Participant.case_id, Participant.party_id, Participant.membership_id, Participant.activity_at
    ).where(Participant.case_id.in_(ids)),
    "holdings": lambda ids: select(
        *(Holding.case_id, Holding.party_id, Holding.lane_id, Holding.holder),
        *(Holding.department_id, Holding.organization_id, Holding.began_at),
    ).where(Holding.case_id.in_(ids), Holding.ended_at == NEVER),
    "leaving": lambda ids: (
        select(Lane.case_id)
        .join(Message, Message.lane_id == Lane.id)
        .where(Lane.case_id.in_(ids), Message.follows.is_not(None))
    ),
}


def recount() -> Recounted:
    """Look at every case there is.

    Cases from which something is about to leave are passed over: what follows has not happened yet.
    """
    found, after = Recounted(), 0
    with reading():
        db.session.rollback()  # what was asked before saw another moment
        while several := _read(after):
            for whole in several:
                if not whole.leaving:
                    for wrong in _wrong(whole):
                        found.add(wrong)
            found.cases += len(several)
            after = several[-1].case.id
    return found


def _read(after: int) -> list[Whole]:
    """The next cases with their rows, all as of one moment."""
    db.session.connection(execution_options=_of_one_moment())
    try:
        cases = everything(because="the doctor recounts what is stored twice, whoever may read it")
        columns = (
            *(Case.id, Case.number, Case.subject, Case.state, Case.confidential, Case.department_id),
            *(Case.organization_id, Case.ball, Case.ball_department_id, Case.ball_organization_id),
            *(Case.ball_since, Case.due_at, Case.opened_at, Case.activity_at),
        )
        wanted = cases.with_only_columns(*columns).where(Case.id > after).order_by(Case.id).limit(BATCH)
        rows = db.session.execute(wanted).all()
        found = {row.id: Whole(row, now()) for row in rows}
        for name, part in PARTS.items() if found else ():
            for row in db.session.execute(part(list(found))):
                getattr(found[row.case_id], name).append(row)
        return list(found.values())
    finally:
        db.session.rollback()


def _of_one_moment() -> dict[str, str]:
    """On SQLite a transaction sees one moment anyway."""
    return {"isolation_level": "REPEATABLE READ"} if db.engine.dialect.name == "postgresql" else {}


def _wrong(whole: Whole) -> Iterator[Wrong]:
    for check in CHECKS:
        for whose, what, says, should in check(whole):
            if not alike(says, should):
                yield Wrong(whole.case.number, whose, what, says, should)
