"""Every page there is, empty and full, for the right person: standards, size, headers, forms."""

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element

import pytest
from flask import Flask
from sqlalchemy import select

from portal.cases import closing, conversation, handling, secrecy, storage, tasks
from portal.cases.models import Case, Lane, Message, Task
from portal.channels.models import Letter, Notice
from portal.clock import now
from portal.exchange.models import STATES, Import
from portal.extensions import db
from portal.identity import installation, links
from portal.identity.models import Department, Link, Membership, Organization, Person, Segment
from portal.routing.models import Rule
from portal.web import POLICY
from tests.browser import Page
from tests.cast import Cast
from tests.laws.world import DAY, asked, form_with

LARGEST = 30_000
"""Bytes of HTML for 25 rows, as quality.md says."""
LARGEST_OF_EIGHT_LANES = 58_000
"""…and of a case whose eight lanes stand beside each other: 3.9 kB each, a third of it icons."""
LARGEST_OF_THE_WORLD = 40_000
"""…and of the one page with every time zone and every country, which only administrators open."""

PAGES: dict[str, tuple[str, list[str]]] = {
    # an endpoint that answers GET with a page → (who looks at it, its addresses); {…} see `places`
    "home": ("ana bruno pavel nina sofia", ["/"]),
    "cases.listing": (
        "ana bruno sofia sue",
        ["/cases/?state=all", "/cases/?state=finished"],
    ),
    "exports.new": ("ana sofia sue ada", ["/exports/new?what=cases"]),
    "exports.listing": ("ana sue", ["/exports/"]),
    "exports.everybodys": ("ada", ["/settings/exports/"]),
    "cases.case": ("ana rui sue fin ada", ["/cases/{case}", "/cases/{case}?all=1"]),
    "cases.why": ("ana rui sue mia", ["/cases/{case}/why"]),
    "cases.accesses": ("ana sue", ["/cases/{case}/accesses"]),
    "cases.assignment": ("sue", ["/cases/{case}/assignment"]),
    "cases.hand_over": ("sue", ["/cases/{case}/hand-over"]),
    "cases.resolution": ("sue", ["/cases/{case}/resolution"]),
    "cases.closure": ("sue", ["/cases/{case}/closure"]),
    "cases.reopening": ("ana sue", ["/cases/{resolved}/reopening"]),
    "cases.ask": (
        "sue",
        ["/cases/{wide}/lanes/new", "/cases/{wide}/lanes/new?organization={ferrum}"],
    ),
    "cases.dates": ("sue", ["/cases/{wide}/lanes/{lane}/dates"]),
    "cases.revoke": ("sue", ["/cases/{wide}/lanes/{lane}/revocation"]),
    "cases.correct": ("sue", ["/cases/{wide}/lanes/{lane}/ball"]),
    "cases.release": ("sue", ["/cases/{wide}/messages/{message}/release"]),
    "cases.new_task": ("sue", ["/cases/{wide}/tasks/new"]),
    "cases.task": ("sue fin mia", ["/cases/{wide}/tasks/{task}"]),
    "cases.confidentiality": ("sue", ["/cases/{wide}/confidentiality", "/cases/{secret}/confidentiality"]),
    "cases.let_in": ("sue", ["/cases/{secret}/colleagues"]),
    "channels.listing": ("ana bruno sue", ["/notices/"]),
    "selfservice.requests": ("ana pavel sofia", ["/requests/"]),
    "selfservice.new": (
        "ana pavel",
        [
            f"/requests/new/{kind}"
            for kind in (
                "complaint",
                "support-request",
                "product-request",
                "price-enquiry",
                "invoice-question",
                "service-wish",
            )
        ],
    ),
    "desk.inbox": (
        "sue fin",
        [
            "/desk/",
            *(
                f"/desk/?department=service&tab={tab}"
                for tab in ("new", "mine", "us", "others", "all", "tasks")
            ),
            "/desk/?department=finance&tab=tasks",
        ],
    ),
    "identity.account": ("ana nina sue ada", ["/account/"]),
    "identity.password": ("ana sue", ["/account/password"]),
    "identity.switch": ("nina ana", ["/account/organization"]),
    "identity.sign_in": ("nobody", ["/sign-in", "/sign-in?next=/cases/"]),
    "identity.forgotten": ("nobody", ["/sign-in/forgotten"]),
    "identity.link": ("nobody", []),  # its own test below: a link has to be made
    "settings.index": ("ada", ["/settings/"]),
    "settings.start": ("ada", ["/settings/first-steps/"]),
    "settings.company": ("ada", ["/settings/company/"]),
    "settings.hours": ("ada", ["/settings/hours/"]),
    "settings.limits": ("ada", ["/settings/limits/"]),
    "settings.changes": ("ada", ["/settings/changes/"]),
    "settings.kinds": ("ada", ["/settings/kinds/"]),
    "settings.kind": ("ada", ["/settings/kinds/complaint/", "/settings/kinds/service_wish/"]),
    "settings.new_question": ("ada", ["/settings/kinds/complaint/questions/new"]),
    "settings.question": ("ada", ["/settings/kinds/complaint/questions/q_1/"]),
    "settings.channels": ("ada", ["/settings/channels/"]),
    "settings.channel": ("ada", ["/settings/channels/web/", "/settings/channels/phone/"]),
    "settings.mail_server": ("ada", ["/settings/mail/"]),
    "settings.sign_in": ("ada", ["/settings/sign-in/"]),
    "settings.department_hours": ("ada", ["/settings/departments/{department}/hours"]),
    "settings.departments": ("ada", ["/settings/departments/"]),
    "settings.new_department": ("ada", ["/settings/departments/new"]),
    "settings.department": ("ada", ["/settings/departments/{department}/"]),
    "settings.edit_department": ("ada", ["/settings/departments/{department}/edit"]),
    "settings.add_colleague": ("ada", ["/settings/departments/{department}/add"]),
    "settings.organizations": (
        "ada",
        ["/settings/organizations/", "/settings/organizations/?q=North", "/settings/organizations/?q=zzz"],
    ),
    "settings.new_organization": ("ada", ["/settings/organizations/new"]),
    "settings.organization": ("ada", ["/settings/organizations/{organization}/"]),
    "settings.edit_organization": ("ada", ["/settings/organizations/{organization}/edit"]),
    "settings.invite": ("ada", ["/settings/organizations/{organization}/invite"]),
    "settings.duplicates": ("ada", ["/settings/duplicates/", "/settings/duplicates/?which=people"]),
    "settings.merges": ("ada", ["/settings/merges/"]),
    "settings.merge": ("ada", ["/settings/merges/organizations/{organization}/{twin}"]),
    "settings.segments": ("ada", ["/settings/segments/"]),
    "settings.new_segment": ("ada", ["/settings/segments/new"]),
    "settings.segment": ("ada", ["/settings/segments/{segment}/"]),
    "settings.people": (
        "ada",
        ["/settings/people/", "/settings/people/?state=active", "/settings/people/?q=zz"],
    ),
    "settings.new_person": ("ada", ["/settings/people/new"]),
    "settings.person": ("ada", ["/settings/people/{person}/"]),
    "settings.edit_person": ("ada", ["/settings/people/{person}/edit"]),
    "settings.rules": ("ada", ["/settings/rules/", "/settings/rules/?kind=complaint&text=clutch"]),
    "settings.new_rule": ("ada", ["/settings/rules/new"]),
    "settings.trial": ("ada", ["/settings/rules/{rule}/trial"]),
    "settings.rule": ("ada", ["/settings/rules/{rule}/"]),
    "settings.delete_rule": ("ada", ["/settings/rules/{rule}/delete"]),
    "exchange.imports": ("ada", ["/settings/imports/"]),
    "exchange.new": ("ada", ["/settings/imports/new"]),
    "exchange.one": ("ada", [f"/settings/imports/{{import_{state}}}/" for state in STATES]),
    "exchange.columns": ("ada", ["/settings/imports/{import_waiting}/columns"]),
    "settings.letters": ("ada", ["/settings/letters/"]),
    "settings.letter": ("ada", ["/settings/letters/{letter}/"]),
    "settings.mails": ("ada", ["/settings/mails/"]),
    "settings.mail": ("ada", ["/settings/mails/{mail}/"]),
}
LANES = {
    # the page of a case with eight lanes and five tasks, as each of them sees it; and of a confidential one
    "for staff": ("sue fin", ["", "?lane=all", "?lane={lane}", "?lane=all&all=1", "/accesses", "/why"]),
    "for the customer": ("ana", ["", "/accesses", "/why"]),
    "for suppliers": ("sofia tomas", ["", "/accesses", "/why"]),
    "for one of two lanes": ("sofia", ["?lane={lane}"]),
}
NO_PAGES = {
    # answers GET, but with something else → where it is looked at
    "assets.file": "tests/test_assets.py",
    "brand.style": "tests/settings/test_company.py",
    "brand.logo": "tests/settings/test_company.py",
    "exports.file": "tests/exchange/test_exports.py",
    "healthz": "tests/test_health.py",
    "readyz": "tests/test_health.py",
    "metrics": "tests/test_health.py",
    "cases.file": "test_visibility.py",
    "cases.preview": "test_visibility.py",
    "desk.counts": "test_visibility.py: a fragment",
    "identity.oidc_callback": "tests/oidc",
}
EMPTY_AT_FIRST = (
    "home",
    "cases.listing",
    "channels.listing",
    "desk.inbox",
    "settings.index",
    "exchange.imports",
    "exchange.new",
    "settings.letters",
    "settings.mails",
)
MAKES_NOTHING = re.compile(
    # forms that change what is there, or nothing at all: sent twice they do the same
    r"^$|sign|/account/|/links/|/notices/read|/settings/.*(move|switch|edit|archive|restore|reactivate|delete|"
    r"deactivate|lead|work|leave|access|end|reopen|add|link|rules/\d+/|imports/\d+/(run|undo)|fine|undo|try|hours|"
    r"two|perhaps|company|limits|kinds/\w+/$|questions/q_|channels/|mail/)|/withdrawal$"
)


