"""The truth of the laws' world, in words: who may read what in cases of every sort.

Every subject, message, note, task and file name carries a marker such as `body0brunos0`, so that a page,
however it is drawn, tells what it lets through. `world.build` makes it so; the code is asked.
"""

import re
from dataclasses import dataclass

from tests.cast import ORGANIZATIONS, OUTSIDERS, PEOPLE

STAFF = "sue fin sal mia ada"

CASES = {
    # a case             sent by          who of its side sees it     who of ours sees it
    "brunos": ("bruno", "ana bruno rui", STAFF),
    "ruis": ("rui", "ana rui", STAFF),  # "only me and our managers"
    "anasown": ("ana", "ana", STAFF),  # the same: not even Rui, who sees all others of his company
    "anas": ("ana", "ana rui", STAFF),  # Bruno sees his own only; see `_mistaken`
    "olgas": ("olga", "ana rui", STAFF),  # she is deactivated; her company goes on reading
    "carlas": ("carla", "carla nina@alpina", STAFF),
    "ninasalpina": ("nina@alpina", "carla nina@alpina", STAFF),
    "ninasadriatic": ("nina", "pavel nina", STAFF),
    "pavels": ("pavel", "pavel nina", STAFF),
    "petras": ("petra", "petra", STAFF),
    "sofias": ("sofia", "sofia", STAFF),
    "tomass": ("tomas", "tomas", STAFF),
    "sealed": ("ana", "ana rui", "sue sal"),  # confidential: service, and Sal by name
    "moved": ("ana", "ana rui", "fin"),  # confidential, handed over from service to finance
    "whispered": ("ana", "ana rui", STAFF),  # open to all of ours, but its internal lane is confidential
    "asked": ("ana", "ana rui", STAFF),  # Adriatic was asked; Lumen too, and its time is over
    "lanes": ("ana", "ana rui", STAFF),  # Ferrum twice, its rival, a partner; a finding released to Ana
    "hushed": ("ana", "ana rui", STAFF),  # what was asked of Ferrum is for service alone
    "secret": ("ana", "ana rui", "sue sal"),  # confidential, and Ferrum was asked
    "owed": ("carla", "carla nina@alpina", STAFF),  # finance owes a task
    "owedsealed": ("carla", "carla nina@alpina", "sue fin"),  # the same, and it is confidential
    "oweddone": ("carla", "carla nina@alpina", "sue"),  # the same, and it is done
    "over": ("carla", "carla nina@alpina", STAFF),  # Adriatic's lane is closed; they read on
    "revoked": ("carla", "carla nina@alpina", STAFF),  # Ferrum's access was ended
    "lapsed": ("carla", "carla nina@alpina", STAFF),  # it ended by itself
    "expired": ("carla", "carla nina@alpina", STAFF),  # it ended a moment ago: no worker has been there yet
    "unsent": ("carla", "carla nina@alpina", STAFF),  # Ferrum's question has not left yet
}
COMPLAINTS = ("lanes",)
CONFIDENTIAL = ("sealed", "moved", "secret", "owedsealed", "oweddone")


@dataclass(frozen=True)
class Asked:
    """A lane with somebody we asked: whom, who of them reads it now, who of ours; closed: for its readers."""

    organization: str
    people: str
    outside: str
    inside: str = STAFF
    answers: bool = False
    closed: bool = False


ASKED = {
    ("asked", "adriatic"): Asked("adriatic", "pavel", "pavel nina"),
    ("asked", "lumen"): Asked("lumen", "petra", ""),
    ("lanes", "ferrum"): Asked("ferrum", "sofia", "sofia", answers=True),
    ("lanes", "ferrumtwo"): Asked("ferrum", "sofia", "sofia"),
    ("lanes", "adriatic"): Asked("adriatic", "pavel", "pavel", answers=True),  # Pavel and managers only
    ("lanes", "borealis"): Asked("borealis", "tomas", "tomas", answers=True),
    ("hushed", "ferrum"): Asked("ferrum", "sofia", "sofia", "sue", answers=True),
    ("secret", "ferrum"): Asked("ferrum", "sofia", "sofia", "sue sal"),
    ("over", "adriatic"): Asked("adriatic", "nina", "pavel nina", closed=True),
    ("revoked", "ferrum"): Asked("ferrum", "sofia", "", answers=True),
    ("lapsed", "ferrum"): Asked("ferrum", "sofia", "", answers=True),
    ("expired", "borealis"): Asked("borealis", "tomas", ""),
    ("unsent", "ferrum"): Asked("ferrum", "sofia", "", "sue"),  # until then it is hers alone
}
INSIDE = {
    # our own lane, where others read it than see the case
    "whispered": "sue mia",  # the department that has it, and Mia by name
}
NOT_THE_TALK = {"owedsealed": "fin"}
"""Who of ours sees a case and our own lane, but not what was said with the requester."""

WITH_FILES = ("brunos", "ruis", "sealed", "asked", "whispered", "lanes")
"""A picture with the request, a text with the note."""
PROBED = ("brunos", "ruis", "carlas", "sealed", "moved", "asked", "lanes", "hushed", "owedsealed", "revoked")
"""One case of every sort, for what costs a request each."""


