"""How an import stands and what came of it, in the reader's words."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy import select

from portal.exchange.columns import THINGS
from portal.exchange.models import Import
from portal.exchange.wrong import Problem, problem_of, sentence_of
from portal.extensions import db
from portal.identity.models import Department


@dataclass(frozen=True)
class Story:
    """title: the finding, for a headline; state: a few words for a list; kind: done, late, soon or us."""

    title: str
    state: str
    kind: str
    error: str
    problems: tuple[Problem, ...]
    remarks: tuple[str, ...]
    busy: bool


def story(record: Import) -> Story:
    """How this import stands. Asks nothing of the database."""
    result = record.options.get("result", {})
    error = record.options.get("error")
    kinds = {"done": "done", "wrong": "late", "failed": "late", "checked": "soon", "waiting": "soon"}
    return Story(
        title=_title(record),
        state=_state(record),
        kind=kinds.get(record.state, "us"),
        error=sentence_of(*error) if error else "",
        problems=tuple(problem_of(stored) for stored in record.problems),
        remarks=tuple(remarks(result.get("remarks", {}))),
        busy=record.state in ("checking", "queued", "running", "undoing"),
    )


def thing(record: Import) -> str:
    """What its rows are, as a reader calls it."""
    return str(THINGS[record.what])


def _title(record: Import) -> str:
    name = record.name
    if record.state in ("checked", "done") and not (record.made or record.changed):
        return _("“%(name)s” changes nothing: everything is here already", name=name)
    titles: dict[str, Any] = {
        "waiting": lambda: _("Which column of “%(name)s” is what?", name=name),
        "checking": lambda: _("“%(name)s” is being checked", name=name),
        "wrong": lambda: ngettext(
            "%(num)s thing in “%(name)s” is wrong, so nothing is imported",
            "%(num)s things in “%(name)s” are wrong, so nothing is imported",
            record.wrong,
            name=name,
        ),
        "checked": lambda: ngettext(
            "%(num)s row of “%(name)s” is right",
            "All %(num)s rows of “%(name)s” are right",
            record.rows,
            name=name,
        ),
        "queued": lambda: _("“%(name)s” is imported in a moment", name=name),
        "running": lambda: _("“%(name)s” is being imported", name=name),
        "done": lambda: ngettext(
            "%(num)s row of “%(name)s” is imported",
            "%(num)s rows of “%(name)s” are imported",
            record.rows,
            name=name,
        ),
        "undoing": lambda: _("The import of “%(name)s” is being undone", name=name),
        "undone": lambda: _("The import of “%(name)s” is undone", name=name),
        "failed": lambda: _("“%(name)s” could not be imported", name=name),
    }
    return str(titles[record.state]())


def _state(record: Import) -> str:
    if record.state == "done":
        return _(
            "new: %(made)s, changed: %(changed)s, the same: %(same)s",
            made=record.made,
            changed=record.changed,
            same=record.same,
        )
    if record.state == "wrong":
        return ngettext("%(num)s problem", "%(num)s problems", record.wrong)
    states = {
        "waiting": _("waits for its columns"),
        "checking": _("is being checked"),
        "checked": _("waits to be imported"),
        "queued": _("begins in a moment"),
        "running": _("is being imported"),
        "undoing": _("is being undone"),
        "undone": _("undone"),
        "failed": _("could not be imported"),
    }
    return str(states[record.state])


def remarks(counts: Mapping[str, int]) -> list[str]:
    """What was left out without being wrong, in whole sentences."""
    said = {
        "group_numbers": lambda n: ngettext(
            "In %(num)s row the group is a number, which names none: it was left out.",
            "In %(num)s rows the group is a number, which names none: it was left out.",
            n,
        ),
        "deactivated": lambda n: ngettext(
            "%(num)s person is deactivated and was left as they are.",
            "%(num)s people are deactivated and were left as they are.",
            n,
        ),
    }
    return [str(said[code](count)) for code, count in counts.items() if code in said and count]


def by_department(record: Import) -> list[tuple[str, int]]:
    """Where cases went or would go: (name of the department, how many), most first. One statement."""
    counts = record.options.get("result", {}).get("departments", {})
    if not counts:
        return []
    rows = db.session.execute(select(Department.code, Department.name).where(Department.code.in_(counts)))
    names = dict(rows.all())
    several = [(names.get(code, code), count) for code, count in counts.items()]
    return sorted(several, key=lambda pair: -pair[1])


def agreement(record: Import) -> str:
    """How often the rules agreed with what the file expects; "" when it expects nothing."""
    result = record.options.get("result", {})
    if not result.get("compared"):
        return ""
    return _(
        "%(agreed)s of %(compared)s went where the file expects them, %(percent)s %%.",
        agreed=result["agreed"],
        compared=result["compared"],
        percent=100 * result["agreed"] // result["compared"],
    )


def undone(record: Import) -> list[str]:
    """What undoing an import did, in whole sentences."""
    counts = record.options.get("undone", {})
    said = {
        "removed": lambda n: ngettext("%(num)s row is removed.", "%(num)s rows are removed.", n),
        "withdrawn": lambda n: ngettext(
            "%(num)s case is closed as withdrawn; nobody outside sees it any more.",
            "%(num)s cases are closed as withdrawn; nobody outside sees them any more.",
            n,
        ),
        "restored": lambda n: ngettext(
            "%(num)s changed row is as it was before.", "%(num)s changed rows are as they were before.", n
        ),
        "kept": lambda n: ngettext(
            "%(num)s row stays, because somebody has used it since.",
            "%(num)s rows stay, because somebody has used them since.",
            n,
        ),
        "changed_since": lambda n: ngettext(
            "%(num)s changed row stays as it is, because somebody changed it again.",
            "%(num)s changed rows stay as they are, because somebody changed them again.",
            n,
        ),
    }
    return [str(said[code](counts[code])) for code in said if counts.get(code)]