@pytest.fixture(scope="module")
def places(house: Cast) -> dict[str, str]:
    """The plausible arguments of addresses; {case} and {resolved} come with `filled`."""
    house.app.config["WTF_CSRF_ENABLED"] = True
    with house.app.app_context():

        def first(model: type[Department | Organization | Rule], name: str) -> int:
            return db.session.scalars(select(model.id).where(model.name == name)).one()

        return {
            "department": str(first(Department, "Service")),
            "organization": str(first(Organization, "Northwind")),
            "rule": str(db.session.scalars(select(Rule.id).order_by(Rule.id)).first()),
            "person": str(db.session.scalars(select(Person.id).where(Person.name == "Rui Matos")).one()),
        }


@pytest.fixture(scope="module")
def filled(house: Cast, places: dict[str, str]) -> dict[str, str]:
    """Many of everything: more than a page of cases, notices, organizations, people, rules and letters."""
    numbers = [house.asks("ana", subject=f"The clutch of machine {n} slips") for n in range(26)]
    numbers += [house.asks(name) for name in ("carla", "pavel", "sofia") for _ in range(2)]
    sue, ana, fin = house.viewer("sue"), house.viewer("ana"), house.department("finance")
    keys = {number: house.case_id(number) for number in numbers}
    with house.acting():
        for number in numbers[:25]:
            conversation.reply(sue, keys[number], "Which lot is it?\n\nSee https://example.org/lots.")
        handling.assign(sue, keys[numbers[0]], sue.membership_id)
        for n in range(12):
            conversation.reply(ana, keys[numbers[0]], f"Lot {n}")
            conversation.note(sue, keys[numbers[0]], f"They say {n}.")
        handling.hand_over(sue, keys[numbers[1]], fin, "Money.")
        closing.resolve(sue, keys[numbers[2]], "solved", "Here it is.")
        closing.close(sue, keys[numbers[3]], "Twice.")
    with house.acting():
        _crowd()
    with house.app.app_context():
        letter = db.session.scalars(select(Letter.id).order_by(Letter.id)).first()
        mail = db.session.scalars(select(Notice.id).where(Notice.mail_at.is_not(None))).first()
    return {
        **places,
        "case": numbers[0],
        "resolved": numbers[2],
        "letter": str(letter),
        "mail": str(mail),
        **_wide(house),
        **_imports(house),
        **_choices(house),
        "secret": _secret(house),
    }


