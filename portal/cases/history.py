"""The conversation of a case in its reader's words: messages and what happened, oldest first."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import current_app, url_for
from flask_babel import gettext as _

from portal.cases import ball
from portal.cases.reading import Happened, Reading, Said
from portal.cases.seen import SeenCase
from portal.clock import NEVER
from portal.identity.viewer import Viewer, initials
from portal.registry import registry
from portal.showing import day, paragraphs


@dataclass(frozen=True)
class Line:
    """One line of what happened."""

    icon: str
    text: str
    at: datetime
    why: str = ""


def timeline(viewer: Viewer, seen: SeenCase, found: Reading, kind: str) -> list[dict[str, Any]]:
    """Messages and events of one lane, oldest first: {"message": …} or {"event": Line}."""
    lane = found.lanes.get(kind)
    if lane is None:
        return []
    first = (
        found.messages[0].at if found.older and found.messages else datetime.min.replace(tzinfo=NEVER.tzinfo)
    )
    entries: list[tuple[datetime, int, dict[str, Any]]] = [
        (said.at, 0, {"message": message(viewer, seen, said)})
        for said in found.messages
        if said.lane_id == lane.id
    ]
    for event in found.events:
        inside = event.lane_id == lane.id or (event.lane_id is None and kind == "internal")
        line = event_line(viewer, seen, event) if inside and event.at >= first else None
        if line is not None:
            entries.append((event.at, 1, {"event": line}))
    return [entry for _at, _order, entry in sorted(entries, key=lambda entry: entry[:2])]


def message(viewer: Viewer, seen: SeenCase, said: Said) -> dict[str, Any]:
    """One message as components/message.html draws it."""
    role = "us" if said.ours else ball.MARKS[seen.party_role or "requester"]
    foreign = said.language and said.language != viewer.language and viewer.language
    return {
        "id": said.id,
        "initials": initials(said.author),
        "role": role,
        "author_name": said.author,
        "author_note": _author_note(viewer, said),
        "at": said.at,
        "mine": said.author_id == viewer.membership_id,
        "html": paragraphs(said.body),
        "language": said.language if foreign else None,
        "attachments": [_file(seen, sent) for sent in said.files],
    }


def _author_note(viewer: Viewer, said: Said) -> str:
    """Where the author works, unless the reader knows from where the message stands."""
    if viewer.is_staff:
        return "" if said.ours else said.organization
    return current_app.config["SITE"].name if said.ours else said.organization


def _file(seen: SeenCase, sent: Any) -> dict[str, Any]:
    kinds = {"application/pdf": "pdf", "application/zip": "archive", "text/csv": "table"}
    shown = "image" if sent.media_type.startswith("image/") else kinds.get(sent.media_type, "document")
    preview = url_for("cases.preview", number=seen.number, key=sent.id) if sent.preview else None
    return {
        "name": sent.name,
        "size": sent.size,
        "kind": shown,
        "url": url_for("cases.file", number=seen.number, key=sent.id),
        "preview_url": preview,
    }


def event_line(viewer: Viewer, seen: SeenCase, event: Happened) -> Line | None:
    """An event in the reader's words; None for what its message already says."""
    who = _("You") if event.actor_id == viewer.membership_id else event.actor
    if event.verb == "opened":
        return _opened(viewer, seen, event)
    said = _event_words(viewer, event, who)
    if said is None:
        return None
    icon, text = said
    return Line(icon, text, event.at)


def _opened(viewer: Viewer, seen: SeenCase, event: Happened) -> Line:
    department = seen.routing.get("department_name", seen.department)
    promised = event.facts.get("promised")
    text = _("Went to %(department)s.", department=department)
    if promised:
        text = _(
            "Went to %(department)s, answer promised by %(date)s.",
            department=department,
            date=day(datetime.fromisoformat(promised)),
        )
    return Line("signpost-split", text, event.at, registry().explain_routing(seen.routing, viewer.is_staff))


# icons: signpost-split person arrow-left-right chat-left-text check2 check2-circle lock
# icons: arrow-counterclockwise eye-slash eye
def _event_words(viewer: Viewer, event: Happened, who: str) -> tuple[str, str] | None:
    if event.verb == "assigned":
        if not event.facts.get("after"):
            return "person", _("%(who)s put it back: it is nobody's now", who=who)
        if event.facts["after"] == event.actor_id:
            return "person", _("%(who)s took it", who=who)
        return "person", _("%(who)s gave it to %(target)s", who=who, target=event.target)
    if event.verb == "handed_over":
        if viewer.is_staff:
            return "arrow-left-right", _("%(who)s handed it over to %(target)s", who=who, target=event.target)
        return "arrow-left-right", _("%(target)s has it now", target=event.target)
    if event.verb == "reasoned":
        return "chat-left-text", _("%(who)s gave a reason: %(words)s", who=who, words=event.words)
    if event.verb == "resolved" and viewer.is_staff:
        outcome = outcome_words().get(event.facts.get("outcome", ""), "")
        return "check2", _("%(who)s answered it: %(outcome)s", who=who, outcome=outcome)
    simple = {
        "resolved": ("check2", _("%(who)s says this answers it", who=who)),
        "accepted": ("check2-circle", _("%(who)s accepted the answer", who=who)),
        "closed": ("lock", _("%(who)s closed the case", who=who)),
        "ran_out": ("lock", _("Closed by itself 14 days after the answer")),
        "reopened": ("arrow-counterclockwise", _("%(who)s reopened the case", who=who)),
        "narrowed": ("eye-slash", _("%(who)s let only managers and those who take part read it", who=who)),
        "widened": ("eye", _("%(who)s let the whole organization read it", who=who)),
    }
    return simple.get(event.verb)


def outcome_words() -> dict[str, str]:
    """The codes of models.OUTCOMES as they stand in a sentence."""
    return {
        "solved": _("solved"),
        "refused": _("refused"),
        "withdrawn": _("withdrawn"),
        "no_answer": _("no answer"),
        "duplicate": _("duplicate"),
    }
