"""The departments' side: their inboxes."""

from dataclasses import replace
from typing import Any

from flask import Blueprint, abort, render_template, request

from portal.cases import lists, talks, words
from portal.clock import NEVER, now
from portal.extensions import htmx
from portal.identity import departments
from portal.identity.models import Department
from portal.identity.viewer import Viewer
from portal.web import see, staff_only

blueprint = Blueprint("desk", __name__)


def tabs(viewer: Viewer, department_id: int) -> dict[str, lists.Wanted]:
    """The lists of an inbox, by the name their address carries."""
    here = lists.Wanted(state="unfinished", department_id=department_id)
    return {
        "new": replace(here, state="new"),
        "mine": lists.Wanted(state="unfinished", assignee_id=viewer.membership_id),
        "us": lists.Wanted(ball_department_id=department_id, sort="due"),
        "others": replace(here, ball="others"),
        "all": here,
    }


@blueprint.get("/desk/")
def inbox() -> Any:
    """One department's inbox: new, mine, waiting for us, waiting for others."""
    viewer = staff_only()
    known = departments.in_use()
    department = _chosen(viewer, known)
    several = tabs(viewer, department.id)
    tab = request.args.get("tab", "us")
    if tab == "tasks":
        return _tasks(viewer, department, known, several)
    if tab not in several:
        abort(404)
    found = lists.page(viewer, several[tab], request.args.get("after"))
    return render_template(
        "desk/inbox.html",
        department=department,
        departments=known,
        tab=tab,
        tabs=[*several, "tasks"],
        rows=[words.row(viewer, row) for row in found.rows],
        after=found.after,
        counts={},
    )


def _tasks(
    viewer: Viewer, department: Department, known: list[Department], several: dict[str, lists.Wanted]
) -> Any:
    """What the department owes on cases, whoever has them."""
    return render_template(
        "desk/tasks.html",
        department=department,
        departments=known,
        tab="tasks",
        tabs=[*several, "tasks"],
        owed=talks.owed(viewer, department.id),
        moment=now(),
        never=NEVER,
        counts={},
    )


@blueprint.get("/desk/counts")
def counts() -> Any:
    """How many each list of an inbox has: a fragment of its own, so that the inbox never waits for it."""
    viewer = staff_only()
    department = _chosen(viewer, departments.in_use())
    if not htmx:
        return see("desk.inbox", department=department.code)
    several = tabs(viewer, department.id)
    tab = request.args.get("tab", "us")
    return render_template(
        "desk/_tabs.html",
        department=department,
        tab=tab if tab in (*several, "tasks") else "us",
        tabs=[*several, "tasks"],
        counts=lists.counts(viewer, several),
    )


def _chosen(viewer: Viewer, known: list[Department]) -> Department:
    """The department the address names, else the viewer's first, else the front desk."""
    code = request.args.get("department")
    for department in known:
        if department.code == code or (code is None and department.id in viewer.departments):
            return department
    if code is not None:
        abort(404)
    return known[0]
