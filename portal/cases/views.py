"""The address of every case, the same for every party; each sees their part."""

from typing import Any

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as BaseResponse
from wtforms import SelectChoice

from portal.cases import (
    closing,
    conversation,
    forms,
    handling,
    history,
    lists,
    looking,
    once,
    page,
    reading,
    talks,
    words,
)
from portal.cases.casework import Changed, NotNow, locked
from portal.cases.permissions import can
from portal.cases.seen import CaseUnknown, SeenCase, find
from portal.extensions import db, htmx
from portal.identity import departments, segments, staffing
from portal.identity.viewer import Viewer
from portal.registry import registry
from portal.resume import kept_form
from portal.web import me, see, tell

blueprint = Blueprint("cases", __name__)


def case_or_404(number: str, action: str | None = None) -> SeenCase:
    """The case at this number if the viewer sees it (and may do this to it); else the one same 404."""
    try:
        seen = find(me(), number)
    except CaseUnknown:
        abort(404)
    if action is not None and not can(me(), action, seen):
        once.recall(me(), request.form)
        abort(404)
    return seen


def done(seen: SeenCase, form: Any, strong: str, text: str = "", lane: int | None = None) -> BaseResponse:
    """Commit a verb's work once per form, say what happened, and go back to the case or one of its lanes."""
    target = url_for("cases.case", number=seen.number, lane=lane)
    try:
        once.settle(me(), form.key(), target)
        looking.mark_seen(me(), seen.id)
        page.on_seen(me(), seen.id)
        db.session.commit()
        tell(strong, text)
    except once.AlreadyDone as already:
        target = already.result
    return redirect(target, 303)


@blueprint.errorhandler(once.AlreadyDone)
def sent_before(already: once.AlreadyDone) -> Any:
    return redirect(already.result, 303)


@blueprint.errorhandler(NotNow)
def not_now(_error: NotNow) -> Any:
    return _conflict()


@blueprint.errorhandler(Changed)
def changed(_error: Changed) -> Any:
    return _conflict()


def _conflict() -> Any:
    """Somebody was quicker: nothing is written, what was typed is kept, the case is shown as it is now."""
    db.session.rollback()
    seen = case_or_404((request.view_args or {})["number"])
    latest = reading.read(me(), seen).events[-5:]
    said = [history.event_line(me(), seen, event) for event in latest]
    lines = [line for line in said if line is not None]
    return render_template("cases/conflict.html", case=seen, kept=kept_form(), lines=lines, words=words), 409


@blueprint.get("/cases/")
def listing() -> Any:
    """Outsiders: all they may see; staff: every case, by kind and state; a number leads straight to it."""
    viewer = me()
    if asked := request.args.get("number", "").strip():
        return _jump(viewer, asked)
    state, kind = request.args.get("state", "unfinished"), request.args.get("kind")
    state = state if state in ("unfinished", "finished") else "all"
    segment, offered = segments.chosen(request.args.get("segment") if viewer.is_staff else None)
    wanted = lists.Wanted(
        state=None if state == "all" else state,
        kind=kind if kind in registry().kinds else None,
        segment=segments.members(segment) if segment else None,
    )
    found = lists.page(viewer, wanted, request.args.get("after"))
    return render_template(
        "cases/list.html",
        rows=[words.row(viewer, row) for row in found.rows],
        after=found.after,
        state=state,
        kind=wanted.kind,
        missing=None,
        segment=segment,
        segments=offered,
    )


def _jump(viewer: Viewer, number: str) -> Any:
    try:
        return see("cases.case", number=find(viewer, number).number)
    except CaseUnknown:
        return render_template(
            "cases/list.html", rows=[], after=None, state="all", kind=None, missing=number[:40]
        ), 404


@blueprint.get("/cases/<number>")
def case(number: str) -> Any:
    """The case page: conversation, ball, what happens next, who reads it."""
    return show(case_or_404(number))


