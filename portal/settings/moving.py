"""What follows when two turn out to be one: rows that name the one come to name the other, and go back.

Every foreign key to organizations or people moves, tables of later rooms included; the exceptions are
listed with their reasons. Each moved row is recorded, so that exactly those go back.
"""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import (
    Column,
    ColumnElement,
    Table,
    UniqueConstraint,
    and_,
    func,
    insert,
    literal,
    select,
    true,
    update,
)

from portal.cases.models import Participant
from portal.channels.models import Notice
from portal.extensions import Model, db
from portal.identity.models import Membership, Merge, MergedRow

STAY = {
    # a column that names an organization or a person and does not move → why
    "organizations.merged_into_id": "it says itself where it went, and chains are refused",
    "organization_tags.organization_id": "the kept one takes over the tags it lacks; the others keep theirs",
    "memberships.organization_id": "one by one: somebody may be a member of both",
    "memberships.person_id": "one by one: both may be members of one organization",
    "people.merged_into_id": "it says itself where it went, and chains are refused",
    "links.person_id": "a link to a sign-in ends, it never leads into somebody else's",
    "letters.person_id": "a letter was written to that address",
}
NAMED = {"organizations": ("external_ids",), "people": ("external_ids",)}
"""Tables that name rows of several tables: `what` says of which, `row_id` the row."""

HANDED = tuple(Model.metadata.tables[model.__tablename__] for model in (Participant, Notice))
"""What a membership that ends hands over to the other: what it follows, and what it has not read."""


def places(target: str) -> list[tuple[Column[Any], ColumnElement[bool]]]:
    """The columns that name rows of a table and move with them, each with which of its rows."""
    found: list[tuple[Column[Any], ColumnElement[bool]]] = [
        (column, true())
        for table in Model.metadata.sorted_tables
        for column in table.columns
        if any(key.column.table.name == target for key in column.foreign_keys) and str(column) not in STAY
    ]
    for name in NAMED[target]:
        table = Model.metadata.tables[name]
        found.append((table.c.row_id, table.c.what == target))
    return found


def together(target: str, gone_id: int, kept_id: int) -> dict[str, int]:
    """Where both stand in what may name each but once, and how often: table → rows. Then nothing may move."""
    found = {}
    for column, _which in places(target):
        for others in _unique_with(column):
            one, other = column.table.alias(), column.table.alias()
            same = and_(*(one.c[name] == other.c[name] for name in others))
            count = select(func.count()).select_from(one.join(other, same))
            count = count.where(one.c[column.name] == gone_id, other.c[column.name] == kept_id)
            if number := db.session.scalar(count):
                found[column.table.name] = number
    return found


def _unique_with(column: Column[Any]) -> Iterable[list[str]]:
    """The other columns of each uniqueness this column is part of."""
    rules: list[Any] = [rule for rule in column.table.constraints if isinstance(rule, UniqueConstraint)]
    rules += [index for index in column.table.indexes if index.unique]
    for rule in rules:
        names = [each.name for each in rule.columns]
        if column.name in names:
            yield [name for name in names if name != column.name]


def move(merge: Merge, target: str) -> None:
    """Let everything that names the gone one name the kept one, and record it: two statements a place."""
    for column, which in places(target):
        chosen = and_(column == merge.gone_id, which)
        record(merge, column, chosen)
        db.session.execute(
            update(column.table).where(chosen).values({column.name: merge.kept_id}),
            execution_options={"synchronize_session": False},
        )


def record(merge: Merge, column: Column[Any], chosen: ColumnElement[bool]) -> None:
    """Note the rows that are about to move."""
    rows = select(literal(merge.id), literal(str(column)), column.table.c.id).where(chosen)
    db.session.execute(insert(MergedRow).from_select(["merge_id", "place", "row_id"], rows))


def move_back(merge: Merge, target: str) -> None:
    """Let the recorded rows name the gone one again; what came later stays."""
    for column, _which in places(target):
        move_column_back(merge, column)


def move_column_back(merge: Merge, column: Column[Any]) -> None:
    """The same for one column."""
    db.session.execute(
        update(column.table)
        .where(column == merge.kept_id, column.table.c.id.in_(_recorded(merge, column)))
        .values({column.name: merge.gone_id}),
        execution_options={"synchronize_session": False},
    )


def column_of(table: str, name: str) -> Column[Any]:
    """A column by its name."""
    return Model.metadata.tables[table].c[name]


def _recorded(merge: Merge, column: Column[Any]) -> Any:
    return select(MergedRow.row_id).where(MergedRow.merge_id == merge.id, MergedRow.place == str(column))


def left_behind() -> dict[str, int]:
    """Rows that name what was merged away, by place: written while the merge was, and nobody's since.

    For `portal doctor`; undoing the merge and merging again takes them along.
    """
    found = {}
    for target in NAMED:
        gone = Model.metadata.tables[target]
        away = select(gone.c.id).where(gone.c.merged_into_id.is_not(None))
        for column, which in places(target):
            count = select(func.count()).select_from(column.table).where(column.in_(away), which)
            if number := db.session.scalar(count):
                found[str(column)] = number
    return found


def hand_over(merge: Merge, giver: Membership, taker: Membership) -> None:
    """What one membership follows and has not read is the other's from now on, unless it is already."""
    for table in HANDED:
        chosen = and_(table.c.membership_id == giver.id, _lacking(table, taker.id))
        record(merge, table.c.membership_id, chosen)
        db.session.execute(
            update(table)
            .where(table.c.membership_id == giver.id, table.c.id.in_(_recorded(merge, table.c.membership_id)))
            .values(membership_id=taker.id),
            execution_options={"synchronize_session": False},
        )


def _lacking(table: Table, taker_id: int) -> ColumnElement[bool]:
    """What the taker does not have already; of notices, what nobody read."""
    if table.name == Notice.__tablename__:
        return table.c.read_at.is_(None)
    there = table.alias()
    return (
        ~select(there.c.id)
        .where(there.c.party_id == table.c.party_id, there.c.membership_id == taker_id)
        .correlate(table)
        .exists()
    )


def hand_back(merge: Merge, giver_id: int, taker_id: int) -> None:
    """Give back what was handed over."""
    for table in HANDED:
        db.session.execute(
            update(table)
            .where(table.c.membership_id == taker_id, table.c.id.in_(_recorded(merge, table.c.membership_id)))
            .values(membership_id=giver_id),
            execution_options={"synchronize_session": False},
        )
