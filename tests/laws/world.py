"""A world for the laws: cases of every sort, and in words who may read what in them.

Every subject, message, note and file name carries a marker such as `body0brunos0`, so that a page, however
it is drawn, tells what it lets through. `CASES`, `LANES` and `MARKERS` are the truth; the code is asked.
"""

import re
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from flask.testing import FlaskClient
from sqlalchemy import select, update

from portal.cases import conversation, handling
from portal.cases.casework import lane_of
from portal.cases.files import Taken, Upload, check
from portal.cases.models import Attachment, Case, Grant, Lane, Message, Participant, Party
from portal.clock import NEVER, now
from portal.extensions import db
from portal.identity.models import Organization, Person
from tests.browser import Page, _values
from tests.cases.file_samples import picture
from tests.cast import Cast

STAFF = "sue fin sal mia ada"
DAY = timedelta(days=1)

CASES = {
    # a case             sent by          who outside sees it        who of ours sees it
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
    "asked": ("ana", "ana rui pavel nina", STAFF),  # Adriatic asked in; Lumen was, Ferrum will be
    "whispered": ("ana", "ana rui", STAFF),  # open to all of ours, but its internal lane is confidential
}

LANES = {
    # a lane that is read by others than its case    who reads it
    ("asked", "requester"): "ana rui " + STAFF,
    ("asked", "partner"): "pavel nina " + STAFF,
    ("whispered", "internal"): "sue mia",  # the department that has it, and Mia by name
}

WITH_FILES = ("brunos", "ruis", "sealed", "asked", "whispered")
"""A picture with the request, a text with the note."""

PROBED = ("brunos", "ruis", "carlas", "sealed", "moved", "asked")
"""One case of every sort, for what costs a request each."""

UNSEEN_YET = {"later0brunos0": "sue", "later0anas0": "ana"}
"""Messages that become visible tomorrow: their author reads them."""


def readers(case: str, lane: str) -> set[str]:
    """Who reads a lane, by the truth above."""
    _sender, outside, inside = CASES[case]
    default = inside if lane == "internal" else f"{outside} {inside}"
    return set(LANES.get((case, lane), default).split())


def seers(case: str) -> set[str]:
    """Who sees that a case is there."""
    return set(CASES[case][1].split()) | set(CASES[case][2].split())


MARKERS = {
    # what stands on pages → (its case, who reads it)
    **{f"body0{case}0": (case, readers(case, "requester")) for case in CASES},
    **{f"note0{case}0": (case, readers(case, "internal")) for case in CASES},
    **{f"sent0{case}0": (case, readers(case, "requester")) for case in WITH_FILES},
    **{f"kept0{case}0": (case, readers(case, "internal")) for case in WITH_FILES},
    **{f"subject0{case}0": (case, seers(case)) for case in CASES},
    **{marker: (marker.split("0")[1], {author}) for marker, author in UNSEEN_YET.items()},
    "subject0asked0": ("asked", readers("asked", "requester")),
    "partnersubject0asked0": ("asked", {"pavel", "nina"}),
    "partnerbody0asked0": ("asked", readers("asked", "partner")),
}
NOT_DRAWN_YET = {"partnerbody0asked0"}
"""Lanes of partners and suppliers have no place on the page yet; once they have, this goes."""
SUBJECTS = {marker: case for marker, (case, _) in MARKERS.items() if "subject" in marker}

_MARKER = re.compile(r"[a-z]+0[a-z]+0(?![a-z0-9])")


def markers(html: str) -> set[str]:
    """The markers a page shows."""
    return set(_MARKER.findall(html)) & set(MARKERS)


def due(name: str, case: str) -> set[str]:
    """The markers somebody is to find in a case."""
    return {marker for marker, (of, who) in MARKERS.items() if of == case and name in who}


def bodies(found: set[str]) -> set[str]:
    """Those that stand in messages."""
    return {m for m in found if m.startswith(("body", "note", "later", "partnerbody"))}


@dataclass
class World:
    """The built world: case → number, (case, lane kind) → lane id, file marker → attachment id."""

    cast: Cast
    numbers: dict[str, str] = field(default_factory=dict)
    lanes: dict[tuple[str, str], int] = field(default_factory=dict)
    files: dict[str, int] = field(default_factory=dict)
    clients: dict[str, FlaskClient] = field(default_factory=dict)

    def client(self, name: str) -> FlaskClient:
        """A bare client signed in as somebody: what standards a page has is looked at in test_pages."""
        if name not in self.clients:
            self.clients[name] = self.cast.browser(name).client
        return self.clients[name]

    def html(self, name: str, url: str, expect: int = 200, **more: Any) -> str:
        answer = self.client(name).get(url, **more)
        assert answer.status_code == expect, f"{name} GET {url}: {answer.status_code}"
        return answer.get_data(as_text=True)


def form_with(page: Page, field: str) -> dict[str, str]:
    """What the page's form that has this field would send as it stands."""
    for form in page.all("form"):
        sent = dict(_values(form))
        if field in sent:
            return sent
    raise AssertionError(f"no form with {field}")


def build(cast: Cast) -> World:
    """Let everybody of `CASES` send their case, and let ours work on them."""
    world = World(cast)
    _awake(cast, "olga", NEVER)
    for key, (sender, *_) in CASES.items():
        world.numbers[key] = cast.asks(
            sender,
            subject=f"About subject0{key}0",
            body=f"These are body0{key}0.",
            only_managers=key in ("ruis", "anasown"),
            files=check_files(cast, f"sent0{key}0", picture("PNG", (8, 8))) if key in WITH_FILES else (),
        )
    _awake(cast, "olga", now())
    sue = cast.viewer("sue")
    for key in CASES:
        with cast.acting():
            kept = (Taken(f"kept0{key}0.txt", "text/plain", 4, b"kept"),) if key in WITH_FILES else ()
            conversation.note(sue, _id(world, key), f"Between us: note0{key}0.", kept)
    _work(world)
    for build_one in (_later, _sealed, _moved, _asked, _whispered, _mistaken):
        build_one(world)
    _find(world)
    return world


