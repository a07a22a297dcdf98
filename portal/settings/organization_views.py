"""Organizations, and who acts for them."""

from typing import Any

from flask import render_template, url_for
from flask_babel import gettext as _

from portal.extensions import db
from portal.identity import memberships, segments, vat
from portal.identity import organizations as known
from portal.identity.administrators import LastAdministrator, Yourself
from portal.identity.models import RELATIONS, Membership, Organization, Person
from portal.identity.organizations import MergedAway, OrganizationDetails, OursStays
from portal.settings import lists, merged
from portal.settings.counting import standing
from portal.settings.forms import OrganizationForm
from portal.settings.room import asked, blueprint, commit_once, one
from portal.web import me, see, tell


@blueprint.get("/organizations/")
def organizations() -> Any:
    text, relation, archived = asked("q"), asked("relation"), asked("archived") == "1"
    number = asked("segment", 18)
    segment = segments.find(int(number)) if number.isascii() and number.isdigit() else None
    within = segments.members(segment) if segment else None
    page = lists.organizations(text, relation, archived, asked("after"), within)
    return render_template(
        "settings/organizations.html",
        page=page,
        now=standing(),
        q=text,
        relation=relation if relation in RELATIONS else "",
        archived=archived,
        segment=segment,
    )


@blueprint.route("/organizations/new", methods=["GET", "POST"])
def new_organization() -> Any:
    form = OrganizationForm()
    if form.validate_on_submit():
        made = known.create(_details(form))
        tell(_("Saved."), _("%(name)s is here now; invite the first of its people.", name=made.name))
        return commit_once(form, "settings.organization", organization_id=made.id)
    return _form_page(form, None)


@blueprint.get("/organizations/<int:organization_id>/")
def organization(organization_id: int) -> Any:
    found = one(Organization, organization_id)
    page = lists.members(found, asked("after"))
    return render_template(
        "settings/organization.html",
        organization=found,
        page=page,
        tags=known.tags_of([found.id]).get(found.id, ()),
        vat_wrong=vat.looks_wrong(found.vat, found.country),
        merges=merged.of("organization", found.id),
    )


@blueprint.route("/organizations/<int:organization_id>/edit", methods=["GET", "POST"])
def edit_organization(organization_id: int) -> Any:
    found = one(Organization, organization_id)
    tags = ", ".join(known.tags_of([found.id]).get(found.id, ()))
    form = OrganizationForm(ours=found.ours, obj=found, tags=tags)
    if form.validate_on_submit():
        known.describe(found, _details(form))
        db.session.commit()
        tell(_("Saved."))
        return see("settings.organization", organization_id=found.id)
    return _form_page(form, found)


def _form_page(form: OrganizationForm, found: Organization | None) -> Any:
    segments, tiers = lists.segments_and_tiers()
    page = render_template(
        "settings/organization_form.html",
        form=form,
        organization=found,
        segments=segments,
        tiers=tiers,
        tags=known.tags_in_use(),
    )
    return page, 422 if form.errors else 200


def _details(form: OrganizationForm) -> OrganizationDetails:
    return OrganizationDetails(
        name=form.name.data,
        relations=frozenset(form.relations.data if form.relations else ()),
        segment=form.segment.data,
        tier=form.tier.data,
        country=form.country.data,
        domain=form.domain.data,
        own_only=bool(form.own_only and form.own_only.data),
        spend=form.spend.data,
        tags=form.tags.words,
        **{name: form[name].data for name in known.REACHED_AT},
    )


@blueprint.post("/organizations/<int:organization_id>/archive")
def archive_organization(organization_id: int) -> Any:
    found = one(Organization, organization_id)
    try:
        known.archive(found)
    except OursStays:
        tell(_("Our own organization stays."), _("Everybody who works here acts for it."), "late")
    else:
        db.session.commit()
        undo = url_for("settings.restore_organization", organization_id=found.id)
        tell(
            _("%(name)s is archived.", name=found.name),
            _("Its people cannot sign in for it any more; nothing is deleted."),
            undo=undo,
        )
    return see("settings.organization", organization_id=found.id)


@blueprint.post("/organizations/<int:organization_id>/restore")
def restore_organization(organization_id: int) -> Any:
    found = one(Organization, organization_id)
    try:
        known.restore(found)
    except MergedAway:
        tell(_("%(name)s was merged.", name=found.name), _("Undo that, and it is back."), "late")
    else:
        db.session.commit()
        tell(_("%(name)s is back.", name=found.name), _("Its people can act for it again."))
    return see("settings.organization", organization_id=found.id)


@blueprint.post("/memberships/<int:membership_id>/access/<any(manager,all,own):access>")
def set_access(membership_id: int, access: str) -> Any:
    found = one(Membership, membership_id)
    memberships.set_access(found, access == "manager", "own" if access == "own" else "all")
    db.session.commit()
    person = db.session.get_one(Person, found.person_id)
    tells = {
        "manager": _("%(name)s manages the organization and sees all its requests.", name=person.name),
        "all": _("%(name)s sees all requests of the organization.", name=person.name),
        "own": _("%(name)s sees only their own requests.", name=person.name),
    }
    tell(_("Saved."), tells[access])
    return see("settings.organization", organization_id=found.organization_id)


@blueprint.post("/memberships/<int:membership_id>/end")
def end_membership(membership_id: int) -> Any:
    found = one(Membership, membership_id)
    person = db.session.get_one(Person, found.person_id)
    try:
        memberships.end(me(), found)
    except Yourself:
        tell(_("This is you."), _("Another administrator can end your membership."), "late")
    except LastAdministrator:
        tell(_("%(name)s is the last administrator.", name=person.name), _("Name another one first."), "late")
    else:
        db.session.commit()
        undo = url_for("settings.reopen_membership", membership_id=found.id)
        tell(
            _("%(name)s no longer acts for this organization.", name=person.name),
            _("What they wrote stays."),
            undo=undo,
        )
    return see("settings.organization", organization_id=found.organization_id)


@blueprint.post("/memberships/<int:membership_id>/reopen")
def reopen_membership(membership_id: int) -> Any:
    found = one(Membership, membership_id)
    memberships.reopen(found)
    db.session.commit()
    person = db.session.get_one(Person, found.person_id)
    tell(_("%(name)s acts for this organization again.", name=person.name))
    return see("settings.organization", organization_id=found.organization_id)