def _choices(house: Cast) -> dict[str, str]:
    """A brand, a question of ours, a channel, and what all that changed."""
    asked_so = {"name": "q_1", "words": {"": "Which shift?", "en": "Which shift?"}, "asked_as": "line"}
    with house.acting():
        installation.choose(
            brand="#00695c",
            kinds={"complaint": {"questions": [asked_so], "label": {"": "Claim"}}},
            channels={"phone": {"on": True, "address": "+385 1 234", "department": "service"}},
        )
    ada = house.browser("ada")
    with house.acting():
        twin, segment = Organization(name="Northwind Ltd", customer=True), Segment(name="All of them")
        db.session.add_all([twin, segment])
        db.session.flush()
        places = {"twin": str(twin.id), "segment": str(segment.id)}
    for address in ("/settings/limits/", "/settings/kinds/complaint/", "/settings/channels/fax/"):
        everybody = {"opened_by": ["customer", "partner", "supplier"]} if "kinds" in address else {}
        ada.post(address, {**ada.get(address).fields(address), **everybody})
    return places


def _wide(house: Cast) -> dict[str, str]:
    """A case with eight lanes and five tasks, some of each over, and words that have not left yet."""
    number = house.asks("ana", subject="The clutch housing of lot 2609-B cracked")
    people = {"Ferrum": "sofia", "Borealis": "tomas", "Adriatic": "pavel", "Lumen": "petra"}
    sue, case_id, finance = house.viewer("sue"), house.case_id(number), house.department("finance").id
    for name in (*people, *people):
        until = {"due_at": now() + DAY, "until": now() + 30 * DAY} if name == "Ferrum" else {}
        lane, author = asked(house, number, name, [people[name]], **until), house.viewer(people[name])
        with house.acting():
            conversation.reply(author, case_id, "We found sand in cavity 3.", lane_id=lane)
    with house.acting():
        for n in range(5):
            task = tasks.open_task(sue, case_id, tasks.Wanted(finance, f"Check the credit {n}", "approval"))
            if n < 2:
                tasks.finish(sue, case_id, task.id, "cancelled", "")
        main = db.session.scalars(select(Lane.id).where(Lane.case_id == case_id).order_by(Lane.id)).first()
        waiting = Message(
            lane_id=main, author_id=sue.membership_id, body="Not yet.", visible_from=now() + DAY
        )
        waiting.follows = {"verb": "replied", "then": "us"}
        db.session.add(waiting)
    with house.app.app_context():
        found = select(Lane.id).join(Message).where(Lane.case_id == case_id, Lane.kind == "supplier")
        lane = db.session.scalars(found.order_by(Lane.id)).first()
        answer = select(Message.id).where(Message.lane_id == lane).order_by(Message.id.desc())
        task = db.session.scalars(select(Task.id).where(Task.case_id == case_id, Task.outcome == "")).first()
        ferrum = db.session.scalars(select(Organization.id).where(Organization.name == "Ferrum")).one()
        ids = {"lane": lane, "message": db.session.scalars(answer).first(), "task": task, "ferrum": ferrum}
    return {"wide": number, **{name: str(key) for name, key in ids.items()}}


