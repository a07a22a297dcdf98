"""One pass over the rows of a file, some hundred at a time: what each would do, and then does.

A pass without a record only looks. With one it writes, and stops at the first batch that has a problem: the
caller's transaction is rolled back, so a file is imported whole or not at all.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice
from typing import Any, ClassVar, TypeVar

from sqlalchemy import insert, select

from portal.exchange.models import ExternalId, Import, ImportedRow
from portal.exchange.sheets import Row, Sheet
from portal.exchange.values import Odd
from portal.exchange.wrong import Problem, shown
from portal.extensions import db

BATCH = 500
KEPT = 200
"""So many problems are kept and shown; all are counted."""
LONGEST_ID = 120
Value = TypeVar("Value")


@dataclass
class Outcome:
    """What a pass found or did. went: cases by the code of their department."""

    rows: int = 0
    made: int = 0
    changed: int = 0
    same: int = 0
    wrong: int = 0
    problems: list[Problem] = field(default_factory=list)
    remarks: Counter[str] = field(default_factory=Counter)
    went: Counter[str] = field(default_factory=Counter)
    compared: int = 0
    """Cases whose row says which department it expects, and we have that department."""
    agreed: int = 0

    def counted(self) -> dict[str, Any]:
        """Remarks, departments and agreement, as JSON."""
        return {
            "remarks": dict(self.remarks),
            "departments": dict(self.went.most_common()),
            "compared": self.compared,
            "agreed": self.agreed,
        }


class Wrong(ValueError):
    """Rows are wrong, so nothing was imported; `outcome` says which."""

    def __init__(self, outcome: Outcome) -> None:
        super().__init__(f"{outcome.wrong} problems")
        self.outcome = outcome


class Bringer:
    """What all kinds of rows have in common. record: the import that writes; None only looks."""

    what: ClassVar[str]

    def __init__(
        self, sheet: Sheet, mapping: Mapping[str, str], options: Mapping[str, Any], record: Import | None
    ) -> None:
        self.sheet, self.mapping, self.options, self.record = sheet, mapping, options, record
        self.columns = {name: sheet.heads.index(head) for name, head in mapping.items()}
        self.outcome = Outcome()
        self.lines: dict[tuple[str, Any], int] = {}
        """(sort of name, name) → the line that had it first."""
        self._kept: list[dict[str, Any]] = []

    def look(self, rows: list[Row]) -> list[Any]:
        """What each good row of a batch would do; the others are among the problems."""
        raise NotImplementedError

    def write(self, plans: list[Any]) -> None:
        """Do it. Flushes."""
        raise NotImplementedError

    # ── cells ──

    def cell(self, row: Row, name: str) -> str:
        """The cell that feeds a field; "" without one."""
        place = self.columns.get(name)
        return row.cells[place] if place is not None and place < len(row.cells) else ""

    def read(self, row: Row, name: str, reader: Callable[[str], Value]) -> Value | None:
        """What the cell says; None when it is empty, or wrong (then that is noted)."""
        cell = self.cell(row, name)
        if not cell:
            return None
        try:
            return reader(cell)
        except Odd as odd:
            self.odd(row, name, odd.code, cell, **odd.facts)
            return None

    def odd(self, row: Row, name: str, code: str, found: str = "", **facts: Any) -> None:
        """Note a problem with one cell, or with the row as such (name: "")."""
        self.outcome.wrong += 1
        if len(self.outcome.problems) < KEPT:
            column = self.mapping.get(name, "")
            self.outcome.problems.append(Problem(row.line, column, code, shown(found), facts))

    def well_formed(self, row: Row) -> bool:
        """Whether the row has as many cells as the head; Excel leaves out the empty ones at its end."""
        heads, count = len(self.sheet.heads), len(row.cells)
        if any(row.cells[heads:]):
            self.odd(row, "", "too_many_cells", count=count, heads=heads)
            return False
        if count < heads and self.sheet.separator:
            self.odd(row, "", "too_few_cells", count=count, heads=heads)
            return False
        return True

    def first(self, row: Row, name: str, key: Any, code: str = "twice", found: str = "") -> bool:
        """Whether no line before had this; else that is noted."""
        before = self.lines.setdefault((name, key), row.line)
        if before != row.line:
            self.odd(row, name, code, found, line=before)
        return before == row.line

    # ── what is kept ──

    def known(self, what: str, names: Iterable[str]) -> dict[str, int]:
        """External id → our row, of those that came by an import before."""
        rows = db.session.execute(
            select(ExternalId.external_id, ExternalId.row_id).where(
                ExternalId.what == what, ExternalId.external_id.in_(set(names) - {""})
            )
        )
        return dict(rows.all())

    def named_rows(self, ids: Iterable[int]) -> set[int]:
        """Those of our rows that came by an import before."""
        wanted = ExternalId.what == self.what, ExternalId.row_id.in_(set(ids))
        return set(db.session.scalars(select(ExternalId.row_id).where(*wanted)))

    def keep(self, place: str, row_id: int, before: dict[str, Any] | None = None) -> None:
        """Remember that this import made a row, or changed it: column → [was, is]."""
        if self.record is not None:
            self._kept.append(
                {"import_id": self.record.id, "place": place, "row_id": row_id, "before": before}
            )

    def name_them(self, ids: Mapping[str, int]) -> None:
        """External id → our row, from now on."""
        if not ids:
            return
        rows = [{"what": self.what, "external_id": name, "row_id": row_id} for name, row_id in ids.items()]
        made = db.session.execute(insert(ExternalId).returning(ExternalId.id), rows)
        for key in made.scalars():
            self.keep("external_ids", key)

    def settle(self) -> None:
        """Write down what this batch made and changed."""
        db.session.flush()
        if self._kept:
            db.session.execute(insert(ImportedRow), self._kept)
            self._kept = []


def change(row: Any, values: Mapping[str, Any]) -> dict[str, Any]:
    """Take over values; what changed as column → [was, is], as JSON."""
    found: dict[str, Any] = {}
    for name, value in differences(row, values).items():
        found[name] = [_plain(getattr(row, name)), _plain(value)]
        setattr(row, name, value)
    return found


def differences(row: Any, values: Mapping[str, Any]) -> dict[str, Any]:
    """The values that are not there yet; what is empty is none."""
    return {
        name: value
        for name, value in values.items()
        if value not in (None, "") and getattr(row, name) != value
    }


def _plain(value: Any) -> Any:
    return value if value is None or isinstance(value, bool | int | str) else str(value)


def go_through(bringer: Bringer, progress: Callable[[int], None]) -> Outcome:
    """All rows of the file. progress: told how many rows are done.

    Raises Unreadable, and Wrong when it writes and rows are wrong.
    """
    outcome = bringer.outcome
    for batch in batches(bringer.sheet.rows()):
        outcome.rows += len(batch)
        plans = bringer.look([row for row in batch if bringer.well_formed(row)])
        if bringer.record is not None:
            if outcome.wrong:
                raise Wrong(outcome)
            bringer.write(plans)
            bringer.settle()
        progress(outcome.rows)
    return outcome


def batches(rows: Iterator[Row]) -> Iterator[list[Row]]:
    """The rows, BATCH at a time."""
    while batch := list(islice(rows, BATCH)):
        yield batch