def show(seen: SeenCase, status: int = 200, lane_id: int | None = None, **bound: Any) -> Any:
    """The case page, with the form that failed if one did. ?lane= draws one lane, or all in one timeline."""
    viewer, lane = me(), str(lane_id or request.args.get("lane", ""))
    only = int(lane) if lane.isascii() and lane.isdigit() and len(lane) < 18 else None
    found = reading.read(viewer, seen, everything="all" in request.args, only=only)
    if only is not None and only not in {talk.id for talk in found.lanes}:
        abort(404)
    if request.method != "HEAD" and not (htmx and not htmx.boosted):  # a page that brings itself up to date
        looking.opened(viewer, seen.id)
    template = "cases/staff.html" if viewer.is_staff else "cases/outside.html"
    shown = page.context(viewer, seen, found, str(only or lane))
    return render_template(template, **shown, **_forms(viewer, seen, found.lanes, bound)), status


def _forms(viewer: Viewer, seen: SeenCase, lanes: list[talks.Talk], bound: dict[str, Any]) -> dict[str, Any]:
    return {
        "composers": {talk.id: bound.get(f"lane{talk.id}") or composer(viewer, talk) for talk in lanes},
        "plain_reach": forms.ReachForm(
            formdata=None, reach="organization" if seen.reach == "managers" else "managers"
        ),
        "reopening": bound.get("reopening") or forms.ReopenForm(prefix="again-"),
        "plain": forms.PortalForm(prefix="plain-"),
    }


def composer(viewer: Viewer, talk: talks.Talk) -> Any:
    """The form to write in a lane; the requester's has the plain field names."""
    if talk.kind == "internal":
        return forms.NoteForm(prefix="note-")
    prefix = "" if talk.kind == "requester" else f"l{talk.id}-"
    if not viewer.is_staff:
        return forms.ReplyForm(prefix=prefix)
    form = forms.StaffReplyForm(prefix=prefix)
    form.ball.choices = [SelectChoice("them", talk.name), SelectChoice("us", _("us"))]
    return form


@blueprint.post("/cases/<number>/messages")
@blueprint.post("/cases/<number>/lanes/<int:lane_id>/messages")
def write(number: str, lane_id: int | None = None) -> Any:
    """Write into a lane the viewer reads: the requester's unless the address names another."""
    seen = case_or_404(number, "reply")
    talk = _outside_lane(seen, lane_id)
    form = composer(me(), talk)
    if not form.validate_on_submit():
        return show(seen, 422, lane_id if seen.asked else None, **{f"lane{talk.id}": form})
    # Files were looked at meanwhile, without a lock: are they still let in?
    seen = case_or_404(number, "reply")
    talk = _outside_lane(seen, lane_id)
    then, due_at = (form.ball.data, form.due_at()) if me().is_staff else ("us", None)
    body, files = form.body.data or "", form.files.taken
    conversation.reply(me(), seen.id, body, files, lane_id=talk.id, then=then, due_at=due_at)
    said = page.after_reply(me(), seen, talk, then)
    return done(seen, form, _("Sent."), said, lane=lane_id if seen.asked else None)


def _outside_lane(seen: SeenCase, lane_id: int | None) -> talks.Talk:
    """The lane to write in, if the viewer reads it; else the one same 404."""
    outside = [talk for talk in talks.talks(me(), seen.id) if talk.kind != "internal"]
    chosen = [t for t in outside if t.id == lane_id or (lane_id is None and t.kind == "requester")]
    return chosen[0] if chosen else abort(404)


@blueprint.post("/cases/<number>/notes")
def keep_note(number: str) -> Any:
    seen = case_or_404(number, "note")
    form = forms.NoteForm(prefix="note-")
    if not form.validate_on_submit():
        inside = next((talk for talk in talks.talks(me(), seen.id) if talk.kind == "internal"), None)
        return show(seen, 422, **({f"lane{inside.id}": form} if inside else {}))
    seen = case_or_404(number, "note")
    conversation.note(me(), seen.id, form.body.data or "", form.files.taken)
    return done(seen, form, _("Note kept."), _("Only staff read it."))


