"""Every address × every method × everybody: who is let in is written down here, all else is refused."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select, update
from werkzeug.routing import Rule as Address
from werkzeug.test import TestResponse

from portal import assets
from portal.cases import conversation, storage, tasks
from portal.cases.models import Attachment, Case, Lane, Message
from portal.channels.models import Notice
from portal.clock import now
from portal.exchange.models import Import
from portal.extensions import db
from portal.identity import installation, links
from portal.identity.models import (
    Department,
    DepartmentMember,
    Membership,
    Organization,
    Person,
    Segment,
)
from portal.routing.models import Rule
from portal.settings import merging
from portal.settings.models import Change
from tests.browser import Statements, statements
from tests.cases.file_samples import picture
from tests.cast import EVERYBODY, OUTSIDERS, STAFF, Cast
from tests.laws.world import DAY, asked, check_files

EVERYONE = ("nobody", *EVERYBODY)

WHO = {
    # an endpoint → who may: public, signed in, outsiders, staff, administrators, provider (there is none),
    # or of a case: sees it, or one of the actions below
    "home": "signed in",
    "assets.file": "public",
    "exports.new": "signed in",
    "exports.file": "who took it",
    "exports.listing": "signed in",
    "exports.everybodys": "administrators",
    "healthz": "public",
    "readyz": "public",
    "metrics": "public",  # to this machine, as the tests are; see tests/test_health.py
    "cases.listing": "signed in",
    "cases.case": "sees it",
    "cases.write": "reply",
    "cases.write in a lane": "reply in a lane",
    "cases.keep_note": "note",
    "cases.assignment": "move",
    "cases.hand_over": "move",
    "cases.resolution": "move",
    "cases.closure": "move",
    "cases.acceptance": "accept",
    "cases.reopening": "reopen",
    "cases.reach": "narrow",
    "cases.seen_now": "sees it",
    "cases.accesses": "accesses",
    "cases.why": "sees it",
    "cases.file": "file",
    "cases.preview": "file",
    "cases.ask": "move",
    "cases.dates": "steer",
    "cases.close_lane": "steer",
    "cases.revoke": "steer",
    "cases.correct": "steer",
    "cases.release": "steer",
    "cases.take_back": "author",
    "cases.new_task": "move",
    "cases.task": "task",
    "cases.confidentiality": "move",
    "cases.let_in": "let in",
    "channels.listing": "signed in",
    "channels.read_all": "signed in",
    "selfservice.requests": "outsiders",
    "selfservice.new": "outsiders",
    "desk.inbox": "staff",
    "desk.counts": "staff",
    "identity.account": "signed in",
    "identity.password": "signed in",
    "identity.switch": "signed in",
    "identity.sign_out": "signed in",
    "identity.sign_in": "public",
    "identity.forgotten": "public",
    "identity.link": "public",
    "identity.connect": "provider, signed in",
    "identity.oidc_start": "provider",
    "identity.oidc_callback": "provider",
    "identity.oidc_finish": "provider",
    "settings.index": "administrators",
    "settings.company": "administrators",
    "settings.hours": "administrators",
    "settings.limits": "administrators",
    "settings.changes": "administrators",
    "settings.undo_change": "administrators",
    "settings.kinds": "administrators",
    "settings.kind": "administrators",
    "settings.move_kind": "administrators",
    "settings.new_question": "administrators",
    "settings.question": "administrators",
    "settings.switch_question": "administrators",
    "settings.channels": "administrators",
    "settings.channel": "administrators",
    "settings.mail_server": "administrators",
    "settings.try_mail": "administrators",
    "settings.start": "administrators",
    "settings.fine_as_it_is": "administrators",
    "settings.leave_first_steps": "administrators",
    "settings.sign_in": "administrators",
    "settings.department_hours": "administrators",
    "brand.style": "public",
    "brand.logo": "public",
    "settings.departments": "administrators",
    "settings.new_department": "administrators",
    "settings.department": "administrators",
    "settings.edit_department": "administrators",
    "settings.archive_department": "administrators",
    "settings.restore_department": "administrators",
    "settings.add_colleague": "administrators",
    "settings.set_lead": "administrators",
    "settings.take_out": "administrators",
    "settings.organizations": "administrators",
    "settings.new_organization": "administrators",
    "settings.organization": "administrators",
    "settings.edit_organization": "administrators",
    "settings.archive_organization": "administrators",
    "settings.restore_organization": "administrators",
    "settings.set_access": "administrators",
    "settings.end_membership": "administrators",
    "settings.reopen_membership": "administrators",
    "settings.duplicates": "administrators",
    "settings.are_two": "administrators",
    "settings.might_be_one": "administrators",
    "settings.merge": "administrators",
    "settings.merges": "administrators",
    "settings.undo_merge": "administrators",
    "settings.segments": "administrators",
    "settings.new_segment": "administrators",
    "settings.segment": "administrators",
    "settings.archive_segment": "administrators",
    "settings.restore_segment": "administrators",
    "settings.people": "administrators",
    "settings.new_person": "administrators",
    "settings.invite": "administrators",
    "settings.person": "administrators",
    "settings.edit_person": "administrators",
    "settings.deactivate_person": "administrators",
    "settings.reactivate_person": "administrators",
    "settings.person_link": "administrators",
    "settings.rules": "administrators",
    "settings.new_rule": "administrators",
    "settings.trial": "administrators",
    "settings.rule": "administrators",
    "settings.switch_rule": "administrators",
    "settings.move_rule": "administrators",
    "settings.delete_rule": "administrators",
    "exchange.imports": "administrators",
    "exchange.new": "administrators",
    "exchange.one": "administrators",
    "exchange.columns": "administrators",
    "exchange.run": "administrators",
    "exchange.undo": "administrators",
    "settings.letters": "administrators",
    "settings.letter": "administrators",
    "settings.mails": "administrators",
    "settings.mail": "administrators",
}

DATA = {"cases.resolution": {"outcome": "nonsense"}}
"""What is posted where an empty form would do something; everywhere else nothing is."""

GROUPS = {
    "public": EVERYONE,
    "signed in": EVERYBODY,
    "outsiders": OUTSIDERS,
    "staff": STAFF,
    "administrators": ("ada",),
    "who took it": (),
    "provider": (),
    "provider, signed in": (),
}
CASES = {
    # a case at service → what → who; all others get the one 404
    "ana's": {
        "sees it": ("ana", "rui", *STAFF),
        "file": ("ana", "rui", *STAFF),
        "reply": ("ana", "rui", "sue"),
        "note": STAFF,
        "move": ("sue",),
        "narrow": ("ana",),
        "accesses": ("ana", *STAFF),
    },
    "carla's": {
        "sees it": ("carla", "nina@alpina", *STAFF),
        "file": ("carla", "nina@alpina", *STAFF),
        "reply": ("carla", "nina@alpina", "sue"),
        "note": STAFF,
        "move": ("sue",),
        "narrow": ("carla",),
        "accesses": STAFF,
    },
    "sealed": {
        "sees it": ("ana", "rui", "sue"),
        "file": ("ana", "rui", "sue"),
        "reply": ("ana", "rui", "sue"),
        "note": ("sue",),
        "move": ("sue",),
        "let in": ("sue",),
        "narrow": ("ana",),
        "accesses": ("ana", "sue"),
    },
    "asked": {  # Ana's, in which Sue asked Ferrum, wrote something that has not left, and finance owes a task
        "sees it": ("ana", "rui", "sofia", *STAFF),
        "file": ("ana", "rui", *STAFF),
        "reply": ("ana", "rui", "sue"),
        "reply in a lane": ("sofia", "sue"),
        "note": STAFF,
        "move": ("sue",),
        "steer": ("sue",),
        "author": ("sue",),
        "task": STAFF,
        "narrow": ("ana",),
        "accesses": ("ana", "sofia", *STAFF),
    },
    "not there": {},
}


@dataclass
class Arguments:
    """What addresses are filled with: case numbers by the names above, and things nobody will miss."""

    numbers: dict[str, str]
    files: dict[str, int]
    things: dict[tuple[str, ...], int] = field(default_factory=dict)
    """Lanes, messages and tasks of the case `asked`, by argument, or by argument and endpoint. In the other
    cases they are foreign ones."""
    values: dict[Any, Any] = field(default_factory=dict)
    rules: list[int] = field(default_factory=list)


@pytest.fixture(scope="module")
def arguments(house: Cast) -> Arguments:
    sent = check_files(house, "photo", picture("PNG", (8, 8)))
    numbers = {
        "ana's": house.asks("ana", files=sent),
        "carla's": house.asks("carla", files=sent),
        "sealed": house.asks("ana", files=sent),
        "asked": house.asks("ana", files=sent),
    }
    with house.acting():
        db.session.execute(update(Case).where(Case.number == numbers["sealed"]).values(confidential=True))
        rows = db.session.execute(select(Attachment.message_id, Attachment.id).order_by(Attachment.id))
        files = dict(zip(numbers, (key for _, key in rows), strict=True))
    given = Arguments({**numbers, "not there": "0000-0000"}, files)
    _asked(house, given)
    with house.acting():
        _spare(given)
        eva = db.session.scalars(select(Person).where(Person.name == "Eva Mail")).one()
        given.values["token"] = links.make(eva, "invitation")[1].rpartition("/")[2]
    return given


def _asked(cast: Cast, given: Arguments) -> None:
    """Two lanes of Ferrum, one of which may be closed; a message to pass on, one to take back; a task."""
    number = given.numbers["asked"]
    sue, case_id, finance = cast.viewer("sue"), cast.case_id(number), cast.department("finance").id
    lane, spare = (asked(cast, number, "Ferrum", ["sofia"]) for _ in range(2))
    with cast.acting():
        main = db.session.scalars(select(Lane.id).where(Lane.case_id == case_id).order_by(Lane.id)).first()
        found = conversation.reply(sue, case_id, "Which lot?").id
        waiting = Message(
            lane_id=main, author_id=sue.membership_id, body="Not yet.", visible_from=now() + DAY
        )
        waiting.follows = {"verb": "replied", "then": "us"}
        db.session.add(waiting)
        db.session.flush()
        given.things |= {
            ("lane_id",): lane,
            ("lane_id", "cases.close_lane"): spare,
            ("message_id",): found,
            ("message_id", "cases.take_back"): waiting.id,
            ("task_id",): tasks.open_task(sue, case_id, tasks.Wanted(finance, "Check it")).id,
        }


def _spare(given: Arguments) -> None:
    """A department, an organization with a person, and rules that may be archived, ended and deleted."""
    department = Department(code="spare", name="Spare")
    place, person = (
        Organization(name="Spare", customer=True),
        Person(name="Spa Re", email="spare@spare.example"),
    )
    rules = [Rule(position=900 + n, name=f"Spare {n}", words=["spare"]) for n in range(2 * len(EVERYONE))]
    db.session.add_all([department, place, person])
    db.session.flush()
    membership = Membership(person_id=person.id, organization_id=place.id)
    for rule in rules:
        rule.department_id = department.id
    mia = db.session.scalars(
        select(Membership).join(Person, Person.id == Membership.person_id).where(Person.name == "Mia Horvat")
    ).one()
    db.session.add_all(
        [membership, *rules, DepartmentMember(department_id=department.id, membership_id=mia.id)]
    )
    db.session.flush()
    mail = db.session.scalars(select(Notice).order_by(Notice.id).limit(1)).one()
    mail.mailed_at = now()  # or it is settled as soon as its reader comes along
    twins, segment = [Organization(name=name) for name in ("Twin", "Twin Ltd")], Segment(name="All")
    db.session.add_all([*twins, segment])
    db.session.flush()
    one, other = (each.id for each in twins)
    given.values |= {"which": "organizations", "one_id": one, "other_id": other, "segment_id": segment.id}
    given.values |= {"kept_id": other, "gone_id": one}
    given.values["merge_id"] = merging.merge(None, "organization", one, other).id
    upload = Import(what="products", name="rows.csv", options={"heads": ["name"], "first": [["Drill"]]})
    db.session.add(upload)
    db.session.flush()
    question = {"name": "q_1", "words": {"": "Which shift?"}}
    [logo] = storage.keep([picture("PNG", (8, 8))])
    installation.choose(brand="#00695c", logo=logo, kinds={"complaint": {"questions": [question]}})
    change = Change(place="installation", row_id=1, name="holidays", before={"holidays": "HR"})
    change.after = {"holidays": None}
    db.session.add(change)
    db.session.flush()
    given.values |= {
        "change_id": change.id,
        "code": "complaint",
        ("code", "settings.channel"): "phone",
        ("code", "settings.fine_as_it_is"): "kinds",
        ("name", "settings.question"): "q_1",
        ("name", "settings.switch_question"): "q_1",
        ("version", "brand.style"): 1,
        ("version", "brand.logo"): 1,
    }
    given.rules = [rule.id for rule in rules]
    given.values |= {
        "version": assets.digest(),
        "name": "theme.css",
        "address": "complaint",
        "department_id": department.id,
        "organization_id": place.id,
        "person_id": person.id,
        "letter_id": 0,
        "export_id": 0,
        "mail_id": mail.id,
        "import_id": upload.id,
        "access": "own",
        "part": "work",
        "to": "on",
        "direction": "up",
    }
    given.values["membership_id", "settings.set_lead"] = mia.id
    given.values["membership_id", "settings.take_out"] = mia.id
    given.values["membership_id"] = membership.id


@dataclass(frozen=True)
class Knock:
    """One request of the walk. endpoint: as `WHO` names it."""

    endpoint: str
    method: str
    url: str
    case: str
    data: dict[str, Any]


def knocks(cast: Cast, given: Arguments, name: str) -> Iterator[Knock]:
    """Every address with plausible arguments, by GET and POST as far as it takes them."""
    with cast.app.test_request_context("/"):
        adapter = cast.app.url_map.bind("localhost")
        for address in cast.app.url_map.iter_rules():
            for method in sorted({"GET", "POST"} & (address.methods or set())):
                for case in CASES if "number" in address.arguments else [""]:
                    values = _values(given, address, case)
                    if "rule_id" in address.arguments:
                        values["rule_id"] = given.rules[EVERYONE.index(name)]
                        if address.endpoint == "settings.delete_rule":
                            values["rule_id"] = given.rules[-1 - EVERYONE.index(name)]
                    url = adapter.build(address.endpoint, values, method=method)
                    yield Knock(_named(address), method, url, case, DATA.get(address.endpoint, {}))


def _named(address: Address) -> str:
    """The endpoint as the table names it: to write in a lane is another thing than to write in a case."""
    in_a_lane = address.endpoint == "cases.write" and "lane_id" in address.arguments
    return f"{address.endpoint} in a lane" if in_a_lane else address.endpoint


def _values(given: Arguments, address: Address, case: str) -> dict[str, Any]:
    values = {
        name: given.values.get((name, address.endpoint), given.values.get(name)) for name in address.arguments
    }
    if case:
        values["number"] = given.numbers[case]
        if "key" in values:
            values["key"] = given.files.get(case, 10**6)
        for name in ("lane_id", "message_id", "task_id"):
            if name in values:
                values[name] = given.things.get((name, address.endpoint), given.things[name,])
    return values


def welcome(name: str, knock: Knock) -> bool:
    group = WHO[knock.endpoint]
    return name in (CASES[knock.case].get(group, ()) if knock.case else GROUPS[group])


def send(cast: Cast, client: FlaskClient, knock: Knock) -> tuple[TestResponse, Statements]:
    with statements(cast.app) as done:
        if knock.method == "GET":
            return client.get(knock.url), done
        return client.post(knock.url, data=knock.data), done


def test_every_address_is_in_the_table(house: Cast) -> None:
    assert {_named(address) for address in house.app.url_map.iter_rules()} == set(WHO)


@pytest.mark.parametrize("name", EVERYONE)
def test_everybody_gets_in_exactly_where_the_table_says(house: Cast, arguments: Arguments, name: str) -> None:
    client, wrong = house.browser(name).client, []
    for knock in knocks(house, arguments, name):
        if knock.endpoint == "identity.sign_out":
            continue  # below: it would end the walk
        answer, done = send(house, client, knock)
        trouble = _trouble(name, knock, answer, done)
        if trouble:
            wrong.append(f"{name} {knock.method} {knock.url} ({knock.endpoint}, {knock.case}): {trouble}")
    assert not wrong, "\n" + "\n".join(wrong)


def _trouble(name: str, knock: Knock, answer: TestResponse, done: Statements) -> str:
    """What is wrong with an answer; "" when it is as the table says."""
    status, let_in = answer.status_code, welcome(name, knock)
    if status >= 500:
        return f"{status}"
    if not let_in or status >= 400:
        writes = done.writes("sign_in_attempts", "accesses")
        if writes:
            return f"refused with {status} after {writes}"
    elif knock.method == "GET" and done.writes("accesses"):
        return f"a GET wrote {done.writes('accesses')}"
    if let_in:
        empty = knock.endpoint in ("identity.switch", "settings.letter")  # nothing chosen; no letter yet
        return "" if status < 400 or status == 422 or (empty and status == 404) else f"let in, but {status}"
    if name == "nobody" and WHO[knock.endpoint] != "provider":
        if knock.method == "GET":
            there = answer.headers.get("Location", "").startswith("/sign-in?next=")
            return "" if status == 303 and there else f"{status} {answer.headers.get('Location')}"
        return "" if status == 401 else f"{status} instead of 401"
    return "" if status == 404 else f"{status} instead of 404"


@pytest.mark.parametrize("name", ["nobody", "ada"])
def test_a_method_an_address_does_not_take_does_nothing(house: Cast, arguments: Arguments, name: str) -> None:
    client = house.browser(name).client
    seen = set()
    for knock in knocks(house, arguments, name):
        if knock.url in seen or knock.case not in ("", "ana's"):
            continue
        seen.add(knock.url)
        for method in ("PUT", "DELETE"):
            with statements(house.app) as done:
                answer = client.open(knock.url, method=method)
            assert answer.status_code == 405, (method, knock.url)
            assert not done.writes()


@pytest.mark.parametrize("name", ["ana", "sue", "nina"])
def test_signing_out_is_for_whoever_is_signed_in(house: Cast, name: str) -> None:
    browser = house.browser(name)
    browser.post("/sign-out")
    browser.get("/notices/", 303)
    browser.client.get("/sign-out")
    assert browser.client.post("/sign-out").status_code == 401


def test_only_members_act_for_an_organization(house: Cast) -> None:
    """A membership named in the form is believed only if it is the person's own."""
    nina = house.browser("nina")
    for other in ("carla", "ana", "sue"):
        nina.post("/account/organization", {"membership": str(house.membership(other))}, 404)
    nina.post("/account/organization", {"membership": str(house.membership("nina@alpina"))})
    assert "Alpina" in nina.get("/")


