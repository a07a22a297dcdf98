"""Rules: in order, in words, tried before they matter."""

from dataclasses import dataclass
from typing import Any

from flask import render_template, request
from flask_babel import gettext as _

from portal.cases import asked, numbers
from portal.extensions import db
from portal.routing import editing, explain, replay
from portal.routing.editing import DepartmentGone
from portal.routing.models import Rule
from portal.routing.rules import Decision, NoFrontDesk, decide
from portal.settings import words
from portal.settings.room import blueprint, commit_once, one
from portal.settings.rule_forms import RuleForm, TryForm
from portal.web import me, see, tell


@dataclass(frozen=True)
class Tried:
    """Where a made-up request would go, and why. decision: None when there is no front desk."""

    decision: Decision | None
    because: str
    passed: list[str]


@blueprint.get("/rules/")
def rules() -> Any:
    sent = "text" in request.args or "case" in request.args
    form = TryForm(formdata=request.args if sent else None)
    tried = _try(form) if sent and form.validate() else None
    page = render_template("settings/rules.html", told=words.told(editing.in_order()), form=form, tried=tried)
    return page, 422 if form.errors else 200


def _try(form: TryForm) -> Tried | None:
    facts = form.facts()
    if form.case.data:
        found = asked.one(me(), numbers.tidy(form.case.data))
        if found is None:
            form.case.errors = [_("There is no case of this number, or you may not read it.")]
            return None
        facts = replay.facts_of(found)
    try:
        decision = decide(facts)
    except NoFrontDesk:
        return Tried(None, _("There is no front desk: the command “portal migrate” makes it."), [])
    return Tried(decision, explain.for_staff(decision.trace), explain.passed_over(decision.trace))


@blueprint.route("/rules/new", methods=["GET", "POST"])
def new_rule() -> Any:
    form = RuleForm()
    if form.validate_on_submit():
        try:
            made = editing.create(form.details())
        except DepartmentGone:
            _gone(form)
        else:
            if request.form.get("off"):
                editing.switch(made, False)
                tell(_("Saved, switched off."), _("This is what it would do."))
                return commit_once(form, "settings.trial", rule_id=made.id)
            tell(_("Saved."), _("“%(name)s” is tried last; move it up to try it earlier.", name=made.name))
            return commit_once(form, "settings.rules")
    return _form_page(form, None)


@blueprint.route("/rules/<int:rule_id>/", methods=["GET", "POST"])
def rule(rule_id: int) -> Any:
    found = one(Rule, rule_id)
    form = RuleForm(rule=found)
    if form.validate_on_submit():
        before = found.version
        try:
            editing.change(found, form.details())
        except DepartmentGone:
            _gone(form)
        else:
            db.session.commit()
            tell(
                _("Saved."), _("It is version %(n)s now.", n=found.version) if found.version > before else ""
            )
            return see("settings.rules")
    return _form_page(form, found)


def _gone(form: RuleForm) -> None:
    db.session.rollback()
    form.department.errors = [_("Choose a department that is in use.")]


def _form_page(form: RuleForm, found: Rule | None) -> Any:
    page = render_template("settings/rule_form.html", form=form, rule=found)
    return page, 422 if form.errors else 200


@blueprint.get("/rules/<int:rule_id>/trial")
def trial(rule_id: int) -> Any:
    """What the rule, on or off, does with the cases of the last weeks: nothing is changed."""
    found = one(Rule, rule_id)
    try:
        replayed = replay.replay(me(), found)
    except NoFrontDesk:
        replayed = replay.Replayed(0, False, ())
    return render_template(
        "settings/rule_trial.html", told=words.told([found])[0], replayed=replayed, days=replay.DAYS
    )


@blueprint.post("/rules/<int:rule_id>/switch/<any(on,off):to>")
def switch_rule(rule_id: int, to: str) -> Any:
    found = one(Rule, rule_id)
    try:
        editing.switch(found, to == "on")
    except DepartmentGone:
        db.session.rollback()
        tell(
            _("“%(name)s” stays off.", name=found.name),
            _("Its department is archived; choose another."),
            "late",
        )
    else:
        db.session.commit()
        is_on, is_off = _("“%(name)s” is on.", name=found.name), _("“%(name)s” is off.", name=found.name)
        tell(is_on if found.enabled else is_off, _("It counts for requests that come from now on."))
    return see("settings.rules")


@blueprint.post("/rules/<int:rule_id>/move/<any(up,down):direction>")
def move_rule(rule_id: int, direction: str) -> Any:
    found = one(Rule, rule_id)
    if editing.move(found, up=direction == "up"):
        db.session.commit()
        earlier = _("“%(name)s” is tried earlier now.", name=found.name)
        tell(earlier if direction == "up" else _("“%(name)s” is tried later now.", name=found.name))
    return see("settings.rules", _anchor=f"rule-{found.id}")


@blueprint.route("/rules/<int:rule_id>/delete", methods=["GET", "POST"])
def delete_rule(rule_id: int) -> Any:
    found = one(Rule, rule_id)
    if request.method == "GET":
        return render_template("settings/rule_delete.html", told=words.told([found])[0])
    name = found.name
    editing.remove(found)
    db.session.commit()
    tell(_("“%(name)s” is deleted.", name=name), _("Cases it sent stay where they are."))
    return see("settings.rules")
