"""What was changed here, by whom, and taking it back."""

from typing import Any

from flask import render_template, request
from flask_babel import gettext as _
from sqlalchemy.exc import IntegrityError

from portal.extensions import db
from portal.settings import change_words, changes
from portal.settings.changes import ChangedSince
from portal.settings.models import Change
from portal.settings.room import asked, blueprint, one
from portal.web import see, tell


@blueprint.get("/changes/", endpoint="changes")
def listing() -> Any:
    page = changes.newest(asked("after"))
    return render_template("settings/changes.html", page=page, told=change_words.told(page.rows))


@blueprint.post("/changes/<int:change_id>/undo")
def undo_change(change_id: int) -> Any:
    found = one(Change, change_id)
    try:
        changes.take_back(found)
    except (ChangedSince, IntegrityError):  # the latter: a name was taken, a row is gone, meanwhile
        db.session.rollback()
        tell(
            _("That was changed again since."),
            _("Taking it back now would undo somebody else's work; change it by hand."),
            "late",
        )
    else:
        db.session.commit()
        tell(_("Taken back."), _("It is as it was before."))
    return see("settings.changes", **({"after": request.args["after"]} if "after" in request.args else {}))
