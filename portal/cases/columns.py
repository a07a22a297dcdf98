"""A lane as its reader sees it: whose it is, who reads it, whose move it is, what was said, how to write.

Staff see each lane as a column of the case; whoever is outside sees their own.
"""

from dataclasses import dataclass
from typing import Any

from flask import current_app, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from markupsafe import Markup

from portal.cases import ball
from portal.cases.models import ASKED
from portal.cases.seen import SeenCase
from portal.cases.talks import Readers, Talk
from portal.clock import NEVER, now
from portal.identity.viewer import Viewer
from portal.registry import registry
from portal.showing import day, since, when


@dataclass(frozen=True)
class Column:
    """One lane as components draw it. entries: of history.timelines.

    ours: whether it is our move there; strip: who
    will read what is written; send, write: what the button and the field say
    """

    id: int
    kind: str
    role: str
    title: str
    tag: str
    reads: str
    turn: str
    late: bool
    open: bool
    ours: bool
    confidential: bool
    facts: list[tuple[Any, Any]]
    entries: list[dict[str, Any]]
    action: str
    strip: Markup
    send: str
    write: str
    key: str
    subject: str
    until: str


def column(viewer: Viewer, seen: SeenCase, talk: Talk, entries: list[dict[str, Any]]) -> Column:
    """One lane in the viewer's words."""
    site = current_app.config["SITE"].name
    inside = talk.kind == "internal"
    name = talk.name if viewer.is_staff else site
    return Column(
        id=talk.id,
        kind=talk.kind,
        role=ball.MARKS.get(talk.kind, "us"),
        title=_("Only staff") if inside else talk.name if viewer.is_staff else talk.subject or seen.subject,
        tag=role_words().get(talk.kind, ""),
        reads=reads(viewer, seen, talk),
        turn="" if inside else turn(viewer, talk),
        late=talk.due_at < now() and talk.state == "open" and not inside,
        open=talk.state == "open",
        ours=talk.ball == "us",
        confidential=talk.confidential,
        facts=told(talk.answers),
        entries=entries,
        action=_action(seen, talk),
        strip=strip(viewer, seen, talk),
        send=_("Keep as note") if inside else _("Send to %(name)s", name=name),
        write=_("Note, only staff") if inside else _("Write to %(name)s", name=_reader(viewer, seen, talk)),
        key={"requester": "r", "internal": "n"}.get(talk.kind, ""),
        subject=talk.subject,
        until="" if talk.until == NEVER else day(talk.until),
    )


def _reader(viewer: Viewer, seen: SeenCase, talk: Talk) -> str:
    """Whom one writes to: the organization, or for the requester the department that has the case."""
    if viewer.is_staff:
        return talk.name
    return seen.department or str(current_app.config["SITE"].name)


def _action(seen: SeenCase, talk: Talk) -> str:
    if talk.kind == "internal":
        return url_for("cases.keep_note", number=seen.number)
    if talk.kind == "requester":
        return url_for("cases.write", number=seen.number)
    return url_for("cases.write", number=seen.number, lane_id=talk.id)


def role_words() -> dict[str, str]:
    """What the party of a lane is in the case."""
    return {
        "requester": _("requester"),
        "agent": _("agent"),
        "partner": _("partner"),
        "supplier": _("supplier"),
        "internal": _("internal"),
    }


def told(given: dict[str, Any]) -> list[tuple[Any, Any]]:
    """The facts that were given to a lane, labelled as the requester's form labels them.

    given: {"kind": code, "facts": [[name, words], …]}, or nothing
    """
    kind = registry().kinds.get(given.get("kind", ""))
    labels = kind.labels() if kind else {}
    return [(labels.get(name, name), value) for name, value in given.get("facts", [])]


