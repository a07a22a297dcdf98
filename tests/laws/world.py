"""A world for the laws: the cases of `truth`, made by the verbs wherever a verb makes them so."""

import re
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any

from flask.testing import FlaskClient
from sqlalchemy import select, update

from portal import clock
from portal.cases import conversation, handling, lanes, outgoing, releasing, secrecy, tasks
from portal.cases.casework import lane_of
from portal.cases.files import Taken, Upload, check
from portal.cases.models import Attachment, Case, Grant, Lane, Message, Party
from portal.cases.sharing import Chosen, plain_name
from portal.catalogue.models import Product
from portal.clock import NEVER, now
from portal.extensions import db
from portal.identity.models import Organization, Person
from tests.browser import Page, _values
from tests.cases.file_samples import picture
from tests.cast import ORGANIZATIONS, PEOPLE, Cast
from tests.laws.truth import ASKED, CASES, COMPLAINTS, WITH_FILES

DAY = timedelta(days=1)
PRODUCT = "Angle grinder W 9-125"
ANSWER_IN = 3
"""Days until Ferrum is to answer in `lanes`."""


@dataclass
class World:
    """The built world: case → number, (case, lane) → lane id, file marker → attachment id.

    copies: what was made of a file for another lane, lane → attachment ids
    """

    cast: Cast
    numbers: dict[str, str] = field(default_factory=dict)
    lanes: dict[tuple[str, str], int] = field(default_factory=dict)
    files: dict[str, int] = field(default_factory=dict)
    copies: dict[tuple[str, str], list[int]] = field(default_factory=dict)
    said: dict[str, int] = field(default_factory=dict)
    due: Any = None
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

    def whole(self, name: str, url: str) -> str:
        """A list with all of its pages."""
        found = self.html(name, url)
        following = _next(found)
        while following:
            more = self.html(name, following)
            found, following = found + more, _next(more)
        return found


def _next(html: str) -> str:
    links = re.findall(r'href="([^"]*[?&](?:amp;)?(?:after|before)=[^"]+)"', html)
    return links[-1].replace("&amp;", "&") if links else ""


def form_with(page: Page, field: str) -> dict[str, str]:
    """What the page's form that has this field would send as it stands."""
    for form in page.all("form"):
        sent = dict(_values(form))
        if field in sent:
            return sent
    raise AssertionError(f"no form with {field}")


def asked(
    cast: Cast, number: str, organization: str, people: list[str], who: str = "sue", **more: Any
) -> int:
    """Sue asks people of a partner or supplier in a case; the lane's id."""
    actor, case_id, chosen = cast.viewer(who), cast.case_id(number), [cast.membership(p) for p in people]
    words = {"subject": f"A question to {organization}", "body": f"Dear {organization}, what is it?", **more}
    with cast.acting():
        place = db.session.scalars(select(Organization).where(Organization.name == organization)).one()
        role = "supplier" if place.supplier else "partner"
        question = lanes.Question(organization_id=place.id, role=role, people=tuple(chosen), **words)
        return lanes.ask(actor, case_id, question).id


def build(cast: Cast) -> World:
    """Let everybody of `CASES` send their case, and let ours work on them."""
    world = World(cast)
    with cast.acting():
        db.session.add(Product(code="W-9-125", name=PRODUCT))
    _awake(cast, "olga", NEVER)
    for key, (sender, *_) in CASES.items():
        world.numbers[key] = _sent(cast, key, sender)
    _awake(cast, "olga", now())
    sue = cast.viewer("sue")
    for key in CASES:
        with cast.acting():
            kept = (Taken(f"kept0{key}0.txt", "text/plain", 4, b"kept"),) if key in WITH_FILES else ()
            everybody = ", ".join(name for name, _ in ORGANIZATIONS.values())
            conversation.note(sue, _id(world, key), f"Between us, of {everybody}: note0{key}0.", kept)
    _work(world)
    for build_one in (_later, _sealed, _moved, _asked, _lanes, _hushed, _whispered, _mistaken, _owed, _ended):
        build_one(world)
    _find(world)
    return world


def _sent(cast: Cast, key: str, sender: str) -> str:
    """A request that names its sender, so that a page which lets it through names them too."""
    person, _, place = sender.partition("@")
    name, company = PEOPLE[person][0], ORGANIZATIONS[place or PEOPLE[person][1][0]][0]
    with cast.acting():
        product = db.session.scalars(select(Product.id)).one()
    return cast.asks(
        sender,
        kind="complaint" if key in COMPLAINTS else "support_request",
        subject=f"{company}: about subject0{key}0",
        body=f"These are body0{key}0. Yours, {name}",
        only_managers=key in ("ruis", "anasown"),
        files=check_files(cast, f"sent0{key}0", picture("PNG", (8, 8))) if key in WITH_FILES else (),
        **({"product_id": product, "answers": {"serial": "2609-B"}} if key in COMPLAINTS else {}),
    )


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


