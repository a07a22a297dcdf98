"""People: known, invited, changed, deactivated, and handed a link."""

from typing import Any

from flask import render_template, session, url_for
from flask_babel import gettext as _

from portal.clock import now
from portal.extensions import db
from portal.identity import accounts, invitations, people, staffing
from portal.identity.accounts import ActsForNobody
from portal.identity.administrators import LastAdministrator, Yourself
from portal.identity.invitations import AlreadyMember, Deactivated, Invited
from portal.identity.models import Membership, Organization, Person
from portal.identity.organizations import MergedAway
from portal.identity.people import BadEmail, EmailTaken, NoAddress
from portal.identity.staffing import NotStaff, UnknownDepartment
from portal.settings import lists, merged
from portal.settings.counting import standing
from portal.settings.forms import InvitationForm, NewPersonForm, PersonForm
from portal.settings.room import asked, blueprint, commit_once, one
from portal.web import me, see, tell

HANDED = "settings-link"
"""Where the session keeps a new link until the page that shows it once."""
STATES = ("waiting", "active", "deactivated", "administrators")


@blueprint.get("/people/", endpoint="people")
def listing() -> Any:
    text, organization, state = asked("q"), asked("organization"), asked("state")
    page = lists.people(text, organization, state, asked("after"))
    return render_template(
        "settings/people.html",
        page=page,
        now=standing(),
        q=text,
        organization=organization,
        state=state if state in STATES else "",
    )


@blueprint.route("/people/new", methods=["GET", "POST"])
def new_person() -> Any:
    form = NewPersonForm()
    if form.validate_on_submit() and form.organization.found:
        invited = _invited(form, form.organization.found)
        if invited:
            return commit_once(form, "settings.person", person_id=invited.person.id)
    page = render_template("settings/invitation.html", form=form, organization=None)
    return page, 422 if form.errors else 200


@blueprint.route("/organizations/<int:organization_id>/invite", methods=["GET", "POST"])
def invite(organization_id: int) -> Any:
    found = one(Organization, organization_id)
    if found.archived_at <= now():
        tell(_("%(name)s is archived.", name=found.name), _("Restore it first."), "late")
        return see("settings.organization", organization_id=found.id)
    form = InvitationForm()
    form.leave_out(found)
    if form.validate_on_submit() and _invited(form, found):
        return commit_once(form, "settings.organization", organization_id=found.id)
    page = render_template("settings/invitation.html", form=form, organization=found)
    return page, 422 if form.errors else 200


def _invited(form: InvitationForm, organization: Organization) -> Invited | None:
    """Invite as the form says, and tell what came of it; None when the form has an error now."""
    access = {} if organization.ours else form.access()
    try:
        invited = invitations.invite(me(), organization, form.name.data, form.email.data, **access)
        if organization.ours:
            staffing.set_departments(invited.membership, form.departments())
    except AlreadyMember:
        form.email.errors = [
            _("Somebody with this address acts for %(name)s already.", name=organization.name)
        ]
    except Deactivated:
        form.email.errors = [_("This person is deactivated; reactivate them first.")]
    except EmailTaken:
        form.email.errors = [_("Somebody else was added with this address at this moment; try again.")]
    except UnknownDepartment:
        form.works_in.errors = [_("One of these departments is archived now.")]
    else:
        _tell(invited, organization)
        return invited
    db.session.rollback()
    return None


def _tell(invited: Invited, organization: Organization) -> None:
    name = invited.person.name
    if invited.link is None:
        tell(
            _("%(name)s can now act for %(organization)s.", name=name, organization=organization.name),
            _("They sign in as before; a letter tells them."),
        )
    else:
        tell(
            _("%(name)s is invited to act for %(organization)s.", name=name, organization=organization.name),
            _("A letter with a link is on its way; you find it under Letters."),
        )


@blueprint.get("/people/<int:person_id>/")
def person(person_id: int) -> Any:
    found = one(Person, person_id)
    handed = session.get(HANDED)
    if handed is not None:
        session.pop(HANDED)
    return render_template(
        "settings/person.html",
        person=found,
        state=lists.state_of(found, people.signs_in(found)),
        acting=lists.acting_for([found.id]).get(found.id, ()),
        merges=merged.of("person", found.id),
        handed=handed if handed and handed["person"] == found.id else None,
    )


