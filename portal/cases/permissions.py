"""Who may act: a table anybody can audit.

Each action lists its alternatives; an alternative holds when all of its predicates do. Seeing a case is
decided before, in `visibility`: nobody is asked about a case they do not see.
"""

from collections.abc import Callable
from datetime import timedelta

from flask import current_app
from flask_babel import gettext as _

from portal.cases.seen import SeenCase
from portal.cases.talks import Duty
from portal.clock import now
from portal.identity.viewer import Viewer

REOPEN_WITHIN = timedelta(days=14)

Predicate = Callable[[Viewer, SeenCase], bool]


def ours(viewer: Viewer, case: SeenCase) -> bool:
    return viewer.is_staff


def asked_for_it(viewer: Viewer, case: SeenCase) -> bool:
    return not viewer.is_staff and case.party_role in ("requester", "agent")


def asked_in(viewer: Viewer, case: SeenCase) -> bool:
    return not viewer.is_staff and case.asked


def took_part_or_manages(viewer: Viewer, case: SeenCase) -> bool:
    return viewer.manager or case.participant


def manages(viewer: Viewer, case: SeenCase) -> bool:
    return viewer.manager


def owning_department(viewer: Viewer, case: SeenCase) -> bool:
    return viewer.is_staff and case.department_id in viewer.departments


def helping_department(viewer: Viewer, case: SeenCase) -> bool:
    return viewer.is_staff and bool(case.helpers & viewer.departments)


def assigned(viewer: Viewer, case: SeenCase) -> bool:
    return viewer.is_staff and case.assignee_id == viewer.membership_id


def confidential(viewer: Viewer, case: SeenCase) -> bool:
    return case.confidential


def unfinished(viewer: Viewer, case: SeenCase) -> bool:
    return case.state in ("new", "open")


def answered(viewer: Viewer, case: SeenCase) -> bool:
    return case.state == "resolved"


def finished(viewer: Viewer, case: SeenCase) -> bool:
    return case.state in ("resolved", "closed")


def not_closed(viewer: Viewer, case: SeenCase) -> bool:
    return case.state != "closed"


def lately(viewer: Viewer, case: SeenCase) -> bool:
    return now() - REOPEN_WITHIN < case.resolved_at


CAN: dict[str, list[list[Predicate]]] = {
    "reply": [
        [asked_for_it, not_closed],
        [asked_in, not_closed],
        [owning_department, not_closed],
        [assigned, not_closed],
        [helping_department, not_closed],
    ],
    "ask": [[owning_department, unfinished], [assigned, unfinished], [helping_department, unfinished]],
    "release": [[owning_department, not_closed], [assigned, not_closed], [helping_department, not_closed]],
    "steer": [[owning_department, not_closed], [assigned, not_closed], [helping_department, not_closed]],
    "task": [[owning_department, unfinished], [assigned, unfinished], [helping_department, unfinished]],
    "note": [[ours]],
    "assign": [[owning_department, unfinished]],
    "hand_over": [[owning_department, unfinished], [assigned, unfinished]],
    "resolve": [[owning_department, unfinished], [assigned, unfinished]],
    "close": [[owning_department, not_closed], [assigned, not_closed]],
    "accept": [[asked_for_it, answered]],
    "reopen": [[asked_for_it, finished, lately], [owning_department, finished], [assigned, finished]],
    "narrow": [[asked_for_it, took_part_or_manages]],
    "seal": [[owning_department], [assigned]],
    "let_in": [[owning_department, confidential], [assigned, confidential]],
    "see_accesses": [[ours], [manages]],
}


def can(viewer: Viewer, action: str, case: SeenCase) -> bool:
    """Whether the viewer may do this to a case they see. KeyError for an action the table doesn't know."""
    return any(all(predicate(viewer, case) for predicate in every) for every in CAN[action])


def actions(viewer: Viewer, case: SeenCase) -> frozenset[str]:
    """Everything the viewer may do to a case they see."""
    return frozenset(action for action in CAN if can(viewer, action, case))


def can_finish(viewer: Viewer, task: Duty) -> bool:
    """Whether the viewer may say that a task is done: it is theirs, or their department's."""
    owed = task.department_id in viewer.departments or task.assignee_id == viewer.membership_id
    return viewer.is_staff and owed and not task.outcome


def can_cancel(viewer: Viewer, task: Duty, case: SeenCase) -> bool:
    """Whether the viewer may take a task back: they could also have asked for it."""
    return not task.outcome and can(viewer, "task", case)


def why(viewer: Viewer, action: str, case: SeenCase) -> str:
    """One sentence: why the viewer may do this, or what it would take."""
    words = _words(case)
    for every in CAN[action]:
        if all(predicate(viewer, case) for predicate in every):
            return _("You may, because %(reasons)s.", reasons=_join([words[p.__name__] for p in every]))
    open_to = [every for every in CAN[action] if _open_to(viewer, case, every)]
    missing = [
        _join([words[p.__name__] for p in every if not p(viewer, case)])
        for every in open_to or (CAN[action] if viewer.is_staff else [])
    ]
    return _("You could, if %(reasons)s.", reasons=_("; or if ").join(missing or [words["ours"]]))


def _open_to(viewer: Viewer, case: SeenCase, every: list[Predicate]) -> bool:
    """Whether an alternative could ever be this viewer's: it is for their side."""
    if viewer.is_staff:
        return asked_for_it not in every and asked_in not in every
    return (asked_in if case.asked else asked_for_it) in every


def _join(reasons: list[str]) -> str:
    return _(" and ").join(reasons)


def _words(case: SeenCase) -> dict[str, str]:
    """Each predicate as a half sentence that fits after "because" and "if"."""
    return {
        "ours": _("you work here"),
        "asked_for_it": _("your organization asked for it"),
        "asked_in": _("%(site)s asked your organization", site=current_app.config["SITE"].name),
        "took_part_or_manages": _("you take part in it or manage your organization"),
        "owning_department": _("you belong to %(department)s, who has the case", department=case.department),
        "helping_department": _("your department helps with the case"),
        "assigned": _("the case is assigned to you"),
        "unfinished": _("the case is still open"),
        "confidential": _("the case is confidential"),
        "answered": _("the case waits for your word on the answer"),
        "finished": _("the case has been answered"),
        "not_closed": _("the case is not closed"),
        "lately": _("it was answered less than 14 days ago"),
        "manages": _("you manage your organization"),
    }
