"""Why somebody sees a case and may do what they may, who else sees it, and why it went where it went."""

from typing import Any

from flask import current_app
from flask_babel import gettext as _

from portal.cases import ball, permissions
from portal.cases.columns import role_words
from portal.cases.looking import LetIn, Reader
from portal.cases.seen import SeenCase
from portal.cases.talks import Talk
from portal.clock import NEVER, now
from portal.identity.viewer import Viewer
from portal.registry import registry
from portal.showing import when


def sight(
    viewer: Viewer, seen: SeenCase, lanes: list[Talk], let_in: list[LetIn], readers: list[Reader]
) -> list[dict[str, Any]]:
    """By lane: who was let in (who, since, until, why) and which people outside can read it now, and why."""
    shown = []
    for lane in lanes:
        grants = [_grant(viewer, each) for each in let_in if each.lane_id == lane.id]
        people = [
            {"name": each.name, "place": each.organization, "why": reader_words(each)}
            for each in readers
            if each.lane_id == lane.id
        ]
        shown.append(
            {
                "title": _lane_title(viewer, seen, lane),
                "role": ball.MARKS.get(lane.kind, "us"),
                "tag": role_words().get(lane.kind, ""),
                "open_to_staff": viewer.is_staff and not (lane.confidential or seen.confidential),
                "grants": grants,
                "people": people,
            }
        )
    return shown


def _lane_title(viewer: Viewer, seen: SeenCase, lane: Talk) -> str:
    if lane.kind == "internal":
        return _("Only staff")
    return lane.name if viewer.is_staff else lane.subject or seen.subject


def _grant(viewer: Viewer, each: LetIn) -> dict[str, Any]:
    moment = now()
    if each.ends_at <= moment:
        until = _("ended %(date)s", date=when(each.ends_at))
    else:
        until = _("no end") if each.ends_at == NEVER else when(each.ends_at)
    return {
        "who": each.who,
        "since": when(each.begins_at),
        "until": until,
        "over": each.ends_at <= moment,
        "why": grant_words(each),
        "by": each.given_by if viewer.is_staff else "",
    }


def grant_words(each: LetIn) -> str:
    """Why somebody was let in."""
    words = {
        "requester": _("sent it"),
        "owner": _("has the case"),
        "helper": _("helps with the case"),
        "hand_over": _("it was handed over to them"),
        "asked": _("was asked"),
        "task": _("owes a task: %(title)s", title=each.task),
        "let_in": _("was let in by name"),
    }
    return words.get(each.because, each.because)


def reader_words(each: Reader) -> str:
    """Why a person of an organization that was let in can read."""
    return {
        "manages": _("manages %(name)s", name=each.organization),
        "takes_part": _("takes part"),
        "reads_all": _("may read all cases of %(name)s", name=each.organization),
    }[each.why]


def explanation(viewer: Viewer, seen: SeenCase, whole: bool) -> dict[str, Any]:
    """For the page that explains: each action with its sentence, and the routing rule by rule.

    whole: whether they read the requester's lane
    """
    names = {
        "reply": _("Write to the other side"),
        "note": _("Keep a note"),
        "assign": _("Assign"),
        "hand_over": _("Hand over"),
        "ask": _("Ask a partner or supplier"),
        "release": _("Pass a message on"),
        "steer": _("Change dates, end access, correct the ball"),
        "task": _("Ask a department for a task"),
        "seal": _("Make it confidential, or open it"),
        "let_in": _("Let a colleague in"),
        "resolve": _("Answer and finish"),
        "close": _("Close"),
        "accept": _("Accept the answer"),
        "reopen": _("Reopen"),
        "narrow": _("Change who reads it"),
    }
    outside = {"accept", "narrow"}
    inside = set(names) - outside - {"reply", "reopen"}
    if seen.asked:
        inside = set(names) - {"reply"}
    shown = {a: n for a, n in names.items() if a not in (outside if viewer.is_staff else inside)}
    return {
        "case": seen,
        "actions": [
            (name, permissions.can(viewer, action, seen), permissions.why(viewer, action, seen))
            for action, name in shown.items()
        ],
        "why_here": registry().explain_routing(seen.routing, viewer.is_staff) if whole else "",
        "passed": registry().passed_over(seen.routing) if viewer.is_staff and whole else [],
        "sees": _sees(viewer, seen),
    }


def _sees(viewer: Viewer, seen: SeenCase) -> str:
    if viewer.is_staff:
        if seen.confidential:
            return _("You see this confidential case because your department or you were let in.")
        return _("You see this case because staff see every case that is not confidential.")
    if seen.asked:
        site = current_app.config["SITE"].name
        return _(
            "You see this because %(site)s asked %(name)s, and your side lets you read it.",
            site=site,
            name=viewer.organization_name,
        )
    if viewer.manager:
        return _("You see this case because you manage %(name)s, who sent it.", name=viewer.organization_name)
    if seen.participant:
        return _("You see this case because you take part in it.")
    return _(
        "You see this case because %(name)s sent it and lets its people see each other's.",
        name=viewer.organization_name,
    )
