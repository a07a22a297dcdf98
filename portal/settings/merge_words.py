"""Duplicates and merges in words: why two may be one, what follows from a merge, why it may not be."""

from collections.abc import Iterable
from typing import Any

from babel.lists import format_list
from flask_babel import get_locale, ngettext
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import func, select

from portal.cases import counted
from portal.clock import now
from portal.extensions import db
from portal.identity.duplicates import Pair, Reason
from portal.identity.models import Membership, Organization, OutsideIdentity, Person
from portal.identity.people import signs_in
from portal.routing.models import Rule
from portal.settings.lists import named
from portal.settings.plans import Plan, Refused
from portal.settings.words import relation_name

SHOWN = 6
"""So many names stand in a sentence."""

LABELS: dict[str, Any] = {
    "segment": _l("Segment"),
    "tier": _l("Tier"),
    "spend": _l("Spend class"),
    "country": _l("Country"),
    "domain": _l("Web domain"),
    "vat": _l("VAT id"),
    "phone": _l("Phone"),
    "fax": _l("Fax"),
    "street": _l("Street"),
    "postal_code": _l("Postal code"),
    "city": _l("City"),
    "region": _l("Region"),
    "language": _l("Language"),
}


def reason(found: Reason) -> str:
    """Why two may be one."""
    said = {
        "domain": _("The same domain: %(what)s.", what=found.what),
        "vat": _("The same VAT id: %(what)s.", what=found.what),
        "phone": _("The same phone: …%(what)s.", what=found.what),
        "mailbox": _("The same mailbox, written differently: %(what)s.", what=found.what),
        "name": _("The same name."),
        "similar": _("Similar names."),
    }
    return str(said[found.code])


def strength(pair: Pair) -> str:
    """How sure it is."""
    if pair.strength >= 0.9:
        return _("almost certainly one")
    return _("probably one") if pair.strength >= 0.7 else _("perhaps one")


def refusal(refused: Refused, what: str) -> str:
    """Why two may not be put together, or not be taken apart."""
    if refused.code == "together":
        return ngettext(
            "Both take part in %(num)s case. Until that is settled they stay two.",
            "Both take part in %(num)s cases. Until that is settled they stay two.",
            refused.count,
        )
    said = {
        "same": _("There are no two of these."),
        "ours": _("Our own organization stays what it is."),
        "archived": _("One of them is archived. Restore it first."),
        "deactivated": _("One of them is deactivated. Reactivate them first."),
        "merged": _("One of them has been merged already."),
        "chain": _("Others were merged into the one that would go. Keep this one, or undo that first."),
        "yourself": _("This is you. Keep yourself, or ask another administrator."),
        "administrator": _("Only one of them administers this portal. A merge gives nobody that right."),
        "staff": _("Only one of them works for us. A merge lets nobody in among our own people."),
        "last": _("Afterwards nobody could administer this portal."),
        "both": _("Both stand in a list that may name each only once."),
        "changed": _("Something changed since you looked. Look again, then merge."),
        "undone": _("It has been undone already."),
        "later": _("A later merge had the same members. Undo that one first."),
    }
    return str(said[refused.code])


def facts(plan: Plan) -> list[tuple[str, str]]:
    """(what, value) that the kept one takes over, because it says nothing there."""
    told = [
        (str(LABELS[name]), str(after)) for name, (_before, after) in plan.facts.items() if name in LABELS
    ]
    relations = [relation_name(name) for name in plan.facts if name not in LABELS]
    if relations:
        told.append((_("To us"), ", ".join(relations)))
    return told + ([(_("Tags"), ", ".join(plan.tags))] if plan.tags else [])


def consequences(plan: Plan) -> list[str]:
    """What follows from a merge, and who will newly see whose cases, a sentence each."""
    return _of_people(plan) if plan.what == "person" else _of_organizations(plan)


def _names(several: Iterable[str]) -> str:
    known = sorted(several, key=str.casefold)
    rest = len(known) - SHOWN
    if rest > 0:
        known = [*known[:SHOWN], ngettext("%(num)s other", "%(num)s others", rest)]
    return str(format_list(known, locale=get_locale()))


def _members(organization_id: int) -> list[tuple[Membership, str]]:
    """Who acts for an organization now, with names."""
    rows = db.session.execute(
        select(Membership, Person.name)
        .join(Person, Person.id == Membership.person_id)
        .where(
            Membership.organization_id == organization_id,
            Membership.until > now(),
            Person.deactivated_at > now(),
        )
    )
    return [(membership, name) for membership, name in rows]