def _secret(house: Cast) -> str:
    number = house.asks("ana")
    sue, case_id = house.viewer("sue"), house.case_id(number)
    with house.acting():
        secrecy.seal(sue, case_id, True, "It is about a person.")
    return number


def _crowd() -> None:
    """Organizations with people, rules, departments, letters: thirty of each that is listed in pages."""
    for n in range(30):
        place = Organization(name=f"Company {n}", customer=True, segment="Trade", country="HR")
        person = Person(name=f"Person {n}", email=f"person{n}@company.example")
        db.session.add_all([place, person])
        db.session.flush()
        db.session.add(Membership(person_id=person.id, organization_id=place.id, title="Buyer"))
        db.session.add(Membership(person_id=person.id, organization_id=_northwind()))
        db.session.add(
            Letter(
                person_id=person.id,
                address=person.email,
                subject=f"Letter {n}",
                body="Dear all",
                message_id=f"<{n}@portal>",
            )
        )
    department = db.session.scalars(select(Department.id)).first()
    words = [[f"word{n}", "invoice"] for n in range(15)]
    db.session.add_all(
        Rule(position=500 + n, name=f"Rule {n}", words=word, department_id=department)
        for n, word in enumerate(words)
    )


def _imports(house: Cast) -> dict[str, str]:
    """Imports in every state, more than a page of them; those that are wrong with a long list why."""
    result = {"remarks": {"deactivated": 2}, "departments": {"service": 9}, "compared": 9, "agreed": 7}
    columns = {"heads": ["id", "Text", ""], "first": [["1", "Hello", ""]], "encoding": "UTF-8"}
    problems = [[n, "Text", "missing", "", {}] for n in range(40)]
    with house.acting():
        blob = storage.keep([b"id,Text,\n1,Hello,\n"])[0]
        several = [
            Import(what="cases", name=f"{state}.csv", state=state, made=9, rows=9, done=4, blob=blob)
            for state in (*STATES, *["done"] * 20)
        ]
        for one in several:
            one.mapping = {"body": "Text"}
            one.options = {**columns, "result": result, "undone": {"withdrawn": 2, "kept": 1}}
            if one.state in ("wrong", "failed"):
                one.problems, one.wrong = problems, 900
                one.options = {**columns, "error": ["nul", {"line": 3}]}
            if one.state == "done":
                one.finished_at = now()
            one.lease_until = now() + DAY
        db.session.add_all(several)
        db.session.flush()
        return {f"import_{one.state}": str(one.id) for one in several}