def readers(case: str, lane: str) -> set[str]:
    """Who reads a lane: `requester`, `internal`, or one of `ASKED`."""
    if (case, lane) in ASKED:
        asked = ASKED[case, lane]
        return set(f"{asked.outside} {asked.inside}".split())
    _sender, outside, inside = CASES[case]
    if lane == "internal":
        return set(INSIDE.get(case, inside).split())
    return (set(outside.split()) | set(inside.split())) - set(NOT_THE_TALK.get(case, "").split())


def lanes_of(case: str) -> list[str]:
    return ["requester", "internal", *(lane for of, lane in ASKED if of == case)]


def seers(case: str) -> set[str]:
    """Who sees that a case is there: everybody who reads a lane of it, and all of ours when it is open."""
    return set(CASES[case][2].split()).union(*(readers(case, lane) for lane in lanes_of(case)))


def requesting(name: str, case: str) -> bool:
    """Whether somebody is of the side that sent the case, or ours: then it bears its own subject."""
    return name in CASES[case][1].split() or name in STAFF.split()


def shown_as(name: str, case: str) -> str:
    """The marker in the subject by which somebody finds a case: of the newest lane for who was asked."""
    if requesting(name, case):
        return f"subject0{case}0"
    lanes = [lane for lane in lanes_of(case) if name in readers(case, lane)]
    return f"{lanes[-1]}subject0{case}0"


def finished(name: str, case: str) -> bool:
    """Whether for somebody it is over: all they were asked in is closed."""
    mine = [asked for (of, _), asked in ASKED.items() if of == case and name in asked.outside.split()]
    return not requesting(name, case) and all(asked.closed for asked in mine)


def _asked_markers() -> dict[str, tuple[str, set[str]]]:
    found = {}
    for (case, lane), asked in ASKED.items():
        who = readers(case, lane)
        found[f"{lane}subject0{case}0"] = (case, who)
        found[f"{lane}body0{case}0"] = (case, who)
        if asked.answers:
            found[f"{lane}answer0{case}0"] = (case, who)
    return found


SUBJECTS = {
    **{f"subject0{case}0": (case, {n for n in seers(case) if requesting(n, case)}) for case in CASES},
    **{marker: found for marker, found in _asked_markers().items() if "subject" in marker},
}
FILES = {
    **{f"sent0{case}0": (case, readers(case, "requester")) for case in WITH_FILES},
    **{f"kept0{case}0": (case, readers(case, "internal")) for case in WITH_FILES},
    "answerpicture0lanes0": ("lanes", readers("lanes", "ferrum")),
    "answertext0lanes0": ("lanes", readers("lanes", "ferrum")),
}
TASKS = {
    f"task0{case}0": (case, readers(case, "internal")) for case in ("owed", "owedsealed", "oweddone")
} | {
    "found0oweddone0": ("oweddone", readers("oweddone", "internal")),
}
SAID = {
    **{f"body0{case}0": (case, readers(case, "requester")) for case in CASES},
    **{f"note0{case}0": (case, readers(case, "internal")) for case in CASES},
    **{marker: found for marker, found in _asked_markers().items() if "subject" not in marker},
    "released0lanes0": ("lanes", readers("lanes", "requester")),
    # What becomes visible tomorrow, and what was taken back: their author reads them.
    "later0brunos0": ("brunos", {"sue"}),
    "later0anas0": ("anas", {"ana"}),
    "taken0anas0": ("anas", {"sue"}),
}
MARKERS = {**SUBJECTS, **FILES, **TASKS, **SAID}
"""What stands on pages → (its case, who reads it)."""

_MARKER = re.compile(r"[a-z]+0[a-z]+0(?![a-z0-9])")


def markers(html: str) -> set[str]:
    """The markers a page shows."""
    return set(_MARKER.findall(html)) & set(MARKERS)


def due(name: str, case: str) -> set[str]:
    """The markers somebody is to find in a case."""
    return {marker for marker, (of, who) in MARKERS.items() if of == case and name in who}


def bodies(found: set[str]) -> set[str]:
    """Those that stand in messages."""
    return found & set(SAID)


def foreign_names(name: str) -> set[str]:
    """The words in the names of outside organizations and their people that are not this outsider's own."""
    own = _place_of(name)
    strangers = {n for n in PEOPLE if "meridian" not in PEOPLE[n][1] and own not in PEOPLE[n][1]}
    people = {word for stranger in strangers for word in PEOPLE[stranger][0].split()} - {"Mail", "Old"}
    return people | {place for key, (place, _) in ORGANIZATIONS.items() if key not in (own, "meridian")}


def _place_of(name: str) -> str:
    key, _, place = name.partition("@")
    return place or PEOPLE[key][1][0]


def named(html: str, names: set[str]) -> set[str]:
    """Which of the names stand in a text, as words of it."""
    return names & set(re.findall(r"\w+", html))


assert all(foreign_names(name) for name in OUTSIDERS)
