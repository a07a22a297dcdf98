"""Take an import back: what it made and nobody has used since goes, what it changed is as it was before.

Cases stay where they are, closed: see portal.cases.withdrawing.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import Column, DateTime, Numeric, Table, delete, exists, select, update

from portal.cases.withdrawing import untouched, withdraw
from portal.exchange.models import ExternalId, Import, ImportedRow
from portal.extensions import Model, Moment, db
from portal.identity.models import Person
from portal.identity.people import has_sign_in

SOME = 500
MADE = ("memberships", "people", "organizations", "products", "product_groups")
"""What can go again, in the order in which nothing refers to what is gone."""
ITS_OWN = {"organizations": {"organization_tags"}, "people": set(), "memberships": set()}
"""Tables whose rows are part of a row, not a use of it: they go with it."""


def take_back(record: Import) -> dict[str, int]:
    """Undo the import: {"removed", "restored", "withdrawn", "kept", "changed_since"} → how many. Flushes."""
    found: Counter[str] = Counter()
    for ids in _made(record, "cases"):
        _take_back_cases(record, ids, found)
    for place in MADE:
        for ids in _made(record, place):
            _remove(place, ids, record, found)
    _restore(record, found)
    db.session.flush()
    db.session.expire_all()
    return dict(found)


def _rows(record: Import, place: str) -> Any:
    return select(ImportedRow.row_id).where(ImportedRow.import_id == record.id, ImportedRow.place == place)


def _made(record: Import, place: str) -> Iterator[list[int]]:
    """The rows it made, some hundred at a time."""
    ids = db.session.scalars(_rows(record, place).where(ImportedRow.before.is_(None))).all()
    for start in range(0, len(ids), SOME):
        yield list(ids[start : start + SOME])


def _take_back_cases(record: Import, ids: list[int], found: Counter[str]) -> None:
    actor = record.options.get("undone_by")
    free = untouched(ids, record.options.get("last_event", 0))
    withdraw(free, actor, _("The import “%(name)s” was undone.", name=record.name))
    _forget("cases", free)
    found["withdrawn"] += len(free)
    found["kept"] += len(ids) - len(free)


def _forget(what: str, ids: Iterable[int]) -> None:
    """Free what these rows are called elsewhere, so that a corrected file can make them anew."""
    db.session.execute(delete(ExternalId).where(ExternalId.what == what, ExternalId.row_id.in_(list(ids))))


def _remove(place: str, ids: list[int], record: Import, found: Counter[str]) -> None:
    """Delete the rows that nothing refers to and nobody changed."""
    table = Model.metadata.tables[place]
    unused = [
        table.c.id.in_(ids),
        *_unused(table, ids),
        *(~sign for sign in _signs(table, record)),
    ]
    free = list(db.session.scalars(select(table.c.id).where(*unused).with_for_update()))
    for name in ITS_OWN.get(place, ()):
        for column in _referring(table, only=Model.metadata.tables[name]):
            db.session.execute(delete(column.table).where(column.in_(free)))
    if place != "memberships":
        _forget(place, free)
    db.session.execute(delete(table).where(table.c.id.in_(free)))
    if place in ("organizations", "people", "products"):
        found["removed"] += len(free)
        found["kept"] += len(ids) - len(free)


def _referring(table: Table, only: Table | None = None) -> list[Column[Any]]:
    """The columns of all tables, or of one, that refer to rows of this one."""
    tables = [only] if only is not None else list(Model.metadata.tables.values())
    own = ITS_OWN.get(table.name, set()) if only is None else set()
    return [
        column
        for other in tables
        if other.name not in own
        for column in other.columns
        if column.references(table.c.id)
    ]


def _unused(table: Table, ids: list[int]) -> list[Any]:
    """No row anywhere refers to it. Each table is read once: not all of these columns have an index."""
    return [
        table.c.id.not_in(select(column).where(column.in_(ids)).scalar_subquery())
        for column in _referring(table)
    ]


def _signs(table: Table, record: Import) -> list[Any]:
    """That somebody made a row their own without referring to it: by a sign-in, or by changing it."""
    signs: list[Any] = []
    if table.name == "people":
        signs.append(table.c.password_hash.is_not(None))
    if table.name == "memberships":  # whoever signs in by now does so for somebody
        signs.append(table.c.person_id.in_(select(Person.id).where(has_sign_in())))
    changes = Model.metadata.tables.get("changes")
    if changes is not None:
        since = changes.c.at > record.finished_at
        signs.append(exists().where(changes.c.place == table.name, changes.c.row_id == table.c.id, since))
    return signs


def _restore(record: Import, found: Counter[str]) -> None:
    """Give changed rows back what stood there, column by column, unless somebody changed it again."""
    changed = db.session.scalars(
        select(ImportedRow).where(ImportedRow.import_id == record.id, ImportedRow.before.is_not(None))
    ).all()
    for row in changed:
        table = Model.metadata.tables[row.place]
        back = {
            name: _typed(table.c[name], was)
            for name, (was, became) in (row.before or {}).items()
            if db.session.scalar(select(table.c[name]).where(table.c.id == row.row_id))
            == _typed(table.c[name], became)
            and not (name == "email" and _signs_in(row))
        }
        if back:
            db.session.execute(update(table).where(table.c.id == row.row_id).values(back))
        whole = len(back) == len(row.before or {})
        found["restored" if whole else "changed_since"] += row.place != "memberships"
    names = _rows(record, "external_ids").where(ImportedRow.before.is_(None))
    _forget_names(db.session.scalars(names).all(), changed)


def _signs_in(row: ImportedRow) -> bool:
    """Whether this person signs in by now: their address is theirs and stays."""
    person = select(Person.id).where(Person.id == row.row_id, has_sign_in())
    return row.place == "people" and db.session.scalar(person) is not None


def _forget_names(ids: Sequence[int], changed: Sequence[ImportedRow]) -> None:
    """Rows that were there before the import lose the name it gave them."""
    theirs = {(row.place, row.row_id) for row in changed}
    for start in range(0, len(ids), SOME):
        rows = db.session.scalars(select(ExternalId).where(ExternalId.id.in_(ids[start : start + SOME])))
        for one in rows:
            if (one.what, one.row_id) in theirs:
                db.session.delete(one)


def _typed(column: Column[Any], value: Any) -> Any:
    """A kept value as its column has it."""
    if isinstance(value, str) and isinstance(column.type, DateTime | Moment):
        return datetime.fromisoformat(value)
    return Decimal(value) if isinstance(value, str) and isinstance(column.type, Numeric) else value