def _northwind() -> int:
    return db.session.scalars(select(Organization.id).where(Organization.name == "Northwind")).one()


def visits(several: dict[str, tuple[str, list[str]]], args: dict[str, str]) -> Iterator[tuple[str, str]]:
    for who, urls in several.values():
        for url in urls:
            if set(re.findall(r"{(\w+)}", url)) <= set(args):
                for name in who.split():
                    yield name, url.format(**args)


def answers_get(app: Flask) -> set[str]:
    return {rule.endpoint for rule in app.url_map.iter_rules() if "GET" in (rule.methods or ())}


def test_every_page_is_looked_at(house: Cast) -> None:
    assert answers_get(house.app) == set(PAGES) | set(NO_PAGES)


def test_every_page_has_standards_when_there_is_nothing_yet(house: Cast, places: dict[str, str]) -> None:
    lists = {name: page for name, page in PAGES.items() if name in EMPTY_AT_FIRST}
    assert len(look(house, visits(lists, places))) > 20


def test_every_page_has_standards_when_it_is_full(house: Cast, filled: dict[str, str]) -> None:
    seen = look(house, visits(PAGES, filled))
    assert len(seen) > 80
    inbox = seen["sue", "/desk/?department=service&tab=all"]
    assert len({link for link in inbox.links() if re.fullmatch(r"/cases/[\d-]+", link)}) == 25