def _id(world: World, key: str) -> int:
    return db.session.scalars(select(Case.id).where(Case.number == world.numbers[key])).one()


def _awake(cast: Cast, name: str, until: object) -> None:
    with cast.acting():
        db.session.execute(
            update(Person).where(Person.email == f"{name}@northwind.example").values(deactivated_at=until)
        )


def check_files(cast: Cast, name: str, picture_bytes: bytes) -> tuple[Taken, ...]:
    """A picture as a form would hand it on, so that there is a preview too."""
    with cast.app.test_request_context("/"):
        return tuple(check([Upload(f"{name}.png", picture_bytes)]))


def _work(world: World) -> None:
    """Some of every tab of the inbox, and words both ways, so that there are notices."""
    cast = world.cast
    sue, ana, nina = cast.viewer("sue"), cast.viewer("ana"), cast.viewer("nina@alpina")
    with cast.acting():
        conversation.reply(sue, _id(world, "brunos"), "Which lot is it?", then="requester")
        conversation.reply(sue, _id(world, "ninasalpina"), "We look at it.", then="us")
        conversation.reply(ana, _id(world, "brunos"), "Ask Bruno.")
        conversation.reply(nina, _id(world, "carlas"), "I read this too.")
        conversation.reply(sue, _id(world, "ruis"), "Only you and Ana read this.", then="requester")
        handling.assign(sue, _id(world, "anas"), sue.membership_id)


def _later(world: World) -> None:
    authors = {marker: world.cast.membership(author) for marker, author in UNSEEN_YET.items()}
    with world.cast.acting():
        for marker, author in authors.items():
            case = db.session.get_one(Case, _id(world, marker.split("0")[1]))
            db.session.add(
                Message(
                    lane_id=lane_of(case, "requester").id,
                    author_id=author,
                    body=f"Not yet: {marker}",
                    visible_from=now() + DAY,
                )
            )


def _seal(case_id: int) -> None:
    db.session.execute(update(Case).where(Case.id == case_id).values(confidential=True))


def _let_in(case_id: int, lane_ids: list[int], **who: object) -> None:
    """Grant lanes to one person of ours by name."""
    party = Party(case_id=case_id, role="helper", **who)
    db.session.add(party)
    db.session.flush()
    db.session.add_all(Grant(lane_id=lane, party_id=party.id, because="asked") for lane in lane_ids)


def _lane_ids(case_id: int) -> dict[str, int]:
    rows = db.session.execute(select(Lane.kind, Lane.id).where(Lane.case_id == case_id))
    return dict(rows.all())


def _sealed(world: World) -> None:
    sal = world.cast.membership("sal")
    with world.cast.acting():
        key = _id(world, "sealed")
        _seal(key)
        _let_in(key, list(_lane_ids(key).values()), membership_id=sal)


def _moved(world: World) -> None:
    sue, finance = world.cast.viewer("sue"), world.cast.department("finance")
    with world.cast.acting():
        key = _id(world, "moved")
        _seal(key)
        handling.hand_over(sue, key, finance, "It is about money.")


def _asked(world: World) -> None:
    """Adriatic reads a lane of its own; Lumen's time is over, Ferrum's has not begun."""
    petra, sue = world.cast.membership("petra"), world.cast.membership("sue")
    with world.cast.acting():
        key = _id(world, "asked")
        lane = Lane(case_id=key, kind="partner")
        db.session.add(lane)
        db.session.flush()
        times = {
            "Adriatic": (now() - DAY, NEVER),
            "Lumen": (now() - DAY, now()),
            "Ferrum": (now() + DAY, NEVER),
        }
        for name, (begins, ends) in times.items():
            place = db.session.scalars(select(Organization).where(Organization.name == name)).one()
            party = Party(
                case_id=key, organization_id=place.id, role="partner", subject="For partnersubject0asked0"
            )
            db.session.add(party)
            db.session.flush()
            db.session.add(
                Grant(lane_id=lane.id, party_id=party.id, because="asked", begins_at=begins, ends_at=ends)
            )
            if name == "Lumen":  # a named person of theirs took part, while it was asked
                db.session.add(Participant(party_id=party.id, membership_id=petra, case_id=key))
        db.session.add(Message(lane_id=lane.id, author_id=sue, body="Can you take it? partnerbody0asked0"))


def _whispered(world: World) -> None:
    mia = world.cast.membership("mia")
    with world.cast.acting():
        key = _id(world, "whispered")
        inside = _lane_ids(key)["internal"]
        db.session.execute(update(Lane).where(Lane.id == inside).values(confidential=True))
        _let_in(key, [inside], membership_id=mia)


def _mistaken(world: World) -> None:
    """Northwind was granted our internal lane of a case by mistake: it stays ours all the same."""
    with world.cast.acting():
        key = _id(world, "anas")
        northwind = select(Party.id).where(Party.case_id == key, Party.role == "requester")
        party = db.session.scalars(northwind).one()
        db.session.add(Grant(lane_id=_lane_ids(key)["internal"], party_id=party, because="mistake"))


def _find(world: World) -> None:
    with world.cast.app.app_context():
        for key in CASES:
            for kind, lane in _lane_ids(_id(world, key)).items():
                world.lanes[key, kind] = lane
        for name, attachment in db.session.execute(select(Attachment.name, Attachment.id)):
            world.files[name.rpartition(".")[0]] = attachment
