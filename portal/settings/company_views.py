"""What holds for the whole portal: name and look, working hours, limits."""

from typing import Any

from flask import current_app, render_template
from flask_babel import gettext as _

from portal import branding
from portal.cases import pictures, storage
from portal.extensions import db
from portal.identity import installation, organizations
from portal.settings import first_steps
from portal.settings.company_forms import CompanyForm, HoursForm, LimitsForm
from portal.settings.room import blueprint
from portal.web import see, tell

LOGO_BYTES = 2_000_000


class NoLogo(ValueError):
    """The file is no picture that can be a logo; the message says so to whoever sent it."""


@blueprint.route("/company/", methods=["GET", "POST"])
def company() -> Any:
    chosen = installation.chosen()
    form = CompanyForm(name=installation.our_company(), brand=chosen.brand)
    if form.validate_on_submit():
        try:
            logo = _logo(form)
        except NoLogo as refused:
            form.logo.errors = [str(refused)]
        else:
            organizations.rename_ours(form.name.data)
            installation.choose(brand=form.brand.data or None, logo=logo)
            first_steps.looked_at("company")
            db.session.commit()
            tell(_("Saved."), _("Everybody sees it from the next page on."))
            return see("settings.company")
    tones = branding.derived(chosen.brand)["brand"] if chosen.brand else None
    page = render_template("settings/company.html", form=form, tones=tones)
    return page, 422 if form.errors else 200


def _logo(form: CompanyForm) -> str:
    """The hash of the logo from now on, "" for none. Raises NoLogo."""
    sent = form.logo.data
    if form.no_logo.data:
        return ""
    if not getattr(sent, "filename", ""):
        return installation.chosen().logo
    data = sent.stream.read(LOGO_BYTES + 1)
    if len(data) > LOGO_BYTES:
        raise NoLogo(_("A logo is at most 2 MB."))
    db.session.commit()  # looking at a picture takes a while: no lock meanwhile
    try:
        safe = pictures.preview(data)
    except pictures.TooManyPixels as error:
        raise NoLogo(_("This picture is too large; 1,000 pixels are plenty.")) from error
    except pictures.NotAPicture as error:
        if b"<svg" in data[:2000].lower():
            raise NoLogo(_("An SVG can carry programs, so it is not taken. Save it as a PNG.")) from error
        raise NoLogo(_("This is no picture that we can show. Take a PNG, JPEG or WebP file.")) from error
    return storage.keep([safe])[0]


@blueprint.route("/hours/", methods=["GET", "POST"])
def hours() -> Any:
    chosen = installation.chosen()
    form = HoursForm(chosen.hours, timezone=chosen.timezone, holidays=chosen.holidays)
    if form.validate_on_submit():
        installation.choose(
            timezone=form.timezone.data, holidays=form.holidays.data or None, hours=form.week()
        )
        first_steps.looked_at("hours")
        db.session.commit()
        tell(_("Saved."), _("Promises made from now on keep to these hours."))
        return see("settings.hours")
    return render_template("settings/hours.html", form=form), 422 if form.errors else 200


@blueprint.route("/limits/", methods=["GET", "POST"])
def limits() -> Any:
    form = LimitsForm(obj=installation.chosen())
    if form.validate_on_submit():
        installation.choose(
            file_mb=form.file_mb.data, files=form.files.data, undo_seconds=form.undo_seconds.data
        )
        db.session.commit()
        tell(_("Saved."))
        return see("settings.limits")
    page = render_template("settings/limits.html", form=form, most=current_app.config["SETTINGS"])
    return page, 422 if form.errors else 200
