"""What the case page says: the conversation in order, what happens next, who reads, who has had the ball."""

from collections.abc import Callable
from typing import Any

from flask import current_app
from flask_babel import gettext as _
from flask_babel import ngettext
from markupsafe import Markup

from portal.cases import ball, permissions, words
from portal.cases.history import timeline
from portal.cases.reading import Readers, Reading
from portal.cases.seen import SeenCase
from portal.clock import NEVER, now
from portal.identity.viewer import Viewer
from portal.registry import registry
from portal.showing import when, zone

on_seen: Callable[[Viewer, int], None] = lambda viewer, case_id: None  # noqa: E731 - replaced by create_app
"""What else is read with a case: the channels room marks its notices."""


def context(viewer: Viewer, seen: SeenCase, found: Reading) -> dict[str, Any]:
    """All a case page draws."""
    kind = registry().kinds.get(seen.kind)
    return {
        "case": seen,
        "kind": kind,
        "may": permissions.actions(viewer, seen),
        "mine": words.is_mine(viewer, seen),
        "holder": words.holder(viewer, seen),
        "baton": words.baton(viewer, seen),
        "promise": words.promise(viewer, seen),
        "status": words.status(viewer, seen),
        "ruler": words.ruler(viewer, seen, found.held),
        "timeline": timeline(viewer, seen, found, "requester"),
        "inside": timeline(viewer, seen, found, "internal") if viewer.is_staff else [],
        "older": found.older,
        "readers": readers_words(viewer, seen, found.readers),
        "who_reads": who_reads(viewer, seen, found.readers),
        "facts": facts(seen),
        "shares": shares(viewer, seen, found),
        "steps": [] if viewer.is_staff else steps(viewer, seen),
        "why_here": registry().explain_routing(seen.routing, viewer.is_staff),
        "why_not": {a: permissions.why(viewer, a, seen) for a in ("reply",)},
    }


def readers_words(viewer: Viewer, seen: SeenCase, readers: Readers) -> Markup:
    """The composer's strip: who will read what is written next."""
    strong = Markup("<b>{}</b>").format
    if viewer.is_staff:
        if not readers.count:
            nobody = _("Nobody at %(organization)s", organization=seen.organization)
            return Markup("{} {}").format(strong(nobody), _("can read this at the moment"))
        everybody = strong(
            ngettext(
                "One person at %(organization)s",
                "%(num)s people at %(organization)s",
                readers.count,
                organization=seen.organization,
            )
        )
        told = ngettext("%(num)s is told", "%(num)s are told", readers.told)
        return Markup("{} {}").format(everybody, _("can read this; %(told)s", told=told))
    ours = strong(
        _("%(department)s at %(site)s", department=seen.department, site=current_app.config["SITE"].name)
    )
    if not readers.count:
        return Markup("{} {}").format(ours, _("will read this, nobody else at your organization"))
    others = strong(
        ngettext(
            "one colleague at %(organization)s",
            "%(num)s others at %(organization)s",
            readers.count,
            organization=viewer.organization_name,
        )
    )
    return Markup("{} {} {}").format(ours, _("will read this, and"), others)


def who_reads(viewer: Viewer, seen: SeenCase, readers: Readers) -> str:
    """The aside's sentence, with names as far as they fit."""
    site = current_app.config["SITE"].name
    more = readers.count - len(readers.names)
    names = ", ".join(readers.names)
    if more > 0:
        names = ngettext("%(names)s and %(num)s other", "%(names)s and %(num)s others", more, names=names)
    if viewer.is_staff:
        if not names:
            return _("Nobody outside reads it.")
        return _(
            "%(names)s at %(organization)s; staff of %(site)s.",
            names=names,
            organization=seen.organization,
            site=site,
        )
    if not names:
        return _(
            "Only you at %(organization)s; staff of %(site)s.",
            organization=viewer.organization_name,
            site=site,
        )
    return _(
        "You, %(names)s at %(organization)s; staff of %(site)s.",
        names=names,
        organization=viewer.organization_name,
        site=site,
    )