def turn(viewer: Viewer, talk: Talk) -> str:
    """Whose move it is in the lane, until when."""
    if talk.state == "closed":
        return _("Closed")
    site = current_app.config["SITE"].name
    due = "" if talk.due_at == NEVER else when(talk.due_at)
    if viewer.is_staff:
        if talk.ball == "us":
            return _("With us, answer by %(date)s", date=due) if due else _("With us")
        name, begun = talk.name, since(talk.ball_since)
        if due:
            return _("With %(name)s since %(since)s, due %(date)s", name=name, since=begun, date=due)
        return _("With %(name)s since %(since)s", name=name, since=begun)
    if talk.ball == "us":
        return _("%(site)s has your answer", site=site)
    return _("Please answer by %(date)s", date=due) if due else _("Please answer when you can")


def names_of(readers: Readers) -> str:
    """Some names and how many more: "Ana Ferreira, Rui Matos and 3 others"."""
    names, more = ", ".join(readers.names), readers.count - len(readers.names)
    if more > 0:
        return ngettext("%(names)s and %(num)s other", "%(names)s and %(num)s others", more, names=names)
    return names


def reads(viewer: Viewer, seen: SeenCase, talk: Talk) -> str:
    """Who reads the lane, as its head says."""
    site = current_app.config["SITE"].name
    if talk.kind == "internal":
        if seen.confidential or talk.confidential:
            return _("Only %(department)s and whoever was let in", department=seen.department)
        return _("Nothing here leaves %(site)s", site=site)
    names = names_of(talk.readers)
    if viewer.is_staff:
        secret = talk.confidential or seen.confidential
        ours = _("of us only who was let in") if secret else _("staff")
        if not names:
            return _("Nobody at %(name)s can read this now; %(ours)s", name=talk.name, ours=ours)
        return _("%(names)s; %(ours)s", names=names, ours=ours)
    if not names:
        return _("Only you at %(name)s; staff of %(site)s.", name=viewer.organization_name, site=site)
    return _(
        "You, %(names)s at %(name)s; staff of %(site)s.",
        names=names,
        name=viewer.organization_name,
        site=site,
    )


def strip(viewer: Viewer, seen: SeenCase, talk: Talk) -> Markup:
    """The composer's strip: who can read what is written next, and who is told."""
    site = current_app.config["SITE"].name
    if talk.kind == "internal":
        whole = _("Only staff of %(site)s read this", site=site)
        few = _("Only %(department)s and whoever was let in read this", department=seen.department)
        return Markup("<b>{}</b>").format(few if seen.confidential or talk.confidential else whole)
    readers = talk.readers
    if not viewer.is_staff:
        return _outside_strip(viewer, seen, readers)
    if not readers.count:
        nobody = _("Nobody at %(name)s", name=talk.name)
        return Markup("<b>{}</b> {}").format(nobody, _("can read this at the moment"))
    told = ngettext("%(num)s is told", "%(num)s are told", readers.told)
    who = _("%(names)s at %(name)s", names=names_of(readers), name=talk.name)
    return Markup("<b>{}</b> {}").format(
        who, _("can read this (%(num)s); %(told)s", num=readers.count, told=told)
    )


def _outside_strip(viewer: Viewer, seen: SeenCase, readers: Readers) -> Markup:
    site = current_app.config["SITE"].name
    ours = _("%(department)s at %(site)s", department=seen.department, site=site) if seen.department else site
    if not readers.count:
        return Markup("<b>{}</b> {}").format(ours, _("will read this, nobody else at your organization"))
    others = ngettext(
        "%(num)s colleague at %(organization)s",
        "%(num)s others at %(organization)s",
        readers.count,
        organization=viewer.organization_name,
    )
    return Markup("<b>{}</b> {} <b>{}</b>").format(ours, _("will read this, and"), others)


def writable(seen: SeenCase, talk: Talk, may: frozenset[str]) -> bool:
    """Whether the viewer can write in the lane now."""
    if talk.kind == "internal":
        return "note" in may
    return talk.state == "open" and "reply" in may and (talk.kind not in ASKED or seen.state != "closed")