def _of_organizations(plan: Plan) -> list[str]:
    kept, gone = plan.kept, plan.gone
    cases = counted.of_organizations([kept.id, gone.id])
    there, here = _members(gone.id), _members(kept.id)
    said = [_cases_over(kept.name, *cases.get(gone.id, (0, 0)))]
    ending = {giver.id for giver, _taker in plan.twice}
    moving = [name for member, name in there if member.id not in ending]
    if moving:
        said.append(_("%(names)s will act for %(kept)s.", names=_names(moving), kept=kept.name))
    twice = ending | {taker.id for _giver, taker in plan.twice}
    only_here, only_there = ([pair for pair in side if pair[0].id not in twice] for side in (here, there))
    wide_here = _see_all(only_here, kept)
    wide_there = _see_all(only_there, gone)
    if kept.own_only:
        wide_there = {name for member, name in only_there if member.manager}
    if wide_here and cases.get(gone.id):
        said.append(_also_see(wide_here, gone.name, cases[gone.id][0]))
    if wide_there and cases.get(kept.id):
        said.append(_also_see(wide_there, kept.name, cases[kept.id][0]))
    managers = {name for member, name in (*there, *here) if member.manager}
    if managers:
        said.append(
            _("What only managers see is seen by the managers of both: %(names)s.", names=_names(managers))
        )
    said += _held_to_their_own(plan, there, here) + _twice(plan, there)
    rules = db.session.scalar(select(func.count(Rule.id)).where(Rule.organization_id == gone.id)) or 0
    if rules:
        said.append(_("Rules that name %(gone)s will name %(kept)s.", gone=gone.name, kept=kept.name))
    return said


def _cases_over(kept: str, whole: int, unfinished: int) -> str:
    if not whole:
        return _("There are no cases to go over.")
    return ngettext(
        "%(num)s case becomes one of %(kept)s; open: %(open)s.",
        "%(num)s cases become those of %(kept)s; open: %(open)s.",
        whole,
        kept=kept,
        open=unfinished,
    )


def _see_all(members: list[tuple[Membership, str]], organization: Organization) -> set[str]:
    """Who sees the cases of others there, too."""
    return {
        name
        for member, name in members
        if member.manager or (member.sees == "all" and not organization.own_only)
    }


def _also_see(names: set[str], organization: str, count: int) -> str:
    return ngettext(
        "%(names)s will newly see the cases of %(organization)s: %(num)s case.",
        "%(names)s will newly see the cases of %(organization)s: %(num)s cases.",
        count,
        names=_names(names),
        organization=organization,
    )


def _held_to_their_own(
    plan: Plan, there: list[tuple[Membership, str]], here: list[tuple[Membership, str]]
) -> list[str]:
    own = {name for member, name in (*there, *here) if member.sees == "own" and not member.manager}
    if plan.gone.own_only:
        own |= {name for member, name in there if not member.manager}
    said = []
    if own:
        said.append(_("As before, these see only their own cases: %(names)s.", names=_names(own)))
    narrowed = {name for member, name in there if not member.manager} - own
    if plan.kept.own_only and narrowed:
        said.append(
            _(
                "At %(kept)s members see only their own cases: that will hold for %(names)s, too.",
                kept=plan.kept.name,
                names=_names(narrowed),
            )
        )
    return said


def _twice(plan: Plan, there: list[tuple[Membership, str]]) -> list[str]:
    names = {member.id: name for member, name in there}
    said = []
    for giver, taker in plan.twice:
        name = names.get(giver.id, "?")
        told = {"name": name, "gone": plan.gone.name, "kept": plan.kept.name}
        said.append(
            _("%(name)s acts for both: what they follow for %(gone)s they follow for %(kept)s.", **told)
        )
        change = plan.rights.get(taker.id, {})
        if "until" in change:
            said.append(_("%(name)s no longer acted for %(kept)s, and will do so again.", **told))
        if change.get("manager"):
            said.append(_("%(name)s manages %(gone)s, and will manage %(kept)s.", **told))
    return said


def _of_people(plan: Plan) -> list[str]:
    kept, gone = plan.kept, plan.gone
    told = {"kept": kept.name, "gone": gone.name}
    keys = {row.organization_id for row in plan.moving if row.until > now()}
    keys_of_both = {giver.organization_id for giver, _taker in plan.twice}
    names = named(Organization, keys | keys_of_both)
    said = []
    if keys:
        places = _names(names[key] for key in keys)
        said.append(
            _("%(kept)s will act for %(places)s and see there what %(gone)s saw.", places=places, **told)
        )
    if keys_of_both:
        places = _names(names[key] for key in keys_of_both)
        said.append(
            _(
                "Both act for %(places)s: what %(gone)s follows there, %(kept)s follows.",
                places=places,
                **told,
            )
        )
    if any(plan.rights.get(taker.id, {}).get("manager") for _giver, taker in plan.twice):
        said.append(_("%(kept)s will manage what %(gone)s managed.", **told))
    said.append(_("Nobody else sees more than before."))
    said.append(_("%(gone)s can no longer sign in; their sessions and links end.", **told))
    if kept.has_address:
        said.append(_("The address to sign in with is %(email)s.", email=kept.email))
    elsewhere = select(func.count(OutsideIdentity.id)).where(OutsideIdentity.person_id == gone.id)
    if db.session.scalar(elsewhere):
        said.append(_("Whoever signs in elsewhere as %(gone)s is %(kept)s here.", **told))
    if not signs_in(kept) and signs_in(gone):
        said.append(
            _("%(kept)s has no sign-in yet, and a password never goes over: better keep %(gone)s.", **told)
        )
    return said
