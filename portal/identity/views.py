"""Signing in and out, a forgotten password, and the links of our letters."""

from typing import Any

from flask import current_app, redirect, render_template, request
from flask_login import current_user
from werkzeug.wrappers import Response

from portal.extensions import db
from portal.identity import (
    account_views,  # noqa: F401 - brings its routes
    browser,
    links,
    oidc_views,  # noqa: F401 - brings its routes
    people,
    throttle,
)
from portal.identity.arriving import arrive, blueprint, no_link, onward, prove
from portal.identity.forms import ChoosePasswordForm, ForgottenForm, SignInForm
from portal.identity.links import LinkExpired, LinkUnknown, LinkUsed
from portal.identity.models import Person
from portal.identity.passwords import WrongPassword, hashed
from portal.identity.throttle import TooManyTries
from portal.resume import Kept
from portal.web import me, public, see

blueprint.add_app_template_global(SignInForm, "sign_in_form")  # for the page shown when a sign-in ran out


@blueprint.route("/sign-in", methods=["GET", "POST"])
@public
def sign_in() -> Any:
    form, kept = SignInForm(), browser.carried()
    if request.method == "GET":
        if current_user.is_authenticated:
            return redirect(onward(request.args.get("next")), 303)
        form.next.data, form.email.data = request.args.get("next", ""), request.args.get("email", "")
        return _sign_in_page(form, kept)
    if not form.validate():
        return _sign_in_page(form, kept), 422
    try:
        person_id = prove("sign-in", form.email.data, form.password.data)
    except WrongPassword:
        return _sign_in_page(form, kept, refused=True), 422
    return arrive(person_id, form.next.data, kept)


def _sign_in_page(form: SignInForm, kept: Kept | None, refused: bool = False) -> str:
    if kept:
        return render_template("identity/sign_in_again.html", form=form, kept=kept, refused=refused)
    demo = current_app.config["DEMO_SIGN_INS"]
    return render_template("identity/sign_in.html", form=form, refused=refused, demo=demo)


@blueprint.post("/sign-out")
def sign_out() -> Response:
    if request.form.get("everywhere"):
        people.end_sessions(db.session.get_one(Person, me().person_id))
        db.session.commit()
    browser.leave()
    return see("identity.sign_in")


@blueprint.route("/sign-in/forgotten", methods=["GET", "POST"])
@public
def forgotten() -> Any:
    form = ForgottenForm()
    if not form.validate_on_submit():
        return render_template("identity/forgotten.html", form=form), 422 if form.errors else 200
    try:
        throttle.admit("reset", form.email.data, request.remote_addr)
        links.forgotten(form.email.data)
        db.session.commit()
    except TooManyTries:
        db.session.rollback()
    return render_template("identity/said.html", what="sent", email=form.email.data)


@blueprint.route("/links/<token>", methods=["GET", "POST"])
@public
def link(token: str) -> Any:
    try:
        found, person = links.open_link(token)
        form = ChoosePasswordForm(known=(person.name, person.email))
        if form.validate_on_submit():
            person_id = links.redeem(token, hashed(form.new_password.data)).id
            db.session.commit()
            return arrive(person_id)
    except (LinkUnknown, LinkUsed, LinkExpired) as gone:
        return no_link(gone)
    page = render_template("identity/link.html", form=form, link=found, person=person, token=token)
    return page, 422 if form.errors else 200
