"""A notation for the stories of the demo, so that many fit on a page and read like a conversation.

    # 84.2 marta support_request MG-125 | Sparks at the brushes
    + serial MG125-40112
    The words of the request …

    1.2 ines takes
    0.8 ines says, 3d: An answer, to which they have three working days …
    2.0 marta says, with sparks.jpg: …
    1.5 ines resolves: …
    9.0 marta accepts

A story begins with #: how many working days ago, who, the kind, the product if there is one, the subject.
Lines with + are its answers (a number with a + before it is days from then), `files`, or `only managers`. A
step begins with the working hours since the one before, and who; after the verb come its options, after the
colon the words. Options: `ours` (the next move stays ours), `3d` (until when), `until 20d` (end of access),
`with` files, `in` a lane, `as` its name, `to` it, `facts` of the request, `from` the words passed on, `for`
whom, `managers`, `confidential`, and a language.
"""

import re
from collections.abc import Callable
from itertools import pairwise
from typing import Any

from portal.demo.people import MEMBERS
from portal.demo.story import Ahead, Step, Story

_PEOPLE = "|".join(re.escape(member.key) for member in sorted(MEMBERS, key=lambda each: -len(each.key)))
_STEP = re.compile(rf"(?P<after>\d+(?:\.\d+)?) (?P<who>{_PEOPLE}) (?P<head>[^:]+?)(?::(?P<text>.*))?")
_STORY = re.compile(r"# (?P<ago>[\d.]+) (?P<who>\S+) (?P<kind>\S+) (?:(?P<product>\S+) )?\| (?P<subject>.+)")
_LANGUAGES = ("en", "pt", "hr")


def told(language: str, text: str) -> tuple[Story, ...]:
    """The stories of a text; language: of what is said in them, "" the authors' own. Raises ValueError."""
    return tuple(_story(language, block) for block in re.split(r"^(?=# )", text, flags=re.MULTILINE)[1:])


def _story(language: str, block: str) -> Story:
    first, *lines = block.strip().splitlines()
    begins = _STORY.fullmatch(first)
    if begins is None:
        raise ValueError(f"not the beginning of a story: {first}")
    facts = dict(line[2:].split(" ", 1) for line in lines if line.startswith("+ "))
    said = [line for line in lines if not line.startswith("+ ")]
    places = [place for place, line in enumerate(said) if _STEP.fullmatch(line)] + [len(said)]
    steps = (_step(language, said[a], said[a + 1 : b]) for a, b in pairwise(places))
    return Story(
        float(begins["ago"]),
        begins["who"],
        begins["kind"],
        begins["subject"],
        "\n".join(said[: places[0]]),
        tuple(steps),
        product=begins["product"] or "",
        files=tuple(facts.pop("files", "").split()),
        only_managers=facts.pop("only", "") == "managers",
        answers={name: _answer(name, value) for name, value in facts.items()},
        language=language,
    )


def _answer(name: str, value: str) -> Any:
    """An answer as the kind's form would give it."""
    if value.startswith("+"):
        return Ahead(int(value))
    if value == "yes":
        return True
    return int(value) if name == "quantity" else value


def _step(language: str, line: str, more: list[str]) -> Step:
    found = _STEP.fullmatch(line)
    if found is None:  # it was asked before
        raise ValueError(line)
    head, *options = found["head"].split(", ")
    text = "\n".join([(found["text"] or "").strip(), *more]).strip()
    verb, *words = head.split(" ")
    if verb not in _VERBS:
        raise ValueError(f"no verb: {line}")
    facts = {"after": float(found["after"]), "who": found["who"], "text": text, **_VERBS[verb](words)}
    facts["more"] = dict(facts.get("more", {}))
    _spoken(facts, language if not any(each.startswith("in ") for each in options) else "", options)
    return Step(**_named(facts))


