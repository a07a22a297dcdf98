"""One's own account: who I am, my password, and for whom I act."""

from typing import Any

from flask import abort, redirect, render_template, request
from flask_babel import force_locale, get_locale
from flask_babel import gettext as _

from portal.extensions import db
from portal.identity import browser, outside, people
from portal.identity.arriving import blueprint, choice_page, onward, prove
from portal.identity.forms import AccountForm, ChangePasswordForm, CurrentPasswordForm
from portal.identity.models import Person
from portal.identity.passwords import WrongPassword, hashed, set_password
from portal.identity.viewer import load, memberships_of
from portal.languages import locale_of
from portal.web import me, see, tell


@blueprint.route("/account/", methods=["GET", "POST"])
def account() -> Any:
    person = db.session.get_one(Person, me().person_id)
    form = AccountForm(obj=person)
    if form.validate_on_submit():
        said = (form.name, form.language, form.timezone, form.theme, form.mails)
        people.describe(person, *(field.data for field in said))
        db.session.commit()
        with force_locale(locale_of(form.language.data) if form.language.data else str(get_locale())):
            tell(_("Your account is changed."))
        return see("identity.account")
    return account_page(form, CurrentPasswordForm(formdata=None)), 422 if form.errors else 200


def account_page(form: AccountForm, connect: CurrentPasswordForm) -> str:
    """The account page, with its second form for connecting a sign-in elsewhere."""
    return render_template(
        "identity/account.html",
        form=form,
        connect=connect,
        connected=outside.connected(me().person_id),
        several=me().organizations > 1,
    )


@blueprint.route("/account/password", methods=["GET", "POST"])
def password() -> Any:
    form = ChangePasswordForm(known=(me().name, me().email))
    if form.validate_on_submit():
        try:
            person_id = prove("password", me().email, form.current_password.data)
        except WrongPassword:
            form.current_password.errors = [_("This is not your password now.")]
        else:
            new = hashed(form.new_password.data)
            set_password(db.session.get_one(Person, person_id), new)
            db.session.commit()
            stay()
            tell(_("Your password is changed."), _("You are signed out everywhere else."))
            return see("identity.account")
    return render_template("identity/password.html", form=form), 422 if form.errors else 200


def stay() -> None:
    """Go on in this session under the person's new session version; all their others have ended."""
    viewer = load(me().membership_id)
    if viewer is None:
        abort(404)
    browser.renew(viewer)


@blueprint.route("/account/organization", methods=["GET", "POST"])
def switch() -> Any:
    kept = browser.carried()
    if request.method == "GET":
        return choice_page(request.args.get("next"), None)
    chosen = request.form.get("membership", type=int)
    if chosen not in [membership_id for membership_id, _organization in memberships_of(me().person_id)]:
        abort(404)
    viewer = load(chosen)
    if viewer is None:
        abort(404)
    browser.renew(viewer)
    if kept:
        return render_template("resume.html", kept=kept, why="signed-in")
    return redirect(onward(request.form.get("next")), 303)