@blueprint.route("/cases/<number>/assignment", methods=["GET", "POST"])
def assignment(number: str) -> Any:
    seen = case_or_404(number, "assign")
    form = forms.AssignForm(version=str(seen.version), assignee=str(seen.assignee_id or me().membership_id))
    people = staffing.colleagues(seen.department_id)
    form.assignee.choices = [SelectChoice("0", _("Nobody")), *(SelectChoice(str(k), n) for k, n in people)]
    if not form.validate_on_submit():
        return act(seen, form, "cases/assign.html")
    chosen = int(form.assignee.data)
    handling.assign(me(), seen.id, chosen or None, version=form.drawn_from())
    name = dict(people).get(chosen, _("nobody"))
    return done(seen, form, _("Assigned to %(name)s.", name=name))


@blueprint.route("/cases/<number>/hand-over", methods=["GET", "POST"])
def hand_over(number: str) -> Any:
    seen = case_or_404(number, "hand_over")
    form = forms.HandOverForm(version=str(seen.version))
    others = {found.id: found for found in departments.in_use() if found.id != seen.department_id}
    form.department.choices = [SelectChoice(str(key), found.name) for key, found in others.items()]
    if not form.validate_on_submit():
        return act(seen, form, "cases/hand_over.html")
    department = others[form.department.data]
    handling.hand_over(me(), seen.id, department, form.reason.data, version=form.drawn_from())
    return done(seen, form, _("Handed over to %(department)s.", department=department.name))


@blueprint.route("/cases/<number>/resolution", methods=["GET", "POST"])
def resolution(number: str) -> Any:
    seen = case_or_404(number, "resolve")
    form = forms.ResolveForm(version=str(seen.version))
    if not form.validate_on_submit():
        return act(seen, form, "cases/resolve.html")
    seen = case_or_404(number, "resolve")
    closing.resolve(
        me(), seen.id, form.outcome.data, form.body.data or "", form.files.taken, version=form.drawn_from()
    )
    said = page.leaving(_("They have 14 days to accept it or to reopen the case."))
    return done(seen, form, _("Answered."), said)


@blueprint.route("/cases/<number>/closure", methods=["GET", "POST"])
def closure(number: str) -> Any:
    seen = case_or_404(number, "close")
    form = forms.CloseForm(version=str(seen.version))
    if not form.validate_on_submit():
        return act(seen, form, "cases/close.html")
    closing.close(me(), seen.id, form.reason.data, version=form.drawn_from())
    return done(seen, form, _("Closed."))


@blueprint.post("/cases/<number>/acceptance")
def acceptance(number: str) -> Any:
    seen = case_or_404(number, "accept")
    form = forms.PortalForm(prefix="plain-")
    closing.accept(me(), seen.id)
    return done(seen, form, _("Thank you."), _("The case is closed."))


@blueprint.route("/cases/<number>/reopening", methods=["GET", "POST"])
def reopening(number: str) -> Any:
    seen = case_or_404(number, "reopen")
    form = forms.ReopenForm(prefix="again-")
    if not form.validate_on_submit():
        return act(seen, form, "cases/reopen.html")
    seen = case_or_404(number, "reopen")
    closing.reopen(me(), seen.id, form.body.data, form.files.taken)
    return done(seen, form, _("Reopened."), _("The department that answered has it again."))


@blueprint.post("/cases/<number>/reach")
def reach(number: str) -> Any:
    seen = case_or_404(number, "narrow")
    form = forms.ReachForm()
    closing.narrow(me(), seen.id, form.reach.data == "managers")
    return done(seen, form, _("Changed who reads it."))


@blueprint.post("/cases/<number>/seen")
def seen_now(number: str) -> Any:
    """The page tells that it was read; portal.js sends this a moment after it is shown.

    What was due to leave the case leaves with it, should the worker be away.
    """
    seen = case_or_404(number)
    locked(seen.id)
    looking.mark_seen(me(), seen.id)
    page.on_seen(me(), seen.id)
    db.session.commit()
    return "", 204


def act(seen: SeenCase, form: Any, template: str, **more: Any) -> Any:
    """The page of one move on a case: its form, again with what was typed when it failed."""
    status = 422 if form.is_submitted() else 200
    return render_template(template, case=seen, form=form, words=words, **more), status
