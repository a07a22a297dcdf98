"""The conversation of a case in its reader's words: messages and what happened, oldest first."""

from dataclasses import dataclass
from datetime import UTC, datetime
from operator import itemgetter
from typing import Any

from flask import current_app, url_for
from flask_babel import gettext as _

from portal.cases import ball
from portal.cases.reading import Happened, Reading, Said
from portal.cases.seen import SeenCase
from portal.clock import NEVER, now
from portal.identity.viewer import Viewer, initials
from portal.registry import registry
from portal.showing import day, paragraphs

BEGINNING = datetime.min.replace(tzinfo=UTC)
ORDER = itemgetter(0, 1)


@dataclass(frozen=True)
class Line:
    """One line of what happened."""

    icon: str
    text: str
    at: datetime
    why: str = ""

    def __getitem__(self, name: str) -> Any:
        return getattr(self, name)


def timelines(viewer: Viewer, seen: SeenCase, found: Reading) -> dict[int, list[dict[str, Any]]]:
    """By lane: messages and events, oldest first, each {"message": …} or {"event": Line}."""
    first = found.messages[0].at if found.older and found.messages else BEGINNING
    inside = found.lane("internal")
    inside_id = inside.id if inside else None
    titles = {task.id: task.title for task in found.tasks}
    entries: dict[int, list[tuple[datetime, int, dict[str, Any]]]] = {lane.id: [] for lane in found.lanes}
    for said in found.messages:
        if said.lane_id in entries:
            entries[said.lane_id].append((said.at, 0, {"message": message(viewer, seen, found, said)}))
    for event in found.events:
        lane_id = event.lane_id if event.lane_id is not None else inside_id
        if lane_id is None or lane_id not in entries or event.at < first:
            continue
        line = event_line(viewer, seen, event, titles)
        if line is not None:
            entries[lane_id].append((event.at, 1, {"event": line}))
    ordered = {lane: [e for _at, _order, e in sorted(of, key=ORDER)] for lane, of in entries.items()}
    if not viewer.is_staff:
        _renumber(ordered)
    return ordered


def _renumber(lines: dict[int, list[dict[str, Any]]]) -> None:
    """Outside, messages are counted by their place: their ids would tell how much is said elsewhere."""
    said = [entry["message"] for of in lines.values() for entry in of if "message" in entry]
    for place, message in enumerate(said, 1):
        message["id"] = place


def merged(found: Reading, lines: dict[int, list[dict[str, Any]]]) -> list[dict[str, Any]]:
    """Everything in one timeline, oldest first; each entry names its lane."""
    names = {
        lane.id: {"role": ball.MARKS.get(lane.kind, "us"), "name": lane.name or _("Only staff")}
        for lane in found.lanes
    }
    every = [{**entry, "lane": names[lane_id]} for lane_id, of in lines.items() for entry in of]
    return sorted(every, key=lambda entry: (entry.get("event") or entry["message"])["at"])


def message(viewer: Viewer, seen: SeenCase, found: Reading, said: Said) -> dict[str, Any]:
    """One message as components/message.html draws it."""
    kinds = {lane.id: lane.kind for lane in found.lanes}
    kind = kinds.get(said.lane_id, "requester")
    foreign = said.language and said.language != viewer.language and viewer.language
    waiting = now() < said.visible_from < NEVER
    return {
        "id": said.id,
        "initials": initials(said.author),
        "role": "us" if said.ours else ball.MARKS.get(seen.party_role or kind, "us"),
        "lane_role": ball.MARKS.get(kind, "us"),
        "author_name": said.author,
        "author_note": _author_note(viewer, said),
        "at": said.at,
        "mine": said.author_id == viewer.membership_id,
        "html": paragraphs(said.body),
        "language": said.language if foreign else None,
        "attachments": [_file(seen, sent) for sent in said.files],
        "pending_until": said.visible_from if waiting else None,
        "undo_url": url_for("cases.take_back", number=seen.number, message_id=said.id) if waiting else None,
        "taken_back": said.visible_from == NEVER,
        "release_url": _release_url(viewer, seen, said, kind),
        "released": _released(found, said) if viewer.is_staff else [],
    }


def _release_url(viewer: Viewer, seen: SeenCase, said: Said, kind: str) -> str | None:
    """Where staff pass on what somebody outside wrote, or a note."""
    if viewer.is_staff and (not said.ours or kind == "internal"):
        return url_for("cases.release", number=seen.number, message_id=said.id)
    return None


def _released(found: Reading, said: Said) -> list[tuple[str, str]]:
    """For staff, (words, address) of where a message came from and where it went, as far as they read it."""
    names = {lane.id: lane.name or _("only staff") for lane in found.lanes}
    links = []
    if said.released_from and said.released_from[1] in names:
        key, lane = said.released_from
        links.append((_("Released from %(name)s", name=names[lane]), f"#m{key}"))
    links += [
        (_("Released to %(name)s", name=names.get(other.lane_id, "")), f"#m{other.id}")
        for other in found.messages
        if other.released_from and other.released_from[0] == said.id and other.visible_from < NEVER
    ]
    return links


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


