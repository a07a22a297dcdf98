"""What the case page says: the conversation in order, what happens next, who reads, who has had the ball."""

from collections.abc import Callable
from typing import Any

from flask import current_app
from flask_babel import gettext as _
from flask_babel import ngettext

from portal.cases import ball, permissions, words
from portal.cases.casework import grace
from portal.cases.columns import Column, column, writable
from portal.cases.history import merged, task_outcome_words, timelines
from portal.cases.models import ASKED
from portal.cases.reading import Reading
from portal.cases.seen import SeenCase
from portal.cases.talks import Duty, Talk
from portal.clock import NEVER, now
from portal.identity.viewer import Viewer
from portal.registry import registry
from portal.showing import calendar, when

on_seen: Callable[[Viewer, int], None] = lambda viewer, case_id: None  # noqa: E731 - replaced by create_app
"""What else is read with a case: the channels room marks its notices."""


def context(viewer: Viewer, seen: SeenCase, found: Reading, lane: str = "") -> dict[str, Any]:
    """All a case page draws. lane: which lane alone, "all" for everything in one timeline, "" for columns."""
    may = permissions.actions(viewer, seen)
    lines = timelines(viewer, seen, found)
    every = [column(viewer, seen, talk, lines[talk.id]) for talk in found.lanes]
    shown = _shown(every, lane)
    if not viewer.is_staff:
        shown.sort(key=lambda each: each.ours)  # first what waits for them
    main = found.lane("requester")
    promised = main.due_at if viewer.is_staff and main and main.ball == "us" else NEVER
    return {
        "case": seen,
        "kind": registry().kinds.get(seen.kind),
        "may": may,
        "mine": words.is_mine(viewer, seen),
        "holder": words.holder(viewer, seen),
        "baton": words.baton(viewer, seen),
        "promise": words.dates(viewer, seen, promised)[0],
        "promised_too": words.dates(viewer, seen, promised)[1],
        "status": words.status(viewer, seen),
        "ruler": words.ruler(viewer, seen, found.held, promised),
        "lanes": every,
        "shown": shown,
        "folded": [] if lane else [each for each in every if each not in shown],
        "lane": lane,
        "double": {each.title for each in every if sum(other.title == each.title for other in every) > 1},
        "whole": merged(found, lines) if lane == "all" else [],
        "can_write": {talk.id for talk in found.lanes if writable(seen, talk, may)},
        "releases": _can_release(viewer, found.lanes, may),
        "pending": [f"#m{said.id}" for said in found.messages if now() < said.visible_from < NEVER],
        "older": found.older,
        "facts": facts(seen) if main else [],
        "shares": shares(viewer, seen, found),
        "tasks": [duty(viewer, seen, task) for task in found.tasks],
        "steps": [] if viewer.is_staff else steps(viewer, seen),
        "why_here": registry().explain_routing(seen.routing, viewer.is_staff) if main else "",
        "why_not": {a: permissions.why(viewer, a, seen) for a in ("reply",)},
    }


MOST_BESIDE = 4
"""Lanes drawn beside each other; the others are named, with whose move it is."""


def _shown(every: list[Column], lane: str) -> list[Column]:
    """The lanes the page draws: the one that was asked for, or those where something goes on.

    Of many, the requester's and ours, and before the others those of partners and suppliers that wait for us.
    """
    chosen = [each for each in every if str(each.id) == lane]
    if chosen:
        return chosen
    asked = [each for each in every if each.kind in ASKED and each.open]
    asked.sort(key=lambda each: (not each.ours, -each.id))
    kept = {each.id for each in asked[: MOST_BESIDE - 2]}
    drawn = [each for each in every if each.kind not in ASKED or each.id in kept]
    return drawn or list(every)


def _can_release(viewer: Viewer, lanes: list[Talk], may: frozenset[str]) -> set[int]:
    """The lanes whose messages can be passed on: there is another one outside that is open."""
    open_ones = {talk.id for talk in lanes if talk.kind != "internal" and talk.state == "open"}
    if "release" not in may or not viewer.is_staff:
        return set()
    return {talk.id for talk in lanes if open_ones - {talk.id}}


def duty(viewer: Viewer, seen: SeenCase, task: Duty) -> dict[str, Any]:
    """A task as the aside draws it."""
    return {
        "id": task.id,
        "title": task.title,
        "who": f"{task.department}, {task.assignee.split()[0]}" if task.assignee else task.department,
        "open": not task.outcome,
        "until": _until(task),
        "late": not task.outcome and task.due_at < now(),
        "words": task.words,
        "may": permissions.can_finish(viewer, task) or permissions.can_cancel(viewer, task, seen),
        "outcome": task_outcome_words().get(task.outcome, ""),
    }


def _until(task: Duty) -> str:
    if task.outcome:
        return when(task.done_at)
    return "" if task.due_at == NEVER else when(task.due_at)