# Not yours, not there and not a number are one and the same.

NOT_A_NUMBER = (
    "0000-0000",  # well formed, nobody's
    "1234-5678",  # a wrong check digit
    "x",
    "1" * 300,
    "' OR 1=1 --",
    "٤١٢٧-٧٣٥٨",  # digits, but none of ours
    "4127–7358",
    "%00",
    "-",
    "None",
)

_TOKEN = re.compile(r'(name="(?:[\w-]+-)?(?:csrf_token|once)"\s+value=|content=)"[^"]*"')


def shown(answer: TestResponse, url: str) -> str:
    """The bytes of an answer without tokens, once-only keys and the address itself."""
    return _TOKEN.sub(r"\1", answer.get_data(as_text=True)).replace(url, "…")


def case_addresses(cast: Cast) -> list[tuple[str, str]]:
    """(method, address with {number}) of everything there is of a case."""
    return [
        (method, re.sub(r"<(?:int:)?(\w+)>", r"{\1}", address.rule))
        for address in cast.app.url_map.iter_rules()
        if "number" in address.arguments
        for method in sorted({"GET", "POST"} & (address.methods or set()))
    ]


@pytest.mark.parametrize(
    ("name", "foreign"),
    [
        ("ana", "carla's"),
        ("bruno", "ana's"),
        ("pavel", "ana's"),
        ("fin", "sealed"),
        ("tomas", "asked"),
        ("carla", "asked"),
        ("sofia", "carla's"),
    ],
)
def test_not_yours_and_not_there_cannot_be_told_apart(
    house: Cast, arguments: Arguments, name: str, foreign: str
) -> None:
    client = house.browser(name).client
    client.get("/account/")  # a process reads what administrators chose once, when the first page asks
    for method, pattern in case_addresses(house):
        key = arguments.files[foreign]
        answers = []
        several = NOT_A_NUMBER if pattern.endswith(("{number}", "messages")) else NOT_A_NUMBER[:3]
        for number in (arguments.numbers[foreign], *several):
            ids = {name: key for (name, *_), key in arguments.things.items()}
            url = pattern.format(number=number, key=key, **ids)
            with statements(house.app) as done:
                answer = client.open(url, method=method, data={"body": "Hello"} if method == "POST" else None)
            assert answer.status_code == 404, (method, url)
            assert not done.writes()
            answers.append((shown(answer, url), list(done), dict(_without_length(answer))))
        assert all(answer == answers[0] for answer in answers), (method, pattern)


