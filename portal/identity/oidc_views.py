"""Signing in at the OpenID Connect provider: going there, coming back, and the first time."""

from typing import Any

from flask import abort, current_app, make_response, render_template, request, session
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from portal.clock import now
from portal.extensions import db
from portal.identity import oidc, outside
from portal.identity.account_views import account_page
from portal.identity.arriving import arrive, blueprint, no_link, onward, prove, said
from portal.identity.forms import AccountForm, CurrentPasswordForm
from portal.identity.links import LinkExpired, LinkUnknown, LinkUsed
from portal.identity.models import Person
from portal.identity.passwords import WrongPassword
from portal.web import me, public, see, tell

CONFIRM_WITHIN = 600
"""Seconds between coming back from the provider and pressing the button."""


def _go(purpose: str, **kept: Any) -> Any:
    """A page that leads on to the provider.

    Not a redirect: `form-action 'self'` forbids a form's answer to lead elsewhere, and the provider may
    send people on to addresses nobody can list.
    """
    try:
        url = oidc.start(purpose, **kept)
    except (oidc.ProviderAway, oidc.Refused):
        return said("provider-away", 502)
    response = make_response(render_template("identity/oidc_go.html", url=url))
    response.headers["Refresh"] = f"0; url={url}"
    return response


@blueprint.post("/sign-in/oidc")
@public
def oidc_start() -> Any:
    _needs_provider()
    token = request.form.get("link")
    if token is None:
        return _go("sign-in", next=onward(request.form.get("next")))
    try:
        outside.check_invitation(token)
    except (LinkUnknown, LinkUsed, LinkExpired) as gone:
        return no_link(gone)
    return _go("invitation", token=token)


@blueprint.post("/account/connection")
def connect() -> Any:
    _needs_provider()
    form = CurrentPasswordForm()
    if form.validate():
        try:
            prove("password", me().email, form.current_password.data)
        except WrongPassword:
            form.current_password.errors = [_("This is not your password now.")]
        else:
            return _go("connect", person=me().person_id)
    person = db.session.get_one(Person, me().person_id)
    return account_page(AccountForm(formdata=None, obj=person), form), 422


@blueprint.get("/sign-in/oidc/callback")
@public
def oidc_callback() -> Any:
    """Signs in whoever is connected already, which writes nothing; the first time it only asks."""
    _needs_provider()
    try:
        found = oidc.verified()
    except oidc.Refused:
        return said("callback-refused", 400)
    except oidc.ProviderAway:
        return said("provider-away", 502)
    if found.asked["purpose"] == "sign-in":
        person_id = outside.person_of(found.issuer, found.subject)
        return said("not-connected", 400) if person_id is None else arrive(person_id, found.asked["next"])
    return _ask(found)


def _ask(found: oidc.Verified) -> Any:
    """Show who came back and for what; what was verified waits in the signed session for the button."""
    asked = found.asked
    if asked["purpose"] == "connect" and not _is_me(asked["person"]):
        return said("callback-refused", 400)
    session["oidc"] = {
        "issuer": found.issuer,
        "subject": found.subject,
        "until": int(now().timestamp()) + CONFIRM_WITHIN,
        **{name: asked[name] for name in ("purpose", "token", "person") if name in asked},
    }
    person = None
    if asked["purpose"] == "invitation":
        try:
            person = outside.check_invitation(asked["token"])
        except (LinkUnknown, LinkUsed, LinkExpired) as gone:
            return no_link(gone)
    return render_template("identity/oidc_confirm.html", found=found, person=person)


@blueprint.post("/sign-in/oidc/finish")
@public
def oidc_finish() -> Any:
    _needs_provider()
    waiting = session.pop("oidc", None)
    if waiting is None or waiting["until"] < now().timestamp():
        return said("callback-refused", 400)
    who = waiting["issuer"], waiting["subject"]
    try:
        if waiting["purpose"] == "connect":
            return _finish_connecting(waiting["person"], *who)
        person_id = outside.accept_invitation(waiting["token"], *who).id
    except outside.SomebodyElses:
        return said("somebody-elses", 400)
    except (LinkUnknown, LinkUsed, LinkExpired) as gone:
        return no_link(gone)
    db.session.commit()
    return arrive(person_id)


def _finish_connecting(person_id: int, issuer: str, subject: str) -> Response | tuple[str, int]:
    if not _is_me(person_id):
        return said("callback-refused", 400)
    outside.connect(db.session.get_one(Person, person_id), issuer, subject)
    db.session.commit()
    tell(_("From now on you can also sign in there."))
    return see("identity.account")


def _is_me(person_id: int) -> bool:
    return bool(current_user.is_authenticated and me().person_id == person_id)


def _needs_provider() -> None:
    if not current_app.config["SETTINGS"].oidc:
        abort(404)