def event_line(
    viewer: Viewer, seen: SeenCase, event: Happened, titles: dict[int, str] | None = None
) -> Line | None:
    """An event in the reader's words; None for what its message already says. titles: of tasks, by id."""
    who = _("You") if event.actor_id == viewer.membership_id else event.actor
    if event.verb == "opened":
        return _opened(viewer, seen, event)
    said = _event_words(viewer, event, who)
    if said is None:
        return None
    icon, text = said
    title = (titles or {}).get(event.facts.get("task", 0))
    return Line(icon, f"{text} · {title}" if title else text, event.at)


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


# icons: signpost-split person arrow-left-right chat-left-text check2 check2-circle lock person-plus
# icons: arrow-counterclockwise eye-slash eye list-check calendar-event door-closed unlock hand-index
def _event_words(viewer: Viewer, event: Happened, who: str) -> tuple[str, str] | None:
    if event.verb == "assigned":
        return "person", _assigned(event, who)
    if event.verb == "handed_over":
        if viewer.is_staff:
            return "arrow-left-right", _("%(who)s handed it over to %(target)s", who=who, target=event.target)
        return "arrow-left-right", _("%(target)s has it now", target=event.target)
    if event.verb == "reasoned":
        return "chat-left-text", _("%(who)s gave a reason: %(words)s", who=who, words=event.words)
    if event.verb == "resolved" and viewer.is_staff:
        outcome = outcome_words().get(event.facts.get("outcome", ""), "")
        return "check2", _("%(who)s answered it: %(outcome)s", who=who, outcome=outcome)
    if event.verb == "rescheduled":
        return "calendar-event", _rescheduled(event, who)
    simple = {**_ends(who), **_inside(event, who)}
    return simple.get(event.verb)


def _assigned(event: Happened, who: str) -> str:
    if not event.facts.get("after"):
        return _("%(who)s put it back: it is nobody's now", who=who)
    if event.facts["after"] == event.actor_id:
        return _("%(who)s took it", who=who)
    return _("%(who)s gave it to %(target)s", who=who, target=event.target)


def _rescheduled(event: Happened, who: str) -> str:
    after = event.facts.get("after")
    if not after:
        return _("%(who)s took the date away", who=who)
    return _("%(who)s set the date: answer by %(date)s", who=who, date=day(datetime.fromisoformat(after)))


def _ends(who: str) -> dict[str, tuple[str, str]]:
    """What everybody in the lane reads."""
    return {
        "resolved": ("check2", _("%(who)s says this answers it", who=who)),
        "accepted": ("check2-circle", _("%(who)s accepted the answer", who=who)),
        "closed": ("lock", _("%(who)s closed the case", who=who)),
        "ran_out": ("lock", _("Closed by itself 14 days after the answer")),
        "reopened": ("arrow-counterclockwise", _("%(who)s reopened the case", who=who)),
        "narrowed": ("eye-slash", _("%(who)s let only managers and those who take part read it", who=who)),
        "widened": ("eye", _("%(who)s let the whole organization read it", who=who)),
        "lane_closed": ("lock", _("%(who)s closed the conversation", who=who)),
        "all_done": ("lock", _("Closed by itself: the answer was accepted and nothing else is open")),
    }


def _inside(event: Happened, who: str) -> dict[str, tuple[str, str]]:
    """What staff alone read."""
    outcome = task_outcome_words().get(event.facts.get("outcome", ""), "")
    asked = _("%(who)s asked %(target)s for a task", who=who or _("A rule"), target=event.target)
    return {
        "revoked": ("door-closed", _("%(who)s ended their access", who=who)),
        "expired": ("door-closed", _("Their access ended, as agreed")),
        "task_opened": ("list-check", asked),
        "task_done": (
            "list-check",
            _("%(who)s, %(target)s: %(outcome)s", who=who, target=event.target, outcome=outcome),
        ),
        "sealed": ("lock", _("%(who)s made the case confidential", who=who)),
        "unsealed": ("unlock", _("%(who)s opened the case to all staff", who=who)),
        "let_in": ("person-plus", _("%(who)s let %(target)s in", who=who, target=event.target)),
        "corrected": ("hand-index", _("%(who)s corrected who has the ball", who=who)),
    }


def task_outcome_words() -> dict[str, str]:
    """The codes of models.TASK_OUTCOMES as they stand in a sentence."""
    return {
        "done": _("done"),
        "approved": _("approved"),
        "refused": _("not approved"),
        "cancelled": _("cancelled"),
    }


def outcome_words() -> dict[str, str]:
    """The codes of models.OUTCOMES as they stand in a sentence."""
    return {
        "solved": _("solved"),
        "refused": _("refused"),
        "withdrawn": _("withdrawn"),
        "no_answer": _("no answer"),
        "duplicate": _("duplicate"),
    }