def test_a_case_of_many_lanes_has_standards_for_everybody_in_it(house: Cast, filled: dict[str, str]) -> None:
    pages = {of: (who, [f"/cases/{{wide}}{tail}" for tail in tails]) for of, (who, tails) in LANES.items()}
    seen = look(house, visits(pages, filled))
    assert len(seen) == 22
    url = f"/cases/{filled['wide']}"
    lanes = [e for e in seen["sue", url].all("section") if "lane " in e.get("class", "")]
    assert len(lanes) == 4, "the requester's, two of the eight who were asked, and ours; six are named"
    assert seen["sue", url].html.count('class="folded') == 6
    assert "Not yet." in seen["sue", url]
    assert "Not yet." not in seen["fin", url].html
    assert len(seen["sofia", url].links()) < len(seen["sue", url].links())


def test_what_is_looked_at_before_it_is_sent_has_standards(house: Cast, filled: dict[str, str]) -> None:
    sue, sofia = house.browser("sue"), house.membership("sofia")
    ask = f"/cases/{filled['wide']}/lanes/new?organization={filled['ferrum']}"
    release = f"/cases/{filled['wide']}/messages/{filled['message']}/release"
    words = {"subject": "Lot B", "body": "Ana of Northwind wants to know.", "due": "", "step": "preview"}
    previews = [
        sue.post(ask, {**form_with(sue.get(ask), "subject"), **words, "people": sofia}, 200),
        sue.post(ask, {**form_with(sue.get(ask), "subject"), "step": "preview"}, 422),
        sue.post(release, {**form_with(sue.get(release), "body"), **words}, 200),
        sue.post(release, {**form_with(sue.get(release), "body"), "body": ""}, 422),
    ]
    for page in previews:
        for law in (headers, size, nothing_from_elsewhere, forms):
            law(page)
    assert "What Ferrum will see" in previews[0]
    assert "What Northwind will see" in previews[2]


def look(house: Cast, several: Iterator[tuple[str, str]]) -> dict[tuple[str, str], Page]:
    """Fetch every page through a client with standards, and ask of each what all of them owe."""
    browsers: dict[str, object] = {}
    found, wrong = {}, []
    for name, url in several:
        browser = browsers.setdefault(name, house.browser(name))
        try:
            page = browser.get(url, 303 if _leads_on(name, url) else 200)  # type: ignore[attr-defined]
            if page.status == 200:
                found[name, url] = page
                for law in (headers, size, nothing_from_elsewhere, forms):
                    law(page)
        except AssertionError as error:
            wrong.append(f"{name} GET {url}: {str(error).partition(chr(10))[0][:200]}")
    assert not wrong, "\n" + "\n".join(wrong)
    return found


def _leads_on(name: str, url: str) -> bool:
    """Staff's home is their inbox."""
    return url == "/" and name in ("sue", "fin", "ada")


def headers(page: Page) -> None:
    found = page.response.headers
    assert found["Content-Security-Policy"] == POLICY
    assert "'unsafe" not in POLICY
    assert found["X-Content-Type-Options"] == "nosniff"
    assert found["Referrer-Policy"] == "same-origin"
    assert found["Cross-Origin-Opener-Policy"] == "same-origin"
    assert found["Cross-Origin-Resource-Policy"] == "same-origin"
    assert {"private", "no-cache"} <= set(found["Cache-Control"].replace(" ", "").split(",")) or (
        "no-store" in found["Cache-Control"]
    )
    assert "Cookie" in found["Vary"]
    assert "Server" not in found or "Python" not in found["Server"]


def size(page: Page) -> None:
    found = len(page.response.get_data())
    wide = len(set(re.findall(r"[?;]lane=(\d+)", page.html))) > 8
    world = 'name="timezone"' in page.html and 'name="holidays"' in page.html
    most = LARGEST_OF_EIGHT_LANES if wide else LARGEST_OF_THE_WORLD if world else LARGEST
    assert found <= most, f"{found:,} bytes"