def facts(seen: SeenCase) -> list[tuple[Any, Any]]:
    """What the requester told us in the form."""
    kind = registry().kinds.get(seen.kind)
    answers = dict(seen.answers)
    if seen.product:
        answers["product"] = seen.product
    return kind.facts(answers) if kind else []


def shares(viewer: Viewer, seen: SeenCase, found: Reading) -> list[dict[str, Any]]:
    """Time with each, as components/share.html draws it."""
    rows, left = [], 0.0
    for holder, hours, per_cent in ball.shares(found.held, zone()):
        mark, name = _side(viewer, seen, holder)
        rows.append({"role": mark, "name": name, "x0": left, "w": per_cent, "text": duration(hours)})
        left += per_cent
    return rows


def _side(viewer: Viewer, seen: SeenCase, holder: str) -> tuple[str, str]:
    if holder == "us":
        return "us", current_app.config["SITE"].name
    if holder == "requester":
        return "cust", seen.organization if viewer.is_staff else viewer.organization_name
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


def steps(viewer: Viewer, seen: SeenCase) -> list[dict[str, Any]]:
    """What happens next, for the requester."""
    closed, answered = seen.state == "closed", seen.state in ("resolved", "closed")
    working = seen.state == "open"
    waiting = words.is_mine(viewer, seen) and not answered

    def step(done: bool, current: bool, title: str, note: str, role: str = "us") -> dict[str, Any]:
        state = "done" if done else "now" if current else "later"
        return {"state": state, "title": title, "note": note, "role": role}

    until = when(seen.due_at) if seen.due_at != NEVER and not answered else ""
    return [
        step(True, False, _("Received"), when(seen.opened_at)),
        step(
            answered,
            not answered and not waiting,
            _("%(department)s looks at it", department=seen.department),
            (_("by %(name)s", name=seen.assignee.split()[0]) if working and seen.assignee else "")
            or (_("answer by %(date)s", date=until) if until and seen.due_at > now() else ""),
        ),
        *([step(False, True, _("You answer our question"), _("then we go on"), "you")] if waiting else []),
        step(answered, False, _("You get our answer"), when(seen.resolved_at) if answered else ""),
        step(closed, answered and not closed, _("You say whether it is solved"), _("then it closes"), "you"),
    ]


def after_reply(viewer: Viewer, seen: SeenCase, then: str) -> str:
    """What the notice adds after a message went out."""
    if not viewer.is_staff:
        return _("%(department)s has it now.", department=seen.department)
    if then == "requester":
        return _("The ball is with %(name)s.", name=seen.organization)
    return _("The ball stays with us.")


def explanation(viewer: Viewer, seen: SeenCase) -> dict[str, Any]:
    """For the page that explains: each action with its sentence, and the routing rule by rule."""
    names = {
        "reply": _("Answer the requester"),
        "note": _("Keep a note"),
        "assign": _("Assign"),
        "hand_over": _("Hand over"),
        "resolve": _("Answer and finish"),
        "close": _("Close"),
        "accept": _("Accept the answer"),
        "reopen": _("Reopen"),
        "narrow": _("Change who reads it"),
    }
    inside = {"note", "assign", "hand_over", "resolve", "close"}
    outside = {"accept", "narrow"}
    shown = {a: n for a, n in names.items() if a not in (outside if viewer.is_staff else inside)}
    return {
        "case": seen,
        "actions": [
            (name, permissions.can(viewer, action, seen), permissions.why(viewer, action, seen))
            for action, name in shown.items()
        ],
        "why_here": registry().explain_routing(seen.routing, viewer.is_staff),
        "passed": registry().passed_over(seen.routing) if viewer.is_staff else [],
        "sees": _sees(viewer, seen),
    }


def _sees(viewer: Viewer, seen: SeenCase) -> str:
    if viewer.is_staff:
        if seen.confidential:
            return _("You see this confidential case because your department or you were let in.")
        return _("You see this case because staff see every case that is not confidential.")
    if viewer.manager:
        return _("You see this case because you manage %(name)s, who sent it.", name=viewer.organization_name)
    if seen.participant:
        return _("You see this case because you take part in it.")
    return _(
        "You see this case because %(name)s sent it and lets its people see each other's.",
        name=viewer.organization_name,
    )
