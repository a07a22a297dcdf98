"""The address of every case, the same for every party; each sees their part."""

from typing import Any

from flask import Blueprint, Response, abort, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as BaseResponse
from wtforms import SelectChoice

from portal.cases import (
    closing,
    conversation,
    files,
    forms,
    handling,
    history,
    lists,
    once,
    page,
    reading,
    storage,
    words,
)
from portal.cases.casework import Changed, NotNow
from portal.cases.permissions import can
from portal.cases.seen import CaseUnknown, SeenCase, find
from portal.extensions import db
from portal.identity import departments, staffing
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


def done(seen: SeenCase, form: Any, strong: str, text: str = "") -> BaseResponse:
    """Commit a verb's work once per form, say what happened, and go back to the case."""
    target = url_for("cases.case", number=seen.number)
    try:
        once.settle(me(), form.key(), target)
        reading.mark_seen(me(), seen.id)
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
    asked = request.args.get("number", "").strip()
    if asked:
        return _jump(viewer, asked)
    state = request.args.get("state", "unfinished")
    wanted = lists.Wanted(
        state=state if state in ("unfinished", "finished") else None, kind=_known(request.args.get("kind"))
    )
    found = lists.page(viewer, wanted, request.args.get("after"))
    return render_template(
        "cases/list.html",
        rows=[words.row(viewer, row) for row in found.rows],
        after=found.after,
        state=state if state in ("unfinished", "finished") else "all",
        kind=wanted.kind,
        missing=None,
    )


def _known(kind: str | None) -> str | None:
    return kind if kind in registry().kinds else None


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


def show(seen: SeenCase, status: int = 200, **bound: Any) -> Any:
    """The case page, with the form that failed if one did."""
    viewer = me()
    found = reading.read(viewer, seen, everything="all" in request.args)
    if request.method != "HEAD":
        reading.opened(viewer, seen.id)
    template = "cases/staff.html" if viewer.is_staff else "cases/outside.html"
    return render_template(
        template, **page.context(viewer, seen, found), **_forms(viewer, seen, bound)
    ), status


def _forms(viewer: Viewer, seen: SeenCase, bound: dict[str, Any]) -> dict[str, Any]:
    reply = bound.get("reply") or (forms.StaffReplyForm if viewer.is_staff else forms.ReplyForm)(prefix="")
    return {
        "reply": reply,
        "plain_reach": forms.ReachForm(
            formdata=None, reach="organization" if seen.reach == "managers" else "managers"
        ),
        "note": bound.get("note") or forms.NoteForm(prefix="note-"),
        "reopening": bound.get("reopening") or forms.ReopenForm(prefix="again-"),
        "plain": forms.PortalForm(prefix="plain-"),
    }


@blueprint.post("/cases/<number>/messages")
def write(number: str) -> Any:
    seen = case_or_404(number, "reply")
    form = forms.StaffReplyForm() if me().is_staff else forms.ReplyForm()
    if not form.validate_on_submit():
        return show(seen, 422, reply=form)
    then, due_at = (form.ball.data, form.due_at()) if me().is_staff else ("us", None)
    conversation.reply(me(), seen.id, form.body.data or "", form.files.taken, then=then, due_at=due_at)
    return done(seen, form, _("Sent."), page.after_reply(me(), seen, then))


@blueprint.post("/cases/<number>/notes")
def keep_note(number: str) -> Any:
    seen = case_or_404(number, "note")
    form = forms.NoteForm(prefix="note-")
    if not form.validate_on_submit():
        return show(seen, 422, note=form)
    conversation.note(me(), seen.id, form.body.data or "", form.files.taken)
    return done(seen, form, _("Note kept."), _("Only staff read it."))


@blueprint.route("/cases/<number>/assignment", methods=["GET", "POST"])
def assignment(number: str) -> Any:
    seen = case_or_404(number, "assign")
    form = forms.AssignForm(version=str(seen.version), assignee=str(seen.assignee_id or me().membership_id))
    people = staffing.colleagues(seen.department_id)
    form.assignee.choices = [SelectChoice("0", _("Nobody")), *(SelectChoice(str(k), n) for k, n in people)]
    if not form.validate_on_submit():
        return _act(seen, form, "cases/assign.html")
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
        return _act(seen, form, "cases/hand_over.html")
    department = others[form.department.data]
    handling.hand_over(me(), seen.id, department, form.reason.data, version=form.drawn_from())
    return done(seen, form, _("Handed over to %(department)s.", department=department.name))


@blueprint.route("/cases/<number>/resolution", methods=["GET", "POST"])
def resolution(number: str) -> Any:
    seen = case_or_404(number, "resolve")
    form = forms.ResolveForm(version=str(seen.version))
    if not form.validate_on_submit():
        return _act(seen, form, "cases/resolve.html")
    closing.resolve(
        me(), seen.id, form.outcome.data, form.body.data or "", form.files.taken, version=form.drawn_from()
    )
    return done(seen, form, _("Answered."), _("They have 14 days to accept it or to reopen the case."))


@blueprint.route("/cases/<number>/closure", methods=["GET", "POST"])
def closure(number: str) -> Any:
    seen = case_or_404(number, "close")
    form = forms.CloseForm(version=str(seen.version))
    if not form.validate_on_submit():
        return _act(seen, form, "cases/close.html")
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
        return _act(seen, form, "cases/reopen.html")
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
    """The page tells that it was read; portal.js sends this a moment after it is shown."""
    seen = case_or_404(number)
    reading.mark_seen(me(), seen.id)
    page.on_seen(me(), seen.id)
    db.session.commit()
    return "", 204


@blueprint.get("/cases/<number>/accesses")
def accesses(number: str) -> Any:
    """Who opened the case."""
    seen = case_or_404(number, "see_accesses")
    return render_template("cases/accesses.html", case=seen, openings=reading.openings(me(), seen.id))


@blueprint.get("/cases/<number>/why")
def why(number: str) -> Any:
    """Everything automatic about this case, explained: who may do what, and the routing rule by rule."""
    seen = case_or_404(number)
    return render_template("cases/why.html", **page.explanation(me(), seen))


@blueprint.get("/cases/<number>/files/<int:key>")
def file(number: str, key: int) -> Any:
    return _serve(number, key, preview=False)


@blueprint.get("/cases/<number>/files/<int:key>/preview")
def preview(number: str, key: int) -> Any:
    return _serve(number, key, preview=True)


def _serve(number: str, key: int, preview: bool) -> Response:
    seen = case_or_404(number)
    attachment = reading.find_file(me(), seen, key)
    if attachment is None or (preview and attachment.preview is None):
        abort(404)
    data = storage.read(attachment.preview if preview and attachment.preview else attachment.blob)
    if not preview:
        reading.opened(me(), seen.id, attachment.id)
    return Response(data, headers=files.serving(attachment, preview))


def _act(seen: SeenCase, form: Any, template: str) -> Any:
    """The page of one move on a case: its form, again with what was typed when it failed."""
    return render_template(template, case=seen, form=form, words=words), 422 if form.is_submitted() else 200
