"""A form sent twice does its work once."""

import re
from collections.abc import Mapping

from sqlalchemy import select

from portal.cases.models import Once
from portal.clock import now
from portal.extensions import db, insert_or
from portal.identity.viewer import Viewer

KEY = re.compile(r"[\w-]{1,64}", re.ASCII)


class AlreadyDone(RuntimeError):
    """The same form was sent before; `result` is the address it led to."""

    def __init__(self, result: str) -> None:
        super().__init__(result)
        self.result = result


def recall(viewer: Viewer, fields: Mapping[str, str]) -> None:
    """Raise `AlreadyDone` when the viewer sent this form before, whatever its words: a move that this very
    form made looks forbidden the second time. fields: what was sent, with a `once` among them.
    """
    for name, value in fields.items():
        if name.endswith("once") and KEY.fullmatch(value):
            sent = Once.key.startswith(f"{value[:30]}-", autoescape=True)
            first = select(Once.result).where(Once.membership_id == viewer.membership_id, sent).limit(1)
            result = db.session.scalars(first).first()
            if result:
                raise AlreadyDone(result)


def settle(viewer: Viewer, key: str, result: str) -> None:
    """Claim the key for this result, last thing before the commit.

    The database lets one transaction have it: the other waits, then rolls back and raises `AlreadyDone`
    with the first one's result. Without a key (a form of somebody's own making) nothing is claimed.
    """
    if not KEY.fullmatch(key):
        return
    values = {"key": key, "membership_id": viewer.membership_id, "result": result, "at": now()}
    done = db.session.execute(insert_or(Once).values(**values).on_conflict_do_nothing().returning(Once.key))
    if done.first() is None:
        db.session.rollback()
        first = db.session.get(Once, (key, viewer.membership_id))
        raise AlreadyDone(first.result if first else "/")
