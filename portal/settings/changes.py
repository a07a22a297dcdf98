"""What administrators change is written down as it is written, and can be taken back.

A row is noted with the columns that changed; what was chosen for the whole portal, one choice at a time. So
nothing that goes through these models can be changed without a trace, whichever page or verb does it.
"""

from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import Numeric, event, insert, inspect, select
from sqlalchemy.orm import Session

from portal.clock import now
from portal.extensions import Model, Moment, db
from portal.identity import departments, installation, staffing
from portal.identity.models import (
    Department,
    DepartmentMember,
    Installation,
    Membership,
    Organization,
    Segment,
)
from portal.routing.models import Rule
from portal.settings import archiving
from portal.settings.lists import PAGE, Page
from portal.settings.models import Change
from portal.settings.room import decoded, encoded
from portal.showing import reader

NOTED: dict[str, type[Model]] = {
    model.__tablename__: model
    for model in (Installation, Department, DepartmentMember, Rule, Segment, Organization)
}
SILENT = ("steps", "begun")
"""Choices that change nothing for anybody else."""
APART = ("kinds", "channels")
"""Choices that are kept by code: each of them is noted alone."""
UNTOLD = frozenset({"id", "version", "changed_at", "created_at"})
"""Columns that only keep count of changes."""


class ChangedSince(ValueError):
    """What the change made is no longer so; taking it back would undo somebody else's work."""


def watch() -> None:
    """Note every change of settings from now on, in the transaction that makes it."""
    if not event.contains(db.session, "after_flush", _note):
        event.listen(db.session, "after_flush", _note)


def _note(session: Session, _context: Any) -> None:
    who = reader()
    if who is None:  # the shell, the demo, the starting departments: nobody chose
        return
    rows = [
        {"at": now(), "membership_id": who.membership_id, **found}
        for thing in (*session.new, *session.dirty, *session.deleted)
        if _is_noted(thing)
        for found in _changes(thing, thing in session.new, thing in session.deleted)
    ]
    if rows:
        session.execute(insert(Change), [{"undoes_id": session.info.get("undoes"), **row} for row in rows])


def _is_noted(thing: Any) -> bool:
    """Whether it is a setting; of the organizations only our own is."""
    return isinstance(thing, tuple(NOTED.values())) and getattr(thing, "ours", True)


def _changes(thing: Any, made: bool, removed: bool) -> Iterator[dict[str, Any]]:
    """One note about a row, or one for each choice about the portal; none when nothing changed."""
    before: dict[str, Any] = {}
    after: dict[str, Any] = {}
    state = inspect(thing)
    for column in state.mapper.columns:
        history = state.attrs[column.key].history
        [was] = history.deleted or (None if history.added else history.unchanged[:1]) or (None,)
        becomes = history.added[0] if history.added else was
        if removed or (column.key not in UNTOLD and (made or column.primary_key or was != becomes)):
            before[column.key], after[column.key] = _plain(was), _plain(becomes)
    about = {"place": thing.__tablename__, "row_id": _key(thing), "name": _called(thing)}
    if isinstance(thing, Installation):
        yield from _choices(about, before, after)
    elif made or removed or before != after:
        yield {**about, "before": {} if made else before, "after": {} if removed else after}


def _choices(
    about: dict[str, Any], before: dict[str, Any], after: dict[str, Any]
) -> Iterator[dict[str, Any]]:
    old, new = (
        _flat(side.get("choices") or {}) | ({"logo": side["logo"]} if "logo" in side else {})
        for side in (before, after)
    )
    for name in sorted(old.keys() | new.keys()):
        if old.get(name) != new.get(name):
            yield {
                **about,
                "name": name,
                "before": {name: old.get(name)},
                "after": {name: new.get(name)},
            }


def _flat(choices: dict[str, Any]) -> dict[str, Any]:
    """Choices by name, those about kinds and channels as "kinds.complaint"."""
    found = {name: value for name, value in choices.items() if name not in (*APART, *SILENT)}
    for name in APART:
        found |= {f"{name}.{code}": value for code, value in choices.get(name, {}).items()}
    return found


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.isoformat()
    return str(value) if isinstance(value, Decimal) else value


