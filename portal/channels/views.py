"""The notices page."""

from typing import Any

from flask import Blueprint, render_template, request

from portal.channels import notices
from portal.extensions import db
from portal.web import me, see

blueprint = Blueprint("channels", __name__)
PAGE = 25


@blueprint.get("/notices/")
def listing() -> Any:
    """What the viewer was told, newest first."""
    before = request.args.get("before", type=int)
    found = notices.recent(me(), PAGE + 1, before)
    told = [(notice, notices.sentence(notice)) for notice in found[:PAGE]]
    older = found[PAGE - 1].id if len(found) > PAGE else None
    return render_template("channels/notices.html", told=told, older=older)


@blueprint.post("/notices/read")
def read_all() -> Any:
    notices.mark_read(me())
    db.session.commit()
    return see("channels.listing")
