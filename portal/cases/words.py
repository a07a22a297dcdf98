"""A case in its reader's words: who has the ball, what the status means, what happened.

Outsiders never meet the name of a third party here: they are "the manufacturer" and "the service partner".
"""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from flask import current_app, url_for
from flask_babel import format_datetime, ngettext
from flask_babel import gettext as _

from portal.cases import ball
from portal.cases.lists import Row
from portal.cases.models import ASKED
from portal.cases.seen import SeenCase
from portal.clock import NEVER, now
from portal.identity.viewer import Viewer, initials
from portal.registry import registry
from portal.showing import calendar, day, patterns, since, when

Readable = Row | SeenCase


@dataclass(frozen=True)
class Shown:
    """One row of a list as components/rows.html draws it."""

    number: str
    url: str
    subject: str
    meta: str
    line: ball.Line
    holder_role: str
    holder: str
    since_text: str
    until_text: str
    until_class: str
    until_note: str
    action_label: str | None
    mine: bool
    unread: bool
    owner_initials: str
    owner_name: str


def own_role(viewer: Viewer, case: Readable) -> str:
    """The role of models.BALLS whose move is the viewer's own; "" for none."""
    if viewer.is_staff:
        return ""
    return case.party_role if isinstance(case, SeenCase) else case.role


def is_mine(viewer: Viewer, case: Readable) -> bool:
    """Whether the viewer is the one who must act next."""
    if viewer.is_staff:
        return owner_acts(case) and case.assignee_id == viewer.membership_id
    return case.ball == own_role(viewer, case) and case.state != "closed"


def owner_acts(case: Readable) -> bool:
    """For staff: whether the department that has the case must act next, and nobody it waits for."""
    return case.ball == "us" and case.ball_name in ("", case.department)


def holder(viewer: Viewer, case: Readable) -> tuple[str, str]:
    """(mark, name) of who must act next, as this reader may know them."""
    if case.ball == "nobody":
        return "us", _("Closed")
    if is_mine(viewer, case):
        return "you", _("You")
    if case.ball == "us":
        return "us", _our_side(viewer, case)
    if viewer.is_staff:
        unnamed = third_party(case.ball) if case.ball in ASKED else case.organization
        return ball.MARKS[case.ball], case.ball_name or unnamed
    return ball.MARKS[case.ball], third_party(case.ball)


def _our_side(viewer: Viewer, case: Readable) -> str:
    if not viewer.is_staff:
        return " · ".join(filter(None, (current_app.config["SITE"].name, case.department)))
    if not owner_acts(case):
        return case.ball_name
    return f"{case.department}, {case.assignee.split()[0]}" if case.assignee else case.department


def third_party(role: str) -> str:
    """How an outsider hears of another one: by what they do, never by name."""
    third = {"supplier": _("Manufacturer"), "partner": _("Service partner"), "agent": _("Service partner")}
    return third.get(role, _("The customer"))