LOADS = {
    "src",
    "srcset",
    "action",
    "formaction",
    "poster",
    "data",
    "hx-get",
    "hx-post",
    "hx-put",
    "hx-delete",
}


def nothing_from_elsewhere(page: Page) -> None:
    """Nothing is loaded from, or sent to, another host; links in people's words may lead there."""
    assert page.tree is not None
    for element in page.tree.iter():
        loading = LOADS | ({"href"} if element.tag in ("link", "base", "use", "image") else set())
        for attribute in loading & set(element.keys()):
            value = element.get(attribute, "")
            assert not re.match(r"[a-z]+:|//", value) or value.startswith("data:"), (element.tag, value)
    for link in page.all("a"):
        if re.match(r"https?:|//", link.get("href", "")):
            assert {"noopener", "noreferrer"} <= set(link.get("rel", "").split()), link.get("href")


def forms(page: Page) -> None:
    """A form that posts has a token, and a once-only key where it makes something."""
    for form in page.all("form"):
        if form.get("method", "get").lower() != "post":
            continue
        action = form.get("action", "")
        fields = [field.get("name", "") for field in form.iter("input")]
        tokens = [name for name in fields if name.endswith("csrf_token")]
        assert len(tokens) == 1, f"{len(tokens)} tokens in the form to {action}"
        key = [name for name in fields if name.endswith("once")]
        assert key or _only_changes(form, page), f"no key in the form to {action}"


def _only_changes(form: Element, page: Page) -> bool:
    addresses = [form.get("action") or page.response.request.path]
    if form.get("id") == "act":
        # The buttons of a settings page stand elsewhere on it and say where each posts to.
        addresses = [b.get("formaction", "") for b in page.all("button") if b.get("form") == "act"]
    return all(MAKES_NOTHING.search(address) for address in addresses)


def test_a_form_without_its_token_does_nothing(house: Cast, filled: dict[str, str]) -> None:
    ana, url = house.browser("ana"), f"/cases/{filled['case']}/messages"
    fields = ana.get(f"/cases/{filled['case']}").fields(url)
    assert fields["csrf_token"]
    with house.app.app_context():
        before = db.session.scalars(select(Case.activity_at).where(Case.number == filled["case"])).one()
    bare = {name: value for name, value in fields.items() if name != "csrf_token"}
    for token in ({}, {"csrf_token": ""}, {"csrf_token": "x" * 91}):
        ana.post(url, {**bare, "body": "Forged", **token}, 403)
    with house.app.app_context():
        after = db.session.scalars(select(Case.activity_at).where(Case.number == filled["case"])).one()
    assert after == before
    ana.post(url, {**fields, "body": "Mine"})


def test_the_page_of_a_link_has_standards(house: Cast, places: dict[str, str]) -> None:
    with house.acting():
        person = db.session.scalars(select(Person).where(Person.name == "Eva Mail")).one()
        _link, url = links.make(person, "invitation")
    browser = house.browser()
    page = browser.get(url.removeprefix("http://localhost"))
    for law in (headers, size, nothing_from_elsewhere, forms):
        law(page)
    with house.acting():
        db.session.query(Link).update({"used_at": now()})
    browser.get(url.removeprefix("http://localhost"), 410)


@pytest.mark.parametrize("name", ["nobody", "ana", "sue", "ada"])
def test_pages_that_are_not_there_have_standards_too(house: Cast, places: dict[str, str], name: str) -> None:
    browser = house.browser(name)
    for url in ("/nowhere", "/cases/0000-0000", "/requests/new/nothing", "/settings/nothing"):
        wanted = 303 if name == "nobody" and url.startswith(("/cases/", "/requests/")) else 404
        page = browser.get(url, wanted)
        if wanted == 404:
            headers(page)
