"""Channels and the mail server."""

from typing import Any
from urllib.parse import urlsplit

from flask import abort, current_app, render_template
from flask_babel import gettext as _

from portal.channels import letters as written
from portal.channels import smtp, ways
from portal.extensions import db
from portal.identity import departments, installation
from portal.settings import first_steps
from portal.settings.company_forms import MailForm, WayForm
from portal.settings.counting import standing
from portal.settings.room import blueprint
from portal.web import me, see, tell


@blueprint.get("/channels/")
def channels() -> Any:
    names = {department.code: department.name for department in departments.in_use()}
    return render_template("settings/channels.html", ways=ways.ways(), names=names)


@blueprint.route("/channels/<code>/", methods=["GET", "POST"])
def channel(code: str) -> Any:
    found = ways.way(code)
    if found is None:
        abort(404)
    form = WayForm(found)
    if form.validate_on_submit():
        said = {
            "on": form.on.data if form.on else True,
            "address": form.address.data,
            "department": form.department.data,
            "answer_hours": form.answer_hours.data or 0,
            "owes": form.owes.data or "",
        }
        installation.choose_about("channels", code, lambda now_is: said)
        db.session.commit()
        tell(_("Saved."))
        return see("settings.channels")
    page = render_template("settings/channel.html", form=form, way=found)
    return page, 422 if form.errors else 200


@blueprint.route("/mail/", methods=["GET", "POST"])
def mail_server() -> Any:
    form = MailForm(obj=installation.chosen())
    if form.validate_on_submit():
        installation.choose(mail_name=form.mail_name.data or None)
        first_steps.looked_at("mail")
        db.session.commit()
        tell(_("Saved."))
        return see("settings.mail_server")
    server = urlsplit(current_app.config["SETTINGS"].smtp_url)
    page = render_template(
        "settings/mail_server.html",
        form=form,
        server=f"{server.hostname}:{server.port}" if server.port else server.hostname,
        encrypted=server.scheme != "smtp",
        sender=smtp.sender(),
        sends=smtp.sends(),
        now=standing(),
    )
    return page, 422 if form.errors else 200


@blueprint.post("/mail/try")
def try_mail() -> Any:
    letter = written.write_trial(me().person_id)
    db.session.commit()
    tell(
        _("A letter to you is on its way."),
        _("It is sent within seconds; the page below says whether the mail server took it."),
    )
    return see("settings.letter", letter_id=letter.id)