def due_words(case: Readable) -> tuple[str, str]:
    """(words, class) of the date: "2 days late", "today, 17:00", "Fri 20 Nov"."""
    if case.due_at == NEVER or case.state == "closed":
        return "", ""
    left = case.due_at - now()
    if left.total_seconds() < 0:
        days, hours = -left.days - 1, int(-left.total_seconds() // 3600)
        if days >= 1:
            return ngettext("%(num)s day late", "%(num)s days late", days), "late"
        return ngettext("%(num)s hour late", "%(num)s hours late", max(hours, 1)), "late"
    return (when(case.due_at), "soon") if left.days < 1 else (day(case.due_at), "")


def status(viewer: Viewer, case: Readable) -> str:
    """What is going on, in one sentence of the reader's own."""
    if case.state == "closed":
        return _("Closed")
    if viewer.is_staff:
        return _staff_status(case)
    if own_role(viewer, case) in ASKED:
        return _asked_status(viewer, case)
    if case.state == "resolved":
        return _("Answered: tell us whether it is solved")
    if is_mine(viewer, case):
        return _("We need something from you")
    return _waiting_status(case)


def _asked_status(viewer: Viewer, case: Readable) -> str:
    site = current_app.config["SITE"].name
    mine = is_mine(viewer, case)
    return _("%(site)s asks you", site=site) if mine else _("%(site)s has your answer", site=site)


def _waiting_status(case: Readable) -> str:
    if case.ball == "supplier":
        return _("We are clarifying this with the manufacturer")
    if case.ball in ("partner", "agent"):
        return _("Our service partner is working on it")
    if case.state == "new":
        return _("We have it, %(department)s looks at it next", department=case.department)
    return _("%(department)s is working on it", department=case.department)


def _staff_status(case: Readable) -> str:
    words = {"new": _("New"), "open": _("Open"), "resolved": _("Answered, waits for their word")}
    return words[case.state]


def line_of(viewer: Viewer, case: Readable, held: ball.Held, far: datetime = NEVER) -> ball.Line:
    """The ball line of a case in list size, with the reader's own turns marked as theirs."""
    mine = own_role(viewer, case) or ("us" if is_mine(viewer, case) else "")
    return ball.line(held, case.opened_at, case.due_at, case.state == "closed", mine, calendar(), far)


def row(viewer: Viewer, found: Row) -> Shown:
    """A row of a list in the viewer's words."""
    mark, name = holder(viewer, found)
    until, until_class = due_words(found)
    mine = is_mine(viewer, found)
    label = registry().label(found.kind)
    if viewer.is_staff:
        meta = " · ".join(filter(None, (found.organization, label, _("high") if found.priority else "")))
    else:
        meta = " · ".join(filter(None, (label, status(viewer, found))))
    return Shown(
        number=found.number,
        url=url_for("cases.case", number=found.number),
        subject=found.subject,
        meta=meta,
        line=line_of(viewer, found, found.held),
        holder_role=mark,
        holder=name,
        since_text=_("since %(when)s", when=since(found.ball_since)) if found.ball != "nobody" else "",
        until_text=_until(viewer, found, until, mine)
        or (_("no date") if found.state != "closed" else day(found.activity_at)),
        until_class=until_class,
        until_note="" if viewer.is_staff or not until or mine else _("our answer"),
        action_label=_action(found) if mine and not viewer.is_staff else None,
        mine=mine,
        unread=found.unread,
        owner_initials=initials(found.assignee) if found.assignee else "",
        owner_name=found.assignee,
    )


def _until(viewer: Viewer, found: Row, until: str, mine: bool) -> str:
    """The date of a row: what is asked of the reader gets the word that says so."""
    if viewer.is_staff or not mine or found.due_at < now():
        return until
    if not until:
        return _("whenever you like")
    if found.state == "resolved":
        return _("closes by itself %(date)s", date=until)
    return _("until %(date)s", date=until)


def _action(found: Row) -> str:
    return _("Say if it is solved") if found.state == "resolved" else _("Answer")


def ruler(viewer: Viewer, case: SeenCase, held: ball.Held, promised: datetime = NEVER) -> ball.Line:
    """The line at the head of a case: days, names, dates, and one sentence for those who hear it.

    promised: for staff, when the requester gets our answer, if that is another date than the next one.
    """
    closed = case.state == "closed"
    far = promised if case.due_at < promised < NEVER and not closed else NEVER
    plain = line_of(viewer, case, held, far)
    scale = ball.scale(case.opened_at, case.due_at if far == NEVER else far, held, closed, calendar())
    ticks = ball.ticks(scale, _tick_label)
    mark, name = holder(viewer, case)
    dues = []
    if plain.due is not None:
        text = _("our answer") if not viewer.is_staff and not is_mine(viewer, case) else _("due")
        if viewer.is_staff and promised == case.due_at and not owner_acts(case):
            text = _("promised to %(name)s", name=case.organization)
        dues = [(plain.due, text, "end" if plain.due > 50 else "start")]
    if far != NEVER:
        at = scale.at(far)
        crowded = plain.due is not None and at - plain.due < 2 * ROOM
        dues = [(x, "" if crowded else text, anchor) for x, text, anchor in dues]
        dues.append((at, _("promised to %(name)s", name=case.organization), "end"))
    return replace(
        plain,
        sentence=baton(viewer, case),
        labels=[] if plain.closed else _holder_label(plain, mark, name),
        ticks=[(x, "" if abs(x - plain.now) < ROOM / 3 else text) for x, text in ticks],
        dues=dues,
    )


ROOM = 24
"""Per cent of the ruler that two words beside each other need."""


def _holder_label(line: ball.Line, mark: str, name: str) -> list[tuple[str, float, str, str]]:
    """The holder's name above their stretch, or above now, or nowhere when the due date's word is there."""
    begins = line.segments[-1][1]
    if line.due is None or line.due < begins - ROOM:
        return [(mark, begins, name, "start")]
    room = line.due - begins - (ROOM if line.due > 50 else 0)
    if room > ROOM:
        return [(mark, begins, name, "start")]
    if line.now - line.due > 2 * ROOM:
        return [(mark, line.now, name, "end")]
    return []


def _tick_label(moment: Any, span_days: float) -> str:
    return str(format_datetime(moment, "EEE d" if span_days < 12 else patterns()[2])).rstrip(".")


def dates(viewer: Viewer, case: SeenCase, promised: datetime) -> tuple[str, str]:
    """(until when the holder acts, what the requester was promised) in sentences, each "" when there is none.

    promised: for staff, when the requester gets our answer; while it is our own move the two are one date.
    """
    own = promise(viewer, case)
    if not viewer.is_staff or case.state == "closed" or promised == NEVER:
        return own, ""
    if promised == case.due_at and owner_acts(case):
        return own, ""
    theirs = _("%(name)s was promised our answer by %(date)s.", name=case.organization, date=when(promised))
    return "" if promised == case.due_at else own, theirs


def baton(viewer: Viewer, case: SeenCase) -> str:
    """The ball in one sentence: who, since when, until when."""
    if case.ball == "nobody":
        return _("This case is closed.")
    _mark, name = holder(viewer, case)
    begun = since(case.ball_since)
    if is_mine(viewer, case):
        said = _("It is your move since %(since)s.", since=begun)
    elif viewer.is_staff:
        said = _("%(name)s has the ball since %(since)s.", name=name, since=begun)
    else:
        said = _("%(name)s has it since %(since)s.", name=name, since=begun)
    return f"{said} {promise(viewer, case)}".strip()


def promise(viewer: Viewer, case: SeenCase) -> str:
    """Until when, in words; "" without a date."""
    if case.due_at == NEVER or case.state == "closed":
        return ""
    date = when(case.due_at)
    late = case.due_at < now()
    if viewer.is_staff:
        return _("It was due %(date)s.", date=date) if late else _("Due %(date)s.", date=date)
    if case.state == "resolved":
        return _("It closes by itself on %(date)s.", date=day(case.due_at))
    if own_role(viewer, case) in ASKED:
        return _("Please answer by %(date)s.", date=date) if is_mine(viewer, case) else ""
    if is_mine(viewer, case):
        return _("We wait until %(date)s.", date=date)
    return (
        _("Our answer was promised for %(date)s; we are late.", date=date)
        if late
        else _("You get our answer by %(date)s.", date=date)
    )
