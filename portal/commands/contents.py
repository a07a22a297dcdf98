"""What `portal doctor` looks at inside the database: tables, indexes, administrators, and every copy."""

from collections.abc import Iterator
from itertools import groupby

from sqlalchemy import func, inspect, select

from portal import health
from portal.cases.recount import LISTED, Wrong, recount
from portal.channels.checking import outliving
from portal.clock import now
from portal.commands.findings import Finding
from portal.extensions import Model, db, reading
from portal.identity.models import Person
from portal.settings.moving import left_behind

TABLES = "migrations"
MEND = (
    "a note in such a case counts its ball, dates and state anew; that it went wrong is our mistake: tell us"
)


def tables() -> Iterator[Finding]:
    """Whether the database answers, and whether its tables are the newest; the last finding is the worst."""
    shown = db.engine.url.render_as_string(hide_password=True)
    level = health.level()
    if level.trouble:
        mend = "start the database, or correct PORTAL_DATABASE_URL"
        yield Finding("database", "broken", f"{shown} does not answer: {level.trouble}", mend)
        return
    yield Finding("database", "fine", f"{shown} answers")
    if not level.current:
        said = f"at {', '.join(level.there) or 'nothing'}, the newest is {', '.join(level.newest)}"
        yield Finding(TABLES, "broken", said, "run `portal migrate`")
        return
    yield Finding(TABLES, "fine", f"at {', '.join(level.there)}, the newest")


def indexes() -> Finding:
    """Whether all are there: without one, pages become slow and nothing else tells."""
    wanted = {str(index.name) for table in Model.metadata.sorted_tables for index in table.indexes}
    with reading():
        found = inspect(db.engine)
        there = {index["name"] for names in found.get_multi_indexes().values() for index in names}
    missing = sorted(wanted - there)
    if missing:
        mend = "restore a backup, or begin with an empty database if a `portal seed` broke off"
        return Finding("indexes", "broken", f"missing: {', '.join(missing)}", mend)
    return Finding("indexes", "fine", f"all {len(wanted)} are there")


def administrators() -> Finding:
    active = select(func.count()).where(Person.administrator, Person.deactivated_at > now())
    with reading():
        count = db.session.scalar(active) or 0
        db.session.rollback()
    if not count:
        return Finding("administrators", "odd", "there is none", "run `portal init`")
    return Finding("administrators", "fine", f"there are {count}" if count > 1 else "there is one")


def copies() -> Iterator[Finding]:
    """Every copy of every case counted anew; one finding for each sort of copy that is wrong."""
    found = recount()
    looked = f"{found.cases:,} {'case' if found.cases == 1 else 'cases'} recounted"
    if not found.wrong:
        yield Finding("copies", "fine", f"{looked}, every copy is right")
    else:
        rest = found.wrong - len(found.found)
        more = f"; the first {LISTED} follow" if rest else ""
        yield Finding("copies", "broken", f"{looked}, {found.wrong:,} copies are wrong{more}", MEND)
    for (whose, what), several in groupby(sorted(found.found, key=_sort), key=_sort):
        wrong = list(several)
        numbers = tuple(dict.fromkeys(one.number for one in wrong))
        first = f"{wrong[0].number} says {_said(wrong[0].says)}, should say {_said(wrong[0].should)}"
        said = f"{what} in {len(numbers)} of them: {', '.join(numbers)} ({first})"
        yield Finding(f"copies: {whose}", "broken", said, MEND, numbers)
    if longer := outliving():
        said = f"{longer:,} outlive the access they were told under"
        yield Finding("notices", "broken", said, "tell us: nobody reads or is mailed them, but they count")


def merges() -> Finding:
    """Whether anything still names an organization or a person that was merged away."""
    with reading():
        left = left_behind()
        db.session.rollback()
    if left:
        said = ", ".join(f"{number:,} in {place}" for place, number in sorted(left.items()))
        mend = "undo that merge under Settings → Duplicates, and merge again: it takes them along"
        return Finding("merges", "odd", f"rows that name what was merged away: {said}", mend)
    return Finding("merges", "fine", "nothing names what was merged away")


def _sort(wrong: Wrong) -> tuple[str, str]:
    return wrong.whose, wrong.what


def _said(value: object) -> str:
    return f"“{value}”" if isinstance(value, str) else str(value)