def ask_in(world: World, case: str, lane: str, **more: Any) -> None:
    """Ask in a lane of `ASKED` what its markers say; whoever answers there does."""
    found, cast, number = ASKED[case, lane], world.cast, world.numbers[case]
    name, people = ORGANIZATIONS[found.organization][0], found.people.split()
    words = {
        "subject": f"{name}: {lane}subject0{case}0",
        "body": f"Dear {PEOPLE[people[0]][0]} of {name}, {lane}body0{case}0",
    }
    key = asked(cast, number, name, people, **words, **more)
    world.lanes[case, lane] = key
    if found.answers:
        author, case_id = cast.viewer(people[0]), cast.case_id(number)
        files = _findings(cast) if (case, lane) == ("lanes", "ferrum") else ()
        with cast.acting():
            answer = f"{author.name} of {name} says {lane}answer0{case}0."
            world.said[f"{lane}answer0{case}0"] = conversation.reply(
                author, case_id, answer, files, lane_id=key
            ).id


def _findings(cast: Cast) -> tuple[Taken, ...]:
    text = Taken("answertext0lanes0.txt", "text/plain", 6, b"cavity")
    return (*check_files(cast, "answerpicture0lanes0", picture("PNG", (12, 12))), text)


def _work(world: World) -> None:
    """Some of every tab of the inbox, and words both ways, so that there are notices."""
    cast = world.cast
    sue, ana, nina = cast.viewer("sue"), cast.viewer("ana"), cast.viewer("nina@alpina")
    with cast.acting():
        conversation.reply(sue, _id(world, "brunos"), "Which lot is it?", then="them")
        conversation.reply(sue, _id(world, "ninasalpina"), "We look at it.", then="us")
        conversation.reply(ana, _id(world, "brunos"), "Ask Bruno.")
        conversation.reply(nina, _id(world, "carlas"), "I read this too.")
        conversation.reply(sue, _id(world, "ruis"), "Only you and Ana read this.", then="them")
        handling.assign(sue, _id(world, "anas"), sue.membership_id)


def _later(world: World) -> None:
    """What its author alone reads: not out yet, or taken back."""
    for marker, name, visible_from in (
        ("later0brunos0", "sue", now() + DAY),
        ("later0anas0", "ana", now() + DAY),
        ("taken0anas0", "sue", NEVER),
    ):
        author = world.cast.membership(name)
        with world.cast.acting():
            case = db.session.get_one(Case, _id(world, marker.split("0")[1]))
            more = {"body": f"Not yet: {marker}", "visible_from": visible_from}
            db.session.add(Message(lane_id=lane_of(case, "requester").id, author_id=author, **more))


def _seal(world: World, key: str, *let_in: str) -> None:
    sue, members = world.cast.viewer("sue"), [world.cast.membership(name) for name in let_in]
    with world.cast.acting():
        secrecy.seal(sue, _id(world, key), True, "It is about a person.")
        for member in members:
            secrecy.let_in(sue, _id(world, key), member)


def _let_in(case_id: int, lane_ids: list[int], **who: object) -> None:
    """Grant lanes to one person of ours by name."""
    party = Party(case_id=case_id, role="helper", **who)
    db.session.add(party)
    db.session.flush()
    db.session.add_all(Grant(lane_id=lane, party_id=party.id, because="asked") for lane in lane_ids)


def _sealed(world: World) -> None:
    _seal(world, "sealed", "sal")
    _seal(world, "secret", "sal")
    ask_in(world, "secret", "ferrum")


def _moved(world: World) -> None:
    sue, finance = world.cast.viewer("sue"), world.cast.department("finance")
    _seal(world, "moved")
    with world.cast.acting():
        handling.hand_over(sue, _id(world, "moved"), finance, "It is about money.")


def _asked(world: World) -> None:
    """Adriatic reads a lane of its own; Lumen's time is over."""
    with clock.at(now() - 2 * DAY):
        ask_in(world, "asked", "lumen", until=now() + DAY)
    ask_in(world, "asked", "adriatic")


