"""What every page of this room shares: only administrators come in, rows are found or not there, notices."""

import base64
import json
from typing import Any, TypeVar

from flask import Blueprint, abort, request
from werkzeug.wrappers import Response

from portal.cases import once
from portal.extensions import Numbered, db
from portal.forms import PortalForm, tidy
from portal.web import administrators_only, me, see

blueprint = Blueprint("settings", __name__, url_prefix="/settings")
Row = TypeVar("Row", bound=Numbered)


@blueprint.before_request
def _only_administrators() -> None:
    administrators_only()


def one(model: type[Row], key: int) -> Row:
    """The row with this id, or the page that is not there."""
    found = db.session.get(model, key) if key < 2**63 else None
    if found is None:
        abort(404)
    return found


def asked(name: str, longest: int = 200) -> str:
    """A filter in the address, tidied; "" when it is not there."""
    return (tidy(request.args.get(name)) or "")[:longest]


def decoded(after: str, *types: type) -> list[Any] | None:
    """Where a list goes on, as `encoded` wrote it; None for the start and for anything damaged."""
    try:
        key = json.loads(base64.urlsafe_b64decode(after + "=" * (-len(after) % 4)))
    except ValueError:
        return None
    if not isinstance(key, list) or [type(part) for part in key] != list(types):
        return None
    fits = all("\0" not in part if isinstance(part, str) else 0 <= part < 2**63 for part in key)
    return key if fits and _encodable(key) else None


def _encodable(key: list[Any]) -> bool:
    try:
        "".join(part for part in key if isinstance(part, str)).encode()
    except UnicodeEncodeError:
        return False
    return True


def encoded(*key: Any) -> str:
    return base64.urlsafe_b64encode(json.dumps(key).encode()).decode().rstrip("=")


def commit_once(form: PortalForm, endpoint: str, **values: Any) -> Response:
    """Commit what the form made, unless the same form was sent before; then go where it led."""
    answer: Response = see(endpoint, **values)
    try:
        once.settle(me(), form.key(), answer.location)
    except once.AlreadyDone as done:
        answer.location = done.result
        return answer
    db.session.commit()
    return answer
