"""Departments, and who works in them."""

from typing import Any

from flask import render_template, url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from portal.clock import now
from portal.extensions import db
from portal.identity import departments as known
from portal.identity import staffing
from portal.identity.departments import CodeTaken
from portal.identity.models import FRONT_DESK, Department, Membership, Person
from portal.identity.people import BadEmail
from portal.identity.staffing import NotStaff, UnknownDepartment
from portal.routing import editing
from portal.settings import archiving, lists
from portal.settings.archiving import FrontDeskStays, StillNeeded
from portal.settings.company_forms import WeekForm
from portal.settings.fields import choices
from portal.settings.forms import ColleagueForm, DepartmentForm
from portal.settings.room import blueprint, one
from portal.showing import week_words
from portal.web import see, tell


@blueprint.get("/departments/")
def departments() -> Any:
    return render_template("settings/departments.html", staffed=lists.departments(), moment=now())


@blueprint.route("/departments/new", methods=["GET", "POST"])
def new_department() -> Any:
    form = DepartmentForm()
    if form.validate_on_submit():
        try:
            made = known.create(form.code.data, form.name.data, form.email.data, form.position.data)
        except CodeTaken:
            form.code.errors = [_("Another department has this code.")]
            db.session.rollback()
        else:
            db.session.commit()
            tell(_("Saved."), _("Add the people who work in %(name)s.", name=made.name))
            return see("settings.department", department_id=made.id)
    page = render_template("settings/department_form.html", form=form, department=None)
    return page, 422 if form.errors else 200


@blueprint.get("/departments/<int:department_id>/")
def department(department_id: int) -> Any:
    found = one(Department, department_id)
    return render_template(
        "settings/department.html",
        department=found,
        colleagues=staffing.staff_of(found),
        rules=editing.rules_to(found.id),
        archived=found.archived_at <= now(),
        front_desk=found.code == FRONT_DESK,
        hours=week_words(found.hours),
    )


@blueprint.route("/departments/<int:department_id>/edit", methods=["GET", "POST"])
def edit_department(department_id: int) -> Any:
    found = one(Department, department_id)
    form = DepartmentForm(obj=found)
    form.fix_code()
    if form.validate_on_submit():
        try:
            known.describe(found, form.name.data, form.email.data, form.position.data)
        except BadEmail:
            form.email.errors = [_("That is no e-mail address.")]
        else:
            db.session.commit()
            tell(_("Saved."))
            return see("settings.department", department_id=found.id)
    page = render_template("settings/department_form.html", form=form, department=found)
    return page, 422 if form.errors else 200


@blueprint.route("/departments/<int:department_id>/hours", methods=["GET", "POST"])
def department_hours(department_id: int) -> Any:
    """Hours of its own, or those of the company when every day is left empty."""
    found = one(Department, department_id)
    form = WeekForm(found.hours)
    if form.validate_on_submit():
        found.hours = form.week()
        db.session.commit()
        tell(
            _("Saved."),
            _("Promises of %(name)s keep to its own hours.", name=found.name)
            if found.hours
            else _("Promises of %(name)s keep to the company's hours.", name=found.name),
        )
        return see("settings.department", department_id=found.id)
    page = render_template("settings/department_hours.html", form=form, department=found)
    return page, 422 if form.errors else 200


@blueprint.post("/departments/<int:department_id>/archive")
def archive_department(department_id: int) -> Any:
    found = one(Department, department_id)
    try:
        archiving.archive(found)
    except FrontDeskStays:
        tell(_("The front desk stays."), _("It takes what no rule takes."), "late")
    except StillNeeded as needed:
        tell(_("%(name)s is still needed.", name=found.name), _needed(needed), "late")
    else:
        db.session.commit()
        tell(
            _("%(name)s is archived.", name=found.name),
            _("No rule can send there any more."),
            undo=url_for("settings.restore_department", department_id=found.id),
        )
    return see("settings.department", department_id=found.id)


def _needed(by: StillNeeded) -> str:
    said_so = []
    if by.cases:
        said_so.append(
            ngettext(
                "It has %(num)s open case; hand it over first.",
                "It has %(num)s open cases; hand them over first.",
                by.cases,
            )
        )
    if by.rules:
        named = ", ".join(_("“%(name)s”", name=name) for name in by.rules[:5])
        said_so.append(
            ngettext(
                "%(num)s rule sends to it: %(names)s.",
                "%(num)s rules send to it: %(names)s.",
                len(by.rules),
                names=named,
            )
        )
    return " ".join(said_so)


@blueprint.post("/departments/<int:department_id>/restore")
def restore_department(department_id: int) -> Any:
    found = one(Department, department_id)
    known.restore(found)
    db.session.commit()
    tell(_("%(name)s is back.", name=found.name), _("Rules can send there again."))
    return see("settings.department", department_id=found.id)


@blueprint.route("/departments/<int:department_id>/add", methods=["GET", "POST"])
def add_colleague(department_id: int) -> Any:
    found = one(Department, department_id)
    form = ColleagueForm()
    form.membership.choices = choices(staffing.colleagues_elsewhere(found))
    if form.validate_on_submit():
        _put(found, one(Membership, form.membership.data), form.lead.data)
        return see("settings.department", department_id=found.id)
    page = render_template("settings/department_colleague.html", form=form, department=found)
    return page, 422 if form.errors else 200


def _put(found: Department, membership: Membership, lead: bool) -> None:
    """Let somebody work in the department, and tell what came of it."""
    person = db.session.get_one(Person, membership.person_id)
    try:
        staffing.put_into(found, membership, lead)
    except NotStaff:
        tell(_("%(name)s is not one of us.", name=person.name), kind="late")
    except UnknownDepartment:
        tell(_("%(name)s is archived.", name=found.name), _("Nobody works there any more."), "late")
    else:
        db.session.commit()
        tells = _("%(person)s leads %(department)s.") if lead else _("%(person)s works in %(department)s.")
        tell(_("Saved."), tells % {"person": person.name, "department": found.name})


@blueprint.post("/departments/<int:department_id>/colleagues/<int:membership_id>/<any(lead,work):part>")
def set_lead(department_id: int, membership_id: int, part: str) -> Any:
    found = one(Department, department_id)
    _put(found, one(Membership, membership_id), part == "lead")
    return see("settings.department", department_id=found.id)


@blueprint.post("/departments/<int:department_id>/colleagues/<int:membership_id>/leave")
def take_out(department_id: int, membership_id: int) -> Any:
    found, membership = one(Department, department_id), one(Membership, membership_id)
    staffing.take_out(found, membership)
    db.session.commit()
    person = db.session.get_one(Person, membership.person_id)
    tell(
        _("%(person)s no longer works in %(department)s.", person=person.name, department=found.name),
        undo=url_for("settings.set_lead", department_id=found.id, membership_id=membership.id, part="work"),
    )
    return see("settings.department", department_id=found.id)
