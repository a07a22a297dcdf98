"""Pages of data coming in: upload a file, say what its columns are, look, import, take it back."""

from typing import Any

from flask import Blueprint, abort, make_response, render_template, request
from flask_babel import gettext as _
from sqlalchemy import select
from werkzeug.wrappers import Response

from portal.cases import once
from portal.exchange import imports
from portal.exchange.columns import guess
from portal.exchange.forms import ColumnsForm, NewImportForm, columns_of
from portal.exchange.imports import DUE, OPEN, NotNow
from portal.exchange.models import Import
from portal.exchange.sheets import LARGEST
from portal.exchange.words import agreement, by_department, story, thing, undone
from portal.exchange.wrong import Unreadable
from portal.extensions import db, htmx
from portal.identity.models import Membership, Person
from portal.web import administrators_only, me, see, tell

blueprint = Blueprint("exchange", __name__, url_prefix="/settings/imports")
PAGE = 25


@blueprint.before_request
def _only_administrators() -> None:
    administrators_only()


def _found(import_id: int) -> Import:
    """The import, or the page that is not there."""
    found = db.session.get(Import, import_id) if import_id < 2**63 else None
    if found is None:
        abort(404)
    return found


@blueprint.get("/", endpoint="imports")
def listing() -> Any:
    """All imports, newest first: two statements, however many."""
    before = request.args.get("before", "")
    rows = (
        select(Import, Person.name)
        .outerjoin(Membership, Membership.id == Import.membership_id)
        .outerjoin(Person, Person.id == Membership.person_id)
        .order_by(Import.id.desc())
        .limit(PAGE + 1)
    )
    if before.isascii() and before.isdigit() and len(before) < 19:
        rows = rows.where(Import.id < int(before))
    found = db.session.execute(rows).all()
    several = [(record, name, story(record)) for record, name in found[:PAGE]]
    more = found[PAGE - 1][0].id if len(found) > PAGE else None
    return render_template("exchange/imports.html", rows=several, more=more, before=before)


@blueprint.route("/new", methods=["GET", "POST"])
def new() -> Any:
    form = NewImportForm(what=request.args.get("what", ""))
    if form.validate_on_submit():
        sent = form.file.data
        db.session.commit()  # reading a large file takes a while: no lock meanwhile
        data = sent.stream.read(LARGEST + 1)
        try:
            record = imports.take(me(), form.what.data, sent.filename, data)
        except Unreadable as error:
            form.file.errors = [error.sentence]
        else:
            return _once(form, "exchange.one", import_id=record.id)
    return render_template("exchange/new.html", form=form), 422 if form.errors else 200


def _once(form: Any, endpoint: str, **values: Any) -> Response:
    """Commit what the form made, unless the same form was sent before; then go where it led."""
    answer: Response = see(endpoint, **values)
    try:
        once.settle(me(), form.key(), answer.location)
    except once.AlreadyDone as done:
        answer.location = done.result
        return answer
    db.session.commit()
    return answer


@blueprint.get("/<int:import_id>/", endpoint="one")
def show(import_id: int) -> Any:
    """How an import stands; while it is worked on, only that part brings itself up to date."""
    record = _found(import_id)
    if record.state == "waiting":
        return _columns_page(record, columns_of(record))
    told = story(record)
    if htmx and not htmx.boosted:
        answer = make_response(render_template("exchange/_progress.html", record=record, told=told))
        if record.state not in DUE:
            answer.headers["HX-Refresh"] = "true"
        return answer
    return render_template("exchange/import.html", record=record, told=told, **_facts(record))


def _facts(record: Import) -> dict[str, Any]:
    by = None
    if record.membership_id is not None:
        named = select(Person.name).join(Membership, Membership.person_id == Person.id)
        by = db.session.scalar(named.where(Membership.id == record.membership_id))
    return {
        "by": by,
        "may_undo": imports.may_undo(record),
        "may_map": record.state in OPEN and record.blob is not None,
        "thing": thing(record),
        "departments": by_department(record),
        "agreement": agreement(record),
        "undone": undone(record),
        "until": record.finished_at + imports.DAY if imports.may_undo(record) else None,
    }


@blueprint.route("/<int:import_id>/columns", methods=["GET", "POST"])
def columns(import_id: int) -> Any:
    record = _found(import_id)
    if record.state not in OPEN or record.blob is None:
        return see("exchange.one", import_id=record.id)
    form = columns_of(record)
    if form.validate_on_submit():
        whose = form.organization.found if record.what == "cases" else None
        try:
            imports.map_columns(record, form.said(record.options["heads"]), whose)
        except Unreadable as error:
            form.form_errors = [error.sentence]
            return _columns_page(record, form)
        except NotNow:
            db.session.rollback()
        else:
            db.session.commit()
        return see("exchange.one", import_id=record.id)
    return _columns_page(record, form)


def _columns_page(record: Import, form: ColumnsForm) -> Any:
    recognised = bool(guess(record.what, record.options["heads"]))
    page = render_template("exchange/columns.html", record=record, form=form, recognised=recognised)
    return page, 422 if form.errors or form.form_errors else 200


@blueprint.post("/<int:import_id>/run")
def run(import_id: int) -> Any:
    record = _found(import_id)
    try:
        imports.queue(record)
    except NotNow:
        db.session.rollback()
        tell(_("Nothing was done."), _("The file is no longer ready to be imported; look again."), "soon")
    else:
        db.session.commit()
    return see("exchange.one", import_id=record.id)


@blueprint.post("/<int:import_id>/undo")
def undo(import_id: int) -> Any:
    record = _found(import_id)
    try:
        imports.undo(me(), record)
    except NotNow:
        db.session.rollback()
        tell(_("Nothing was done."), _("This import can no longer be undone."), "soon")
    else:
        db.session.commit()
    return see("exchange.one", import_id=record.id)