def _without_length(answer: TestResponse) -> list[tuple[str, str]]:
    return [
        (name, value)
        for name, value in answer.headers
        if name not in ("Content-Length", "Set-Cookie", "Date", "X-Request-Reference")
    ]


def test_a_foreign_file_and_no_file_cannot_be_told_apart(house: Cast, arguments: Arguments) -> None:
    client, mine = house.browser("ana").client, arguments.numbers["ana's"]
    for tail in ("", "/preview"):
        answers = []
        for key in (arguments.files["carla's"], 10**6, 0, 2**63 - 1, 2**63, 10**30):
            url = f"/cases/{mine}/files/{key}{tail}"
            with statements(house.app) as done:
                answer = client.get(url)
            assert answer.status_code == 404, url
            answers.append((shown(answer, url), list(done)))
        assert all(answer == answers[0] for answer in answers), tail


@pytest.mark.parametrize("name", ["sue", "sofia"])
def test_a_foreign_lane_message_or_task_and_none_cannot_be_told_apart(
    house: Cast, arguments: Arguments, name: str
) -> None:
    """In a case one sees: those of another case, ours alone, and such as are not there."""
    client, things = house.browser(name).client, arguments.things
    mine = arguments.numbers["asked" if name == "sofia" else "ana's"]
    with house.app.app_context():
        inside = db.session.scalars(select(Lane.id).where(Lane.kind == "internal")).all()
    several = {
        "lanes/{}/messages": (things["lane_id",] if name == "sue" else inside[0], *inside),
        "lanes/{}/dates": (things["lane_id",], *inside),
        "lanes/{}/closure": (things["lane_id",], *inside),
        "lanes/{}/revocation": (things["lane_id",], *inside),
        "lanes/{}/ball": (things["lane_id",], *inside),
        "messages/{}/release": (things["message_id",],),
        "messages/{}/withdrawal": (things["message_id",],),
        "tasks/{}": (things["task_id",],),
    }
    for pattern, foreign in several.items():
        answers = []
        for key in (*foreign, 10**6, 0, 2**63 - 1, 2**63, 10**30):
            url = f"/cases/{mine}/{pattern.format(key)}"
            with statements(house.app) as done:
                answer = client.post(url, data={"body": "Hello"})
            assert answer.status_code == 404, url
            assert not done.writes(), url
            answers.append((shown(answer, url), list(done)))
        assert all(answer == answers[0] for answer in answers), pattern


