"""What has been put together, as pages show it."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import aliased

from portal.clock import NEVER, now
from portal.extensions import db
from portal.identity.models import Membership, Merge, Person
from portal.settings.lists import PAGE, Page, named
from portal.settings.plans import MODELS
from portal.settings.room import decoded, encoded


@dataclass(frozen=True)
class Together:
    """One merge: what was kept, what went, who did it and who took it back."""

    merge: Merge
    kept: str
    gone: str
    by: str
    undone_by: str

    @property
    def which(self) -> str:
        """How addresses call it: organizations or people."""
        return "organizations" if self.merge.what == "organization" else "people"

    @property
    def undone(self) -> bool:
        return self.merge.undone_at <= now()


def page(after: str = "") -> Page[Together]:
    """All that was put together, the last first: four statements."""
    statement = _merges()
    position = decoded(after, int)
    if position is not None:
        statement = statement.where(Merge.id < position[0])
    found = db.session.execute(statement.limit(PAGE + 1)).all()
    more = encoded(found[PAGE - 1][0].id) if len(found) > PAGE else None
    return Page(tuple(_told(found[:PAGE])), more)


def of(what: str, row_id: int) -> list[Together]:
    """What an organization or a person was put into, or what was put into it, and not taken back."""
    mine = or_(Merge.kept_id == row_id, Merge.gone_id == row_id)
    return _told(
        db.session.execute(_merges().where(Merge.what == what, Merge.undone_at == NEVER, mine)).all()
    )


def _merges() -> Any:
    does, undoes = aliased(Membership), aliased(Membership)
    doer, undoer = aliased(Person), aliased(Person)
    return (
        select(Merge, doer.name, undoer.name)
        .outerjoin(does, does.id == Merge.merged_by_id)
        .outerjoin(doer, doer.id == does.person_id)
        .outerjoin(undoes, undoes.id == Merge.undone_by_id)
        .outerjoin(undoer, undoer.id == undoes.person_id)
        .order_by(Merge.id.desc())
    )


def _told(rows: Any) -> list[Together]:
    names = {
        what: named(
            MODELS[what],
            (key for row in rows if row[0].what == what for key in (row[0].kept_id, row[0].gone_id)),
        )
        for what in MODELS
    }
    return [
        Together(
            merge,
            names[merge.what].get(merge.kept_id, "?"),
            names[merge.what].get(merge.gone_id, "?"),
            by or "",
            undone_by or "",
        )
        for merge, by, undone_by in rows
    ]
