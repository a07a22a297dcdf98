"""Duplicates: found, called two, put together after a look at what follows, and taken apart again."""

from typing import Any

from flask import abort, render_template, request, url_for
from flask_babel import gettext as _
from sqlalchemy import func, select
from sqlalchemy.exc import OperationalError
from wtforms import HiddenField

from portal.cases import counted
from portal.clock import now
from portal.extensions import db
from portal.forms import PortalForm
from portal.identity import duplicates as found
from portal.identity.duplicates import Pair
from portal.identity.models import Membership, Merge, Organization, Person
from portal.settings import lists, merge_words, merged, merging, plans
from portal.settings.plans import MODELS, Refused, What
from portal.settings.room import asked, blueprint, one
from portal.web import me, see, tell

WHICH: dict[str, What] = {"organizations": "organization", "people": "person"}
PAGE = 15
"""Pairs on a page: each is two columns of facts."""


class MergeForm(PortalForm):
    """shown: the key of the plan that was looked at."""

    shown = HiddenField()


@blueprint.get("/duplicates/")
def duplicates() -> Any:
    """Pairs that look like one, the surest first; the address says which and where the list begins."""
    which = "people" if asked("which") == "people" else "organizations"
    pairs = found.people() if which == "people" else found.organizations()
    start = asked("from", 9)
    begin = int(start) if start.isascii() and start.isdigit() else 0
    shown = pairs[begin : begin + PAGE]
    return render_template(
        "settings/duplicates.html",
        which=which,
        count=len(pairs),
        shown=_shown(which, shown),
        before=max(0, begin - PAGE) if begin else None,
        after=begin + PAGE if begin + PAGE < len(pairs) else None,
        words=merge_words,
    )


def _shown(which: str, pairs: list[Pair]) -> list[Any]:
    """(pair, the one to keep, the other) with what each has: the one with more is kept."""
    keys = {key for pair in pairs for key in (pair.first_id, pair.second_id)}
    model = MODELS[WHICH[which]]
    rows = {row.id: row for row in db.session.scalars(select(model).where(model.id.in_(keys)))}
    has = _has(which, keys)
    told = []
    for pair in pairs:
        both = sorted((pair.first_id, pair.second_id), key=lambda key: (-has[key][0], -has[key][1], key))
        told.append((pair, *((rows[key], *has[key]) for key in both)))
    return told


def _has(which: str, keys: set[int]) -> dict[int, tuple[int, int, int]]:
    """Of each: how many cases, how many memberships in force, how many open cases."""
    mine = Membership.organization_id if which == "organizations" else Membership.person_id
    acting = select(mine, func.count()).where(mine.in_(keys), Membership.until > now()).group_by(mine)
    members = {row[0]: row[1] for row in db.session.execute(acting)}
    cases = counted.of_organizations(keys) if which == "organizations" else counted.of_people(keys)
    none = (0, 0)
    return {key: (cases.get(key, none)[0], members.get(key, 0), cases.get(key, none)[1]) for key in keys}


@blueprint.post("/duplicates/<any(organizations,people):which>/<int:one_id>/<int:other_id>/two")
def are_two(which: str, one_id: int, other_id: int) -> Any:
    model = MODELS[WHICH[which]]
    first, second = one(model, one_id), one(model, other_id)
    if first.id == second.id:
        abort(404)
    found.are_two(WHICH[which], first.id, second.id, me().membership_id)
    db.session.commit()
    undo = url_for("settings.might_be_one", which=which, one_id=first.id, other_id=second.id)
    tell(
        _("%(one)s and %(other)s are two.", one=first.name, other=second.name),
        _("They do not come here again."),
        undo=undo,
    )
    return see("settings.duplicates", which=which)


@blueprint.post("/duplicates/<any(organizations,people):which>/<int:one_id>/<int:other_id>/perhaps")
def might_be_one(which: str, one_id: int, other_id: int) -> Any:
    found.might_be_one(WHICH[which], one_id, other_id)
    db.session.commit()
    tell(_("They may be one again."))
    return see("settings.duplicates", which=which)


@blueprint.route(
    "/merges/<any(organizations,people):which>/<int:kept_id>/<int:gone_id>", methods=["GET", "POST"]
)
def merge(which: str, kept_id: int, gone_id: int) -> Any:
    """What would happen; and once somebody has seen just that, it does."""
    what = WHICH[which]
    kept, gone = one(MODELS[what], kept_id), one(MODELS[what], gone_id)
    form = MergeForm()
    refused = None
    if form.validate_on_submit():
        try:
            done = merging.merge(me(), what, kept_id, gone_id, form.shown.data or "")
            db.session.commit()
        except Refused as error:
            db.session.rollback()
            refused = error
        except OperationalError:  # a deadlock on PostgreSQL: somebody wrote in one of their cases
            db.session.rollback()
            refused = Refused("changed")
        else:
            _told(done, kept.name, gone.name)
            return _page_of(what, kept_id)
    return _preview(which, kept, gone, refused)


def _told(done: Merge, kept: str, gone: str) -> None:
    undo = url_for("settings.undo_merge", merge_id=done.id)
    tell(
        _("%(gone)s is merged into %(kept)s.", gone=gone, kept=kept),
        _("Nothing is deleted; you can undo it here at any time."),
        undo=undo,
    )


def _page_of(what: What, key: int) -> Any:
    if what == "organization":
        return see("settings.organization", organization_id=key)
    return see("settings.person", person_id=key)


def _preview(
    which: str, kept: Organization | Person, gone: Organization | Person, refused: Refused | None
) -> Any:
    planned = None
    try:
        planned = plans.plan(me(), WHICH[which], kept.id, gone.id)
    except Refused as error:
        refused = error
    has = _has(which, {kept.id, gone.id})
    page = render_template(
        "settings/merge.html",
        which=which,
        kept=(kept, *has[kept.id]),
        gone=(gone, *has[gone.id]),
        plan=planned,
        facts=merge_words.facts(planned) if planned else [],
        consequences=merge_words.consequences(planned) if planned else [],
        refusal=merge_words.refusal(refused, WHICH[which]) if refused else "",
        form=MergeForm(formdata=None, shown=planned.key() if planned else ""),
    )
    return page, 422 if refused and request.method == "POST" else 200


@blueprint.get("/merges/")
def merges() -> Any:
    return render_template("settings/merges.html", page=merged.page(asked("after")))


@blueprint.post("/merges/<int:merge_id>/undo")
def undo_merge(merge_id: int) -> Any:
    done = one(Merge, merge_id)
    try:
        merging.undo(me(), done.id)
    except Refused as refused:
        db.session.rollback()
        tell(_("This cannot be undone now."), merge_words.refusal(refused, done.what), "late")
        return see("settings.merges")
    db.session.commit()
    names = lists.named(MODELS[done.what], (done.gone_id,))
    tell(
        _("%(name)s is on its own again.", name=names[done.gone_id]),
        _("What moved is back; what came later stays where it is."),
    )
    return _page_of("organization" if done.what == "organization" else "person", done.gone_id)
