"""Home and new requests, for people of customers, partners and suppliers."""

from typing import Any

from flask import Blueprint, abort, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from portal.cases import lists, looking, once, words
from portal.cases.opening import Request
from portal.channels import notices, ways
from portal.extensions import db
from portal.identity.installation import chosen
from portal.identity.viewer import Viewer
from portal.registry import Kind, registry
from portal.routing.intake import submit
from portal.showing import spelled, week_words
from portal.web import me, tell

blueprint = Blueprint("selfservice", __name__)
ON_HOME = 12
"""Rows in each of the two lists; what is beyond stands under "All requests"."""


def home() -> Any:
    """What needs me, what waits for others, what changed; staff's home is their inbox."""
    viewer = me()
    if viewer.is_staff:
        begins = viewer.administers and not viewer.departments and not chosen().begun
        return redirect(url_for("settings.start" if begins else "desk.inbox"), 303)
    needs_me = lists.page(viewer, lists.Wanted(state="not_closed", ball="ours"), limit=ON_HOME)
    waiting = lists.page(viewer, lists.Wanted(state="not_closed", ball="others"), limit=ON_HOME)
    mine, others = ([words.row(viewer, row) for row in found.rows] for found in (needs_me, waiting))
    changed = [(told, notices.sentence(told)) for told in notices.recent(viewer, 6)]
    return render_template(
        "selfservice/home.html",
        headline=headline(viewer, len(mine)),
        mine=mine,
        others=others,
        more_mine=needs_me.after is not None,
        more=waiting.after is not None,
        changed=changed,
        kinds=registry().offered_to(viewer),
        sight=sight(viewer),
        ways=ways.offered(),
        hours=week_words(chosen().hours),
    )


def headline(viewer: Viewer, mine: int) -> str:
    """The finding the page opens with."""
    name = viewer.name.split()[0]
    if not mine:
        return _("Nothing needs you, %(name)s", name=name)
    return ngettext(
        "%(spelled)s thing needs you, %(name)s",
        "%(spelled)s things need you, %(name)s",
        mine,
        name=name,
        spelled=spelled(mine),
    )


def sight(viewer: Viewer) -> str:
    """Which of the organization's requests this person sees, and why."""
    if viewer.manager:
        return _(
            "You see all of %(name)s's requests, because you manage the organization.",
            name=viewer.organization_name,
        )
    if viewer.sees == "own":
        return _("You see the requests you take part in.")
    return _("You see the requests of %(name)s.", name=viewer.organization_name)


@blueprint.get("/requests/")
def requests() -> Any:
    """What can be asked for."""
    if me().is_staff:
        abort(404)
    return render_template("selfservice/requests.html", kinds=registry().offered_to(me()))


@blueprint.route("/requests/new/<address>", methods=["GET", "POST"])
def new(address: str) -> Any:
    """The form of one kind; sending it opens a case and leads there."""
    kind = _offered(address)
    form = kind.form_for(me().relations)()
    if not form.validate_on_submit():
        kinds = registry().offered_to(me())
        page = render_template("selfservice/new.html", kind=kind, kinds=kinds, form=form)
        return page, 422 if form.is_submitted() else 200
    return _send(kind, form)


def _offered(address: str) -> Kind:
    kinds = [] if me().is_staff else registry().offered_to(me())
    kind = next((kind for kind in kinds if kind.address == address), None)
    if kind is None:
        abort(404)
    return kind


def _send(kind: Kind, form: Any) -> Any:
    case = submit(me(), _asked(kind, form))
    target = url_for("cases.case", number=case.number)
    number = case.number
    try:
        once.settle(me(), form.key(), target)
        looking.mark_seen(me(), case.id)
        db.session.commit()
        said = registry().explain_routing(case.routing, False)
        tell(_("We have it: your number is %(number)s.", number=number), said)
    except once.AlreadyDone as already:
        target = already.result
    return redirect(target, 303)


def _asked(kind: Kind, form: Any) -> Request:
    return Request(
        kind=kind.code,
        subject=form.subject.data,
        body=form.body.data,
        product_id=form.product_id(),
        answers=form.answers(),
        files=form.files.taken,
        only_managers=bool(form.only_managers.data or form.answers().get("about_person")),
        language=me().language,
    )