def told(seen: SeenCase) -> list[tuple[str, Any, Any]]:
    """(name, label, value) of what the requester told us in the form."""
    kind = registry().kinds.get(seen.kind)
    answers = {**seen.answers, **({"product": seen.product} if seen.product else {})}
    if kind is None:
        return []
    labels = kind.labels()
    return [(name, labels[name], value) for name, value in kind.facts(answers).items()]


def facts(seen: SeenCase) -> list[tuple[Any, Any]]:
    """What the requester told us in the form, as components/facts.html draws it."""
    return [(label, value) for _name, label, value in told(seen)]


def shares(viewer: Viewer, seen: SeenCase, found: Reading) -> list[dict[str, Any]]:
    """Time with each, as components/share.html draws it."""
    waits = found.waits or [(holder, "", began, ended) for holder, began, ended in found.held]
    rows, left = [], 0.0
    for holder, name, hours, per_cent in ball.shares(waits, calendar()):
        mark, side = _side(viewer, seen, holder)
        rows.append({"role": mark, "name": name or side, "x0": left, "w": per_cent, "text": duration(hours)})
        left += per_cent
    return rows


def _side(viewer: Viewer, seen: SeenCase, holder: str) -> tuple[str, str]:
    """(mark, name) of a holder whose own name is not at hand, or not for this reader."""
    if holder == "us":
        return "us", current_app.config["SITE"].name
    if holder == "requester" and viewer.is_staff:
        return "cust", seen.organization
    if holder == seen.party_role:
        return ball.MARKS[holder], viewer.organization_name
    return ball.MARKS[holder], words.third_party(holder)


def duration(hours: float) -> str:
    """Working time in words; a working day has nine hours."""
    days, rest = divmod(hours, 9)
    minutes = round(rest * 60)
    if days >= 1:
        return _("%(days)s d %(hours)s h", days=int(days), hours=int(rest))
    if minutes >= 60:
        return _("%(hours)s h %(minutes)s min", hours=minutes // 60, minutes=minutes % 60)
    return _("%(minutes)s min", minutes=minutes)


def _step(done: bool, current: bool, title: str, note: str, role: str = "us") -> dict[str, Any]:
    state = "done" if done else "now" if current else "later"
    return {"state": state, "title": title, "note": note, "role": role}


def _asked_steps(viewer: Viewer, seen: SeenCase) -> list[dict[str, Any]]:
    """What happens next, for those we asked."""
    site, closed, mine = current_app.config["SITE"].name, seen.state == "closed", words.is_mine(viewer, seen)
    until = _("until %(date)s", date=when(seen.due_at)) if mine and seen.due_at != NEVER else ""
    return [
        _step(True, False, _("%(site)s asked you", site=site), when(seen.opened_at)),
        _step(not mine, mine, _("You answer"), until, "you"),
        _step(closed, not mine and not closed, _("%(site)s looks at it", site=site), ""),
        _step(closed, False, _("The conversation is closed"), ""),
    ]


def steps(viewer: Viewer, seen: SeenCase) -> list[dict[str, Any]]:
    """What happens next, for who is outside."""
    if seen.asked:
        return _asked_steps(viewer, seen)
    closed, answered = seen.state == "closed", seen.state in ("resolved", "closed")
    working = seen.state == "open"
    waiting = words.is_mine(viewer, seen) and not answered
    until = when(seen.due_at) if seen.due_at != NEVER and not answered else ""
    return [
        _step(True, False, _("Received"), when(seen.opened_at)),
        _step(
            answered,
            not answered and not waiting,
            _("%(department)s looks at it", department=seen.department),
            (_("by %(name)s", name=seen.assignee.split()[0]) if working and seen.assignee else "")
            or (_("answer by %(date)s", date=until) if until and seen.due_at > now() else ""),
        ),
        *([_step(False, True, _("You answer our question"), _("then we go on"), "you")] if waiting else []),
        _step(answered, False, _("You get our answer"), when(seen.resolved_at) if answered else ""),
        _step(closed, answered and not closed, _("You say whether it is solved"), _("then it closes"), "you"),
    ]


def after_reply(viewer: Viewer, seen: SeenCase, talk: Talk, then: str) -> str:
    """What the notice adds after a message was sent."""
    if not viewer.is_staff:
        return _("%(name)s has it now.", name=seen.department or current_app.config["SITE"].name)
    if then == "them":
        return leaving(_("The ball is with %(name)s.", name=talk.name))
    return leaving(_("The ball stays with us."))


def leaving(after: str) -> str:
    """What a notice says while what staff sent can still be taken back, and what follows then."""
    seconds = int(grace().total_seconds())
    if not seconds:
        return after
    wait = ngettext(
        "It leaves in %(num)s second; until then you can take it back.",
        "It leaves in %(num)s seconds; until then you can take it back.",
        seconds,
    )
    return f"{wait} {after}"