def _spoken(facts: dict[str, Any], language: str, options: list[str]) -> None:
    """Add the options of a step, and the language of its words: a lane's own is its author's."""
    more = facts["more"]
    more["language"] = "" if "people" in more else language
    for option in options:
        name, _, value = option.partition(" ")
        if name in _LANGUAGES:
            more["language"] = name
        elif name == "ours":
            facts["to"] = "us"
        elif days := re.fullmatch(r"(\d+)d", name):
            facts["days"] = int(days[1])
        elif name in ("in", "as", "to"):
            facts["lane"] = value
        elif name == "with":
            facts["files"] = tuple(value.split())
        elif name in _MORE:
            key, read = _MORE[name]
            more[key] = read(value)
        else:
            raise ValueError(f"no option: {option}")


def _named(facts: dict[str, Any]) -> dict[str, Any]:
    """Who takes a case; what a question is about stands before its words, and whom it asks names its lane."""
    if facts["verb"] == "takes":
        facts |= {"verb": "assigns", "to": facts["who"]}
    if facts["verb"] == "asks":
        facts["more"]["subject"], _, facts["text"] = (part.strip() for part in facts["text"].partition("/"))
        facts.setdefault("lane", facts["to"])
    return facts


_MORE: dict[str, tuple[str, Callable[[str], Any]]] = {
    # an option → what story.py calls it, and how its value is read
    "until": ("until_days", lambda value: int(value.removesuffix("d"))),
    "facts": ("facts", lambda value: tuple(value.split())),
    "managers": ("reach", lambda value: "managers"),
    "confidential": ("confidential", lambda value: True),
    "from": ("source", str),
    "for": ("for", str),
}


def _asks(words: list[str]) -> dict[str, Any]:
    """`asks ferrum sofia`, or `asks for approval by finance`."""
    if words[0] == "for":
        return {"verb": "asks for a task", "to": words[3], "more": {"kind": words[1], "for": ""}}
    more = {"people": tuple(words[1:]), "facts": (), "until_days": 0}
    return {
        "verb": "asks",
        "to": words[0],
        "more": {**more, "reach": "organization", "confidential": False},
    }


def _finishes(words: list[str]) -> dict[str, Any]:
    """`finishes Check the amount as approved`."""
    *title, _as, outcome = words
    return {"verb": "finishes", "to": outcome, "more": {"title": " ".join(title)}}


def _closes(words: list[str]) -> dict[str, Any]:
    """`closes` the case, or `closes lane ferrum`."""
    return {"verb": "closes the lane", "lane": words[1]} if words else {"verb": "closes"}


def _named_to(verb: str) -> Callable[[list[str]], dict[str, Any]]:
    """A verb with whom it is about as its last word: `gives to marko`, `hands over to finance`."""
    return lambda words: {"verb": verb, "to": words[-1]}


def _within(verb: str, **more: Any) -> Callable[[list[str]], dict[str, Any]]:
    """A verb with the lane it is about: `revokes lumen`."""
    return lambda words: {"verb": verb, "lane": words[0], "more": more}


def _simply(verb: str, to: str = "") -> Callable[[list[str]], dict[str, Any]]:
    """A verb that may have one word more: an outcome, say."""
    return lambda words: {"verb": verb, "to": words[0] if words else to}


_VERBS: dict[str, Callable[[list[str]], dict[str, Any]]] = {
    **{verb: _simply(verb) for verb in ("reads", "notes", "accepts", "reopens", "narrows", "seals")},
    "takes": _simply("takes"),
    "gives": _named_to("assigns"),
    "hands": _named_to("hands over"),
    "lets": _named_to("lets in"),
    "says": _simply("says", "them"),
    "releases": _simply("releases", "us"),
    "resolves": _simply("resolves", "solved"),
    "corrects": _simply("corrects"),
    "reschedules": _within("reschedules", until_days=0),
    "revokes": _within("revokes"),
    "asks": _asks,
    "finishes": _finishes,
    "closes": _closes,
}
