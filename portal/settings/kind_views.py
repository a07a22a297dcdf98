"""Kinds of requests: what they are called, who may open them, where they go, what they ask."""

import secrets
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from flask import abort, render_template
from flask_babel import gettext as _

from portal.extensions import db
from portal.identity import departments, installation
from portal.questions import Question, in_reader_language
from portal.registry import Kind, registry
from portal.routing import editing
from portal.settings import first_steps
from portal.settings.kind_forms import WAYS_TO_ASK, KindForm, QuestionForm
from portal.settings.room import blueprint
from portal.settings.words import relation_name
from portal.web import see, tell


@blueprint.get("/kinds/")
def kinds() -> Any:
    rules = editing.own_rules()
    return render_template(
        "settings/kinds.html",
        kinds=list(registry().kinds.values()),
        rules=rules,
        departments={each.id: each.name for each in departments.in_use()},
        questions=_questions,
        relation_name=relation_name,
    )


def _kind(code: str) -> Kind:
    found = registry().kinds.get(code)
    if found is None:
        abort(404)
    return found


def _said(code: str) -> dict[str, Any]:
    return dict(installation.chosen().kinds.get(code, {}))


def _questions(code: str) -> list[Question]:
    return [Question(**said) for said in _said(code).get("questions", [])]


@blueprint.route("/kinds/<code>/", methods=["GET", "POST"])
def kind(code: str) -> Any:
    found, said = _kind(code), _said(code)
    rule = editing.own_rules().get(code)
    form = KindForm.in_languages()(found, rule.department_id if rule else None)
    for name in KindForm.LONGEST:
        form.fill(name, said.get(name))
    if form.validate_on_submit():
        typed = {name: form.told(name) for name in KindForm.LONGEST}
        typed |= {name: form[name].data for name in ("on", "answer_days", "opened_by")}
        installation.choose_about("kinds", code, lambda now_is: now_is | typed)
        if form.department.data:
            editing.send_kind_to(code, str(found.label), form.department.data)
        first_steps.looked_at("kinds")
        db.session.commit()
        tell(_("Saved."), _("It counts for requests that come from now on."))
        return see("settings.kinds")
    page = render_template(
        "settings/kind.html",
        form=form,
        kind=found,
        brought=registry().brought[code],
        rule=rule,
        questions=_questions(code),
        ways=WAYS_TO_ASK,
        in_reader_language=in_reader_language,
    )
    return page, 422 if form.errors else 200


@blueprint.post("/kinds/<code>/move/<any(up,down):direction>")
def move_kind(code: str, direction: str) -> Any:
    """Offer a kind earlier or later: places are numbered anew."""
    codes = [kind.code for kind in registry().kinds.values() if kind.code != _kind(code).code]
    here = list(registry().kinds).index(code)
    there = max(0, min(len(codes), here - 1 if direction == "up" else here + 1))
    codes.insert(there, code)
    known = installation.chosen().kinds
    installation.choose(
        kinds={each: {**known.get(each, {}), "position": 10 * place} for place, each in enumerate(codes, 1)}
    )
    db.session.commit()
    return see("settings.kinds", _anchor=code)


@blueprint.route("/kinds/<code>/questions/new", methods=["GET", "POST"])
def new_question(code: str) -> Any:
    found, form = _kind(code), QuestionForm.in_languages()()
    if form.validate_on_submit():
        asked = form.said(f"q_{secrets.token_hex(4)}")
        _change(code, lambda questions: [*questions, asked])
        tell(_("The question is added."), _("It is asked from now on."))
        return see("settings.kind", code=code)
    page = render_template("settings/question.html", form=form, kind=found, question=None)
    return page, 422 if form.errors else 200


@blueprint.route("/kinds/<code>/questions/<name>/", methods=["GET", "POST"])
def question(code: str, name: str) -> Any:
    found, asked = _kind(code), _question(code, name)
    form = QuestionForm.in_languages()(asked)
    if form.validate_on_submit():
        _replace(code, name, form.said(name, asked.off))
        tell(_("Saved."), _("Answers given before are shown under the new words."))
        return see("settings.kind", code=code)
    page = render_template(
        "settings/question.html",
        form=form,
        kind=found,
        question=asked,
        in_reader_language=in_reader_language,
    )
    return page, 422 if form.errors else 200


@blueprint.post("/kinds/<code>/questions/<name>/<any(on,off):to>")
def switch_question(code: str, name: str, to: str) -> Any:
    _kind(code)
    asked = replace(_question(code, name), off=to == "off")
    _replace(code, name, vars(asked))
    tell(_("It is asked from now on.") if to == "on" else _("It is no longer asked; answers stay."))
    return see("settings.kind", code=code)


def _question(code: str, name: str) -> Question:
    found = next((asked for asked in _questions(code) if asked.name == name), None)
    if found is None:
        abort(404)
    return found


def _replace(code: str, name: str, said: dict[str, Any]) -> None:
    _change(code, lambda questions: [said if each["name"] == name else each for each in questions])


def _change(code: str, change: Callable[[list[dict[str, Any]]], list[dict[str, Any]]]) -> None:
    """Change the questions of a kind as they are by now."""
    installation.choose_about(
        "kinds", code, lambda now_is: now_is | {"questions": change(now_is.get("questions", []))}
    )
    db.session.commit()
