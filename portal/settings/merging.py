"""Two that are one are put together, and taken apart again: no row is deleted, every moved one recorded."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import delete, select

from portal.clock import NEVER, now
from portal.extensions import db
from portal.identity import administrators, people
from portal.identity.administrators import LastAdministrator
from portal.identity.models import Membership, Merge, MergedRow, OrganizationTag
from portal.identity.viewer import Viewer
from portal.settings import moving
from portal.settings.plans import MODELS, TABLES, Plan, Refused, What, plan

ENDS = {"organization": "archived_at", "person": "deactivated_at"}
"""What ends the one that goes."""


def merge(by: Viewer | None, what: What, kept_id: int, gone_id: int, shown: str | None = None) -> Merge:
    """Put the one into the other. Flushes. Raises Refused.

    shown: the key of the plan somebody looked at; another one by now is refused as `changed`.
    """
    planned = plan(by, what, kept_id, gone_id, hold=True)
    if shown is not None and shown != planned.key():
        raise Refused("changed")
    if what == "person":
        _keep_one_administrator(planned)
    done = Merge(what=what, kept_id=kept_id, gone_id=gone_id, merged_at=now())
    done.merged_by_id = by.membership_id if by else None
    db.session.add(done)
    db.session.flush()
    done.before = {
        "facts": _changed(planned.kept, {name: after for name, (_, after) in planned.facts.items()}),
        "tags": list(planned.tags),
        "gone": _changed(planned.gone, {ENDS[what]: now(), "merged_into_id": kept_id}),
        "memberships": _rights_changed(planned),
        "handed": [[gone.id, kept.id] for gone, kept in planned.twice],
    }
    _tags_over(planned)
    if what == "person":
        people.end_links(planned.gone)
        people.end_sessions(planned.gone)
    db.session.flush()
    _memberships_over(done, planned)
    moving.move(done, TABLES[what])
    for gone, kept in planned.twice:
        moving.hand_over(done, gone, kept)
    db.session.expire_all()
    return done


def _keep_one_administrator(planned: Plan) -> None:
    try:
        administrators.keep_one(planned.gone)
    except LastAdministrator as error:
        raise Refused("last") from error


def _changed(row: Any, values: Mapping[str, Any]) -> dict[str, list[Any]]:
    """Give a row these values; column → what it said before, and what it says now."""
    told = {name: [_told(getattr(row, name)), _told(value)] for name, value in values.items()}
    for name, value in values.items():
        setattr(row, name, value)
    return told


def _told(value: Any) -> Any:
    return value.isoformat() if isinstance(value, datetime) else value


def _rights_changed(planned: Plan) -> dict[str, dict[str, list[Any]]]:
    rows = [*planned.moving, *(one for pair in planned.twice for one in pair)]
    return {str(row.id): _changed(row, planned.rights[row.id]) for row in rows if row.id in planned.rights}


def _tags_over(planned: Plan) -> None:
    db.session.add_all(OrganizationTag(organization_id=planned.kept.id, tag=tag) for tag in planned.tags)


def _column(what: str) -> str:
    return "organization_id" if what == "organization" else "person_id"


def _memberships_over(done: Merge, planned: Plan) -> None:
    table, column = Membership.__table__, _column(done.what)
    chosen = table.c.id.in_([row.id for row in planned.moving])
    moving.record(done, moving.column_of("memberships", column), chosen)
    for row in planned.moving:
        setattr(row, column, done.kept_id)
    db.session.flush()


def undo(by: Viewer | None, merge_id: int) -> Merge:
    """Take them apart again: what moved goes back, what came later stays with the kept one. Flushes.

    Raises Refused: `undone` already, or `later`: memberships of it were in a later merge, which goes first.
    """
    held = select(Merge).where(Merge.id == merge_id).with_for_update()
    done = db.session.scalars(held.execution_options(populate_existing=True)).one()
    if done.undone_at <= now():
        raise Refused("undone")
    if _later(done):
        raise Refused("later")
    model = MODELS[done.what]
    rows = select(model).where(model.id.in_((done.kept_id, done.gone_id))).order_by(model.id)
    rows = rows.with_for_update().execution_options(populate_existing=True)
    found = {row.id: row for row in db.session.scalars(rows)}
    for giver, taker in done.before["handed"]:
        moving.hand_back(done, giver, taker)
    moving.move_back(done, TABLES[done.what])
    moving.move_column_back(done, moving.column_of("memberships", _column(done.what)))
    db.session.expire_all()
    _restored(found[done.kept_id], done.before["facts"])
    _restored(found[done.gone_id], done.before["gone"])
    for key, told in done.before["memberships"].items():
        _restored(db.session.get_one(Membership, int(key)), told)
    mine = OrganizationTag.organization_id == done.kept_id
    if done.before["tags"]:
        db.session.execute(delete(OrganizationTag).where(mine, OrganizationTag.tag.in_(done.before["tags"])))
    done.undone_at, done.undone_by_id = now(), by.membership_id if by else None
    db.session.flush()
    return done


def _restored(row: Any, told: Mapping[str, list[Any]]) -> None:
    """Let a row say again what it said, unless somebody changed it since."""
    for name, (before, after) in told.items():
        if _told(getattr(row, name)) == after:
            moment = name in ("archived_at", "deactivated_at", "until")
            setattr(row, name, datetime.fromisoformat(before) if moment else before)


def _later(done: Merge) -> list[int]:
    """Later merges that are not undone and had the same memberships."""
    several = select(Merge).where(Merge.id > done.id, Merge.undone_at == NEVER).order_by(Merge.id)
    mine = _touched(done)
    return [other.id for other in db.session.scalars(several) if mine & _touched(other)]


def _touched(done: Merge) -> set[int]:
    """The memberships a merge moved, changed, or let hand over."""
    moved = select(MergedRow.row_id).where(
        MergedRow.merge_id == done.id, MergedRow.place == f"memberships.{_column(done.what)}"
    )
    changed = {int(key) for key in done.before["memberships"]}
    return changed | {key for pair in done.before["handed"] for key in pair} | set(db.session.scalars(moved))