def _key(thing: Any) -> int:
    return int(thing.department_id if isinstance(thing, DepartmentMember) else thing.id)


def _called(thing: Any) -> str:
    return str(getattr(thing, "name", ""))


def newest(after: str = "") -> Page[Change]:
    """What was changed, newest first."""
    asked = select(Change).order_by(Change.id.desc()).limit(PAGE + 1)
    position = decoded(after, int)
    if position is not None:
        asked = asked.where(Change.id < position[0])
    found = db.session.scalars(asked).all()
    return Page(tuple(found[:PAGE]), encoded(found[PAGE - 1].id) if len(found) > PAGE else None)


def undone_by(change: Change) -> Change | None:
    """The change that took this one back, if any did."""
    return db.session.scalars(select(Change).where(Change.undoes_id == change.id).limit(1)).one_or_none()


def take_back(change: Change) -> None:
    """Make things as they were before a change. Flushes; what it does is noted as a change of its own.

    Raises ChangedSince when what the change made is no longer so, or it was taken back already.
    """
    if undone_by(change):
        raise ChangedSince
    session: Any = db.session()
    session.info["undoes"] = change.id
    try:
        if change.place == Installation.__tablename__:
            _choose_again(change)
        else:
            _restore(change, NOTED[change.place])
        db.session.flush()
    finally:
        session.info.pop("undoes", None)


def _by_its_verb(found: Any, archived_at: datetime) -> None:
    """Put a department out of use or back as its page does, with what that page checks."""
    try:
        if archived_at <= now():
            archiving.archive(found)
        else:
            departments.restore(found)
    except (archiving.FrontDeskStays, archiving.StillNeeded) as needed:
        raise ChangedSince from needed


def _choose_again(change: Change) -> None:
    [(name, was)] = change.before.items()
    found = installation.row(lock=True)
    current = _flat(found.choices) | {"logo": found.logo} if found else {}
    if current.get(name) != change.after.get(name):
        raise ChangedSince
    group, _, code = name.partition(".")
    if code:
        kept = dict(getattr(installation.chosen(), group))
        kept.pop(code, None)
        installation.choose(**{group: kept | ({code: was} if was is not None else {})})
    else:
        installation.choose(**{name: was})


def _restore(change: Change, model: type[Model]) -> None:
    columns = inspect(model).columns
    found: Any = db.session.get(model, _identity(change, model), with_for_update=True)
    if not change.after:  # it was removed: there again, as it was
        if found is not None:
            raise ChangedSince
        row = {name: _typed(columns[name], value) for name, value in change.before.items()}
        if model is DepartmentMember:
            _back_to_work(row)
        else:
            db.session.add(model(**row))
        return
    if found is None or any(_plain(getattr(found, name)) != value for name, value in change.after.items()):
        raise ChangedSince
    if not change.before:  # it was made: away with it, or out of use where others refer to it
        if isinstance(found, Department):
            _by_its_verb(found, now())
        elif hasattr(found, "archived_at"):
            found.archived_at = now()
        else:
            db.session.delete(found)
        return
    for name, value in change.before.items():
        if isinstance(found, Department) and name == "archived_at":
            _by_its_verb(found, datetime.fromisoformat(value))
        else:
            setattr(found, name, _typed(columns[name], value))
    if isinstance(found, Rule):
        found.version, found.changed_at = found.version + 1, now()


def _back_to_work(row: dict[str, Any]) -> None:
    """Somebody works in a department again, if they still may."""
    department = db.session.get_one(Department, row["department_id"])
    membership = db.session.get_one(Membership, row["membership_id"])
    try:
        staffing.put_into(department, membership, bool(row["lead"]))
    except (staffing.NotStaff, staffing.UnknownDepartment) as error:
        raise ChangedSince from error


def _identity(change: Change, model: type[Model]) -> Any:
    if model is DepartmentMember:
        said = change.after or change.before
        return change.row_id, said.get("membership_id")
    return change.row_id


def _typed(column: Any, value: Any) -> Any:
    if value is None:
        return None
    if isinstance(column.type, Moment):
        return datetime.fromisoformat(value)
    return Decimal(value) if isinstance(column.type, Numeric) else value
