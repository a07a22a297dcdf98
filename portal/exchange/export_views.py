"""Pages of data going out: how many rows it would be, the file, and who took what."""

from collections.abc import Iterator
from datetime import timedelta
from tempfile import TemporaryFile
from typing import IO, Any

from flask import Blueprint, abort, current_app, render_template, request
from flask_babel import get_locale
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import ColumnElement, or_, select
from werkzeug.wrappers import Response
from wtforms import RadioField, SelectChoice

from portal.cases import once
from portal.clock import now
from portal.exchange.columns import THINGS
from portal.exchange.exports import TYPES, record, write
from portal.exchange.models import Export
from portal.exchange.taking import load, may_take
from portal.extensions import db
from portal.forms import PortalForm
from portal.identity import segments
from portal.identity.models import DepartmentMember, Membership, Person
from portal.identity.viewer import Viewer
from portal.registry import registry
from portal.showing import zone
from portal.web import administrators_only, me, see

blueprint = Blueprint("exports", __name__)
PAGE, CHUNK = 25, 65_536
READY_FOR = timedelta(hours=1)
"""How long a file can be fetched by whoever asked for it."""
FORMATS = (
    SelectChoice("csv", _l("CSV, for any spreadsheet")),
    SelectChoice("xlsx", _l("Excel")),
    SelectChoice("jsonl", _l("JSON, a line for each row")),
)
STATES = ("unfinished", "finished")


class ExportForm(PortalForm):
    """In which format."""

    form = RadioField(_l("Format"), choices=list(FORMATS), default="csv")


@blueprint.route("/exports/new", methods=["GET", "POST"])
def new() -> Any:
    """How many rows there are to take; the button writes down who takes them."""
    viewer, what = me(), request.args.get("what", "cases")
    if not may_take(viewer, what):
        abort(404)
    filters = _filters(viewer) if what == "cases" else {}
    most = current_app.config["SETTINGS"].export_rows
    found = load(what, viewer, filters).count(most + 1)
    form = _form(viewer)
    if form.validate_on_submit() and found:
        return _taken(viewer, form, what, min(found, most), filters)
    page = {"what": what, "filters": filters, "rows": min(found, most), "more": found > most}
    status = 422 if form.is_submitted() else 200
    return render_template("exchange/export.html", form=form, thing=THINGS[what], **page), status


def _form(viewer: Viewer) -> ExportForm:
    """Outsiders get what every spreadsheet opens, and are not asked."""
    form = ExportForm()
    if not viewer.is_staff:
        form.form.choices = list(FORMATS[:1])
    return form


def _filters(viewer: Viewer) -> dict[str, Any]:
    """Those of the list of cases, as its address has them."""
    state, kind = request.args.get("state"), request.args.get("kind")
    found: dict[str, Any] = {
        "state": state if state in STATES else None,
        "kind": kind if kind in registry().kinds else None,
    }
    if viewer.is_staff and request.args.get("segment"):
        segment, _offered = segments.chosen(request.args["segment"])
        found["segment"] = segment.id if segment else None
    return {name: value for name, value in found.items() if value is not None}


def _taken(viewer: Viewer, form: ExportForm, what: str, rows: int, filters: dict[str, Any]) -> Response:
    kept = record(viewer, what, form.form.data, rows, filters)
    answer: Response = see("exports.file", export_id=kept.id)
    try:
        once.settle(viewer, form.key(), answer.location)
    except once.AlreadyDone as done:
        answer.location = done.result
        return answer
    db.session.commit()
    return answer


@blueprint.get("/exports/<int:export_id>/file")
def file(export_id: int) -> Any:
    """The file, for an hour and for whoever asked for it: found through them once more, and no more rows."""
    viewer = me()
    kept = db.session.get(Export, export_id) if export_id < 2**63 else None
    if kept is None or kept.membership_id != viewer.membership_id or kept.at < now() - READY_FOR:
        abort(404)
    if not may_take(viewer, kept.what):
        abort(404)
    made = TemporaryFile()  # noqa: SIM115 - it is closed once it was sent
    write(made, kept.format, load(kept.what, viewer, kept.filters), kept.rows, zone(), str(get_locale()))
    size = made.tell()
    made.seek(0)
    name = f"{kept.what}-{kept.at.astimezone(zone()):%Y-%m-%d}.{kept.format}"
    answer = current_app.response_class(_sent(made), content_type=TYPES[kept.format])
    answer.headers.set("Content-Disposition", "attachment", filename=name)
    answer.headers["Cache-Control"], answer.content_length = "no-store", size
    return answer


def _sent(made: IO[bytes]) -> Iterator[bytes]:
    with made:
        while part := made.read(CHUNK):
            yield part


@blueprint.get("/exports/")
def listing() -> Any:
    """What I took, and for leads what the people of their departments took."""
    viewer = me()
    theirs = select(DepartmentMember.membership_id).where(DepartmentMember.department_id.in_(_led(viewer)))
    mine = Export.membership_id == viewer.membership_id
    return _listed("exchange/exports.html", or_(mine, Export.membership_id.in_(theirs)))


def _led(viewer: Viewer) -> Any:
    mine = DepartmentMember.membership_id == viewer.membership_id
    return select(DepartmentMember.department_id).where(mine, DepartmentMember.lead)


@blueprint.get("/settings/exports/")
def everybodys() -> Any:
    administrators_only()
    return _listed("exchange/all_exports.html")


def _listed(template: str, *which: ColumnElement[bool]) -> Any:
    """Exports, newest first: one statement, however many."""
    before = request.args.get("before", "")
    rows = (
        select(Export, Person.name)
        .outerjoin(Membership, Membership.id == Export.membership_id)
        .outerjoin(Person, Person.id == Membership.person_id)
        .where(*which)
        .order_by(Export.id.desc())
        .limit(PAGE + 1)
    )
    if before.isascii() and before.isdigit() and len(before) < 19:
        rows = rows.where(Export.id < int(before))
    found = db.session.execute(rows).all()
    several = [(kept, name, _narrowed(kept)) for kept, name in found[:PAGE]]
    more = found[PAGE - 1][0].id if len(found) > PAGE else None
    return render_template(template, rows=several, more=more, before=before)


def _narrowed(kept: Export) -> str:
    """By which filters, in words; "" for all."""
    kind = registry().kinds.get(kept.filters.get("kind", ""))
    parts = [
        {"unfinished": _("open ones"), "finished": _("answered and closed ones")}.get(
            kept.filters.get("state", ""), ""
        ),
        str(kind.label) if kind else "",
        _("of one segment") if kept.filters.get("segment") else "",
    ]
    return ", ".join(part for part in parts if part)