def _lanes(world: World) -> None:
    """Ferrum is asked twice, its rival too, and a partner; what Ferrum found goes on to Ana."""
    cast, number = world.cast, world.numbers["lanes"]
    with cast.acting():
        photo = db.session.scalars(select(Attachment).where(Attachment.name == "sent0lanes0.png")).one()
    world.due = now() + ANSWER_IN * DAY
    given = {"kind": "complaint", "facts": [["serial", "2609-B"]]}
    files = (Chosen(photo, plain_name(photo, 1)),)
    ask_in(world, "lanes", "ferrum", facts=given, files=files, due_at=world.due, until=now() + 30 * DAY)
    ask_in(world, "lanes", "borealis")
    ask_in(world, "lanes", "adriatic", reach="managers")
    sue, case_id = cast.viewer("sue"), cast.case_id(number)
    with cast.acting():
        source = world.said["ferrumanswer0lanes0"]
        found = releasing.files_of(db.session.get_one(Message, source))
        chosen = tuple(Chosen(each, plain_name(each, place)) for place, each in enumerate(found, 1))
        main = lane_of(db.session.get_one(Case, case_id), "requester").id
        releasing.release(sue, case_id, source, main, "It was not sound: released0lanes0", chosen, then="us")
    ask_in(world, "lanes", "ferrumtwo", due_at=world.due)


def _hushed(world: World) -> None:
    """Of ours only service reads what is asked of Ferrum."""
    ask_in(world, "hushed", "ferrum", confidential=True)


def _whispered(world: World) -> None:
    mia = world.cast.membership("mia")
    with world.cast.acting():
        key = _id(world, "whispered")
        inside = lane_of(db.session.get_one(Case, key), "internal").id
        db.session.execute(update(Lane).where(Lane.id == inside).values(confidential=True))
        _let_in(key, [inside], membership_id=mia)


def _mistaken(world: World) -> None:
    """Northwind was granted our internal lane of a case by mistake: it stays ours all the same."""
    with world.cast.acting():
        case = db.session.get_one(Case, _id(world, "anas"))
        northwind = select(Party.id).where(Party.case_id == case.id, Party.role == "requester")
        party = db.session.scalars(northwind).one()
        db.session.add(Grant(lane_id=lane_of(case, "internal").id, party_id=party, because="mistake"))


def _owed(world: World) -> None:
    """Finance owes a task: in an open case, in a confidential one, and in one where it is done."""
    sue, fin = world.cast.viewer("sue"), world.cast.viewer("fin")
    finance = world.cast.department("finance").id
    for key in ("owedsealed", "oweddone"):
        _seal(world, key)
    for key in ("owed", "owedsealed", "oweddone"):
        with world.cast.acting():
            task = tasks.open_task(sue, _id(world, key), tasks.Wanted(finance, f"Check task0{key}0"))
            if key == "oweddone":
                tasks.finish(fin, _id(world, key), task.id, "done", "I found0oweddone0.")


def _ended(world: World) -> None:
    """Lanes that are closed, or whose readers are not let in any more, or not yet."""
    cast, sue = world.cast, world.cast.viewer("sue")
    ask_in(world, "over", "adriatic")
    ask_in(world, "revoked", "ferrum")
    with cast.acting():
        lanes.close_lane(sue, _id(world, "over"), world.lanes["over", "adriatic"])
        lanes.revoke(sue, _id(world, "revoked"), world.lanes["revoked", "ferrum"], "They told others.")
    with clock.at(now() - 2 * DAY):
        ask_in(world, "lapsed", "ferrum", until=now() + DAY)
    with cast.acting():
        assert lanes.expire_due() == 2, "Ferrum's and Lumen's"
    with clock.at(now() - 2 * DAY):
        ask_in(world, "expired", "borealis", until=now() + DAY)
    settings = cast.app.config["SETTINGS"]
    cast.app.config["SETTINGS"] = replace(settings, undo_seconds=86_400)
    ask_in(world, "unsent", "ferrum")
    cast.app.config["SETTINGS"] = settings
    with cast.acting():
        assert outgoing.leave_due() == 0


def _find(world: World) -> None:
    with world.cast.app.app_context():
        for key in CASES:
            rows = select(Lane.kind, Lane.id).where(
                Lane.case_id == _id(world, key), Lane.kind.in_(("requester", "internal"))
            )
            for kind, lane in db.session.execute(rows):
                world.lanes[key, kind] = lane
        where = {lane: key for key, lane in world.lanes.items()}
        for name, lane, attachment in db.session.execute(
            select(Attachment.name, Attachment.lane_id, Attachment.id).order_by(Attachment.id)
        ):
            if "0" in name:
                world.files[name.rpartition(".")[0]] = attachment
            else:
                world.copies.setdefault(where[lane], []).append(attachment)
