"""The notices page."""

from typing import Any

from flask import Blueprint, render_template, request
from flask_babel import gettext as _

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
    told = [(notice, sentence(notice)) for notice in found[:PAGE]]
    older = found[PAGE - 1].id if len(found) > PAGE else None
    return render_template("channels/notices.html", told=told, older=older)


@blueprint.post("/notices/read")
def read_all() -> Any:
    notices.mark_read(me())
    db.session.commit()
    return see("channels.listing")


def sentence(told: notices.Told) -> str:
    """What happened, before the case's subject: "Sue Keller wrote in"."""
    who = told.actor
    return {
        "opened": _("%(who)s sent", who=who),
        "replied": _("%(who)s wrote in", who=who),
        "noted": _("%(who)s kept a note in", who=who),
        "assigned": _("%(who)s assigned", who=who),
        "handed_over": _("%(who)s handed over", who=who),
        "resolved": _("%(who)s answered", who=who),
        "accepted": _("%(who)s accepted the answer to", who=who),
        "reopened": _("%(who)s reopened", who=who),
        "closed": _("%(who)s closed", who=who),
        "ran_out": _("Closed by itself:"),
    }[told.verb]
