"""Tasks for departments, and who of ours reads a confidential case."""

from typing import Any

from flask import abort
from flask_babel import gettext as _
from wtforms import SelectChoice

from portal.cases import permissions, secrecy, talks, tasks, work_forms
from portal.cases.views import act, blueprint, case_or_404, done
from portal.identity import departments, staffing
from portal.web import me


@blueprint.route("/cases/<number>/tasks/new", methods=["GET", "POST"])
def new_task(number: str) -> Any:
    """Ask a department for a piece of work or an approval."""
    seen = case_or_404(number, "task")
    form = work_forms.TaskForm(version=str(seen.version))
    known = departments.in_use()
    form.department.choices = [SelectChoice(each.id, each.name) for each in known]
    people = dict(staffing.in_departments())
    anybody = SelectChoice(0, _("Whoever of them takes it"))
    form.assignee.choices = [anybody, *(SelectChoice(key, name) for key, name in people.items())]
    if not form.validate_on_submit():
        return act(seen, form, "cases/task_new.html")
    wanted = tasks.Wanted(
        department_id=form.department.data,
        title=form.title.data,
        kind=form.kind.data,
        assignee_id=form.assignee.data or None,
        due_at=form.due.due(),
    )
    try:
        tasks.open_task(me(), seen.id, wanted, version=form.drawn_from())
    except tasks.NoMember:
        form.assignee.errors = [_("They do not work in that department.")]
        return act(seen, form, "cases/task_new.html")
    name = next(each.name for each in known if each.id == wanted.department_id)
    return done(
        seen, form, _("%(name)s has a task.", name=name), _("The ball is with them until it is done.")
    )


@blueprint.route("/cases/<number>/tasks/<int:task_id>", methods=["GET", "POST"])
def task(number: str, task_id: int) -> Any:
    """One task: what is asked, and how it ended."""
    seen = case_or_404(number, "note")
    found = next((each for each in talks.duties(me(), seen.id) if each.id == task_id), None)
    if found is None:
        abort(404)
    may_finish = permissions.can_finish(me(), found)
    outcomes = (
        [("done", _("Done"))]
        if found.kind == "work"
        else [("approved", _("Approved")), ("refused", _("Not approved"))]
    )
    choices = (outcomes if may_finish else []) + (
        [("cancelled", _("Not needed any more"))] if permissions.can_cancel(me(), found, seen) else []
    )
    form = work_forms.FinishForm()
    form.outcome.choices = [SelectChoice(code, label) for code, label in choices]
    if not form.validate_on_submit() or not choices:
        return act(seen, form, "cases/task.html", task=found, choices=choices)
    tasks.finish(me(), seen.id, found.id, form.outcome.data, form.words.data or "")
    return done(seen, form, _("The task is over."), dict(choices)[form.outcome.data] + ".")


@blueprint.route("/cases/<number>/confidentiality", methods=["GET", "POST"])
def confidentiality(number: str) -> Any:
    """Make the case confidential, or open to all staff again."""
    seen = case_or_404(number, "seal")
    form = work_forms.SealForm(version=str(seen.version))
    if not form.validate_on_submit():
        return act(seen, form, "cases/seal.html")
    secrecy.seal(me(), seen.id, not seen.confidential, form.reason.data, version=form.drawn_from())
    if seen.confidential:
        return done(seen, form, _("All staff can read the case again."))
    return done(
        seen, form, _("The case is confidential."), _("Only its department and who is let in read it.")
    )


@blueprint.route("/cases/<number>/colleagues", methods=["GET", "POST"])
def let_in(number: str) -> Any:
    """Let one colleague into a confidential case."""
    seen = case_or_404(number, "let_in")
    form = work_forms.LetInForm()
    people = staffing.everybody()
    form.colleague.choices = [
        SelectChoice(0, _("Choose…")),
        *(SelectChoice(key, name) for key, name in people),
    ]
    if not form.validate_on_submit():
        return act(seen, form, "cases/let_in.html")
    try:
        secrecy.let_in(me(), seen.id, form.colleague.data)
    except secrecy.AlreadyIn:
        form.colleague.errors = [_("They read it already.")]
        return act(seen, form, "cases/let_in.html")
    return done(seen, form, _("%(name)s reads the case now.", name=dict(people)[form.colleague.data]))