@blueprint.route("/people/<int:person_id>/edit", methods=["GET", "POST"])
def edit_person(person_id: int) -> Any:
    found = one(Person, person_id)
    staff = staffing.membership_of_ours(found)
    form = PersonForm(obj=found, **(_works(found) if staff else {}))
    if not found.has_address:
        form.may_lack_address(found)
    if not staff:
        form.leave_out_staff()
    if form.validate_on_submit() and _described(found, form, staff):
        db.session.commit()
        tell(_("Saved."))
        return see("settings.person", person_id=found.id)
    page = render_template("settings/person_form.html", form=form, person=found)
    return page, 422 if form.errors else 200


def _works(person: Person) -> dict[str, Any]:
    """Where somebody of ours works now, as the form ticks it."""
    acting = next(one for one in lists.acting_for([person.id])[person.id] if one.organization.ours)
    return {
        "works_in": [department.id for department, _lead in acting.departments],
        "leads": [department.id for department, lead in acting.departments if lead],
    }


def _described(person: Person, form: PersonForm, staff: Membership | None) -> bool:
    """Take over what the form says; False when it has an error now."""
    administers = bool(form.administrator and form.administrator.data)
    try:
        accounts.describe(me(), person, form.name.data, form.email.data, administers)
        if staff:
            staffing.set_departments(staff, form.departments())
    except EmailTaken:
        form.email.errors = [_("Somebody else has this address.")]
    except BadEmail:
        form.email.errors = [_("That is no e-mail address.")]
    except Yourself:
        form.administrator.errors = [_("This is you. Another administrator can take it from you.")]
    except LastAdministrator:
        form.administrator.errors = [_("This is the last administrator; name another one first.")]
    except NotStaff:
        form.administrator.errors = [_("Only our own people administer.")]
    except UnknownDepartment:
        form.works_in.errors = [_("One of these departments is archived now.")]
    else:
        return True
    db.session.rollback()
    return False


@blueprint.post("/people/<int:person_id>/deactivate")
def deactivate_person(person_id: int) -> Any:
    found = one(Person, person_id)
    try:
        accounts.deactivate(me(), found)
    except Yourself:
        tell(_("This is you."), _("Another administrator can deactivate you."), "late")
    except LastAdministrator:
        tell(_("%(name)s is the last administrator.", name=found.name), _("Name another one first."), "late")
    else:
        db.session.commit()
        tell(
            _("%(name)s is deactivated.", name=found.name),
            _("No sign-in, session or link of theirs works any more; what they wrote stays."),
            undo=url_for("settings.reactivate_person", person_id=found.id),
        )
    return see("settings.person", person_id=found.id)


@blueprint.post("/people/<int:person_id>/reactivate")
def reactivate_person(person_id: int) -> Any:
    found = one(Person, person_id)
    try:
        accounts.reactivate(found)
    except MergedAway:
        tell(_("%(name)s was merged.", name=found.name), _("Undo that, and they can sign in again."), "late")
    else:
        db.session.commit()
        tell(_("%(name)s can sign in again.", name=found.name), _("Their password is what it was."))
    return see("settings.person", person_id=found.id)


@blueprint.post("/people/<int:person_id>/link")
def person_link(person_id: int) -> Any:
    found = one(Person, person_id)
    try:
        link, url = accounts.hand_over_link(me(), found)
    except NoAddress:
        tell(_("%(name)s has no address.", name=found.name), _("Enter their e-mail address first."), "late")
    except Deactivated:
        tell(_("%(name)s is deactivated.", name=found.name), _("Reactivate them first."), "late")
    except ActsForNobody:
        tell(
            _("%(name)s acts for no organization.", name=found.name),
            _("Invite them to one: then a link leads somewhere."),
            "late",
        )
    else:
        db.session.commit()
        session[HANDED] = {"person": found.id, "url": url, "purpose": link.purpose, "until": link.expires_at}
    return see("settings.person", person_id=found.id)
