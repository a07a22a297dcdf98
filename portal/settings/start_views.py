"""The first steps of a new portal, and how colleagues sign in."""

from typing import Any

from flask import abort, current_app, render_template
from flask_babel import gettext as _

from portal.extensions import db
from portal.identity.links import base_url
from portal.settings import first_steps
from portal.settings.counting import standing
from portal.settings.room import blueprint
from portal.web import see, tell


@blueprint.get("/first-steps/")
def start() -> Any:
    return render_template("settings/first_steps.html", steps=first_steps.standing(standing()))


@blueprint.post("/first-steps/<code>/fine")
def fine_as_it_is(code: str) -> Any:
    if code not in first_steps.CODES:
        abort(404)
    first_steps.looked_at(code)
    db.session.commit()
    return see("settings.start")


@blueprint.post("/first-steps/leave")
def leave_first_steps() -> Any:
    first_steps.leave()
    db.session.commit()
    tell(_("The first steps are over."), _("Everything stays here under Settings."))
    return see("settings.index")


@blueprint.get("/sign-in/")
def sign_in() -> Any:
    """Which identity provider is connected, or what to set to connect one."""
    return render_template(
        "settings/sign_in.html",
        set_up=current_app.config["SETTINGS"],
        callback=f"{base_url()}/sign-in/oidc/callback",
    )