def test_the_search_for_a_number_tells_nothing_either(house: Cast, arguments: Arguments) -> None:
    client = house.browser("ana").client
    answers = []
    for number in (arguments.numbers["carla's"], "0000-0000", "1234-5678"):
        with statements(house.app) as done:
            answer = client.get("/cases/", query_string={"number": number})
        assert answer.status_code == 404
        answers.append((shown(answer, number), list(done)))
    assert all(answer == answers[0] for answer in answers)


def test_a_foreign_organization_in_a_form_is_not_believed(house: Cast) -> None:
    """A request belongs to whom the signed-in person acts for, whatever the form adds."""
    alpina, northwind = (house.viewer(name).organization_id for name in ("carla", "ana"))
    ana = house.browser("ana")
    more = {"organization_id": alpina, "organization": "Alpina", "membership_id": house.membership("carla")}
    sent = ana.post(
        "/requests/new/support-request",
        {
            "subject": "Mine",
            "body": "Words",
            **more,
            "department_id": "3",
            "confidential": "1",
            "state": "closed",
        },
    )
    number = sent.location.rpartition("/")[2]
    with house.app.app_context():
        case = db.session.scalars(select(Case).where(Case.number == number)).one()
        assert case.organization_id == northwind
        assert (case.confidential, case.state) == (False, "new")
    house.browser("carla").get(sent.location, 404)
