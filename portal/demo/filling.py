"""Fill an empty database with the demo company, through the verbs everybody uses, each at its own moment."""

import random
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import partial
from operator import itemgetter
from pathlib import Path
from typing import Any
from urllib.parse import unquote
from zoneinfo import ZoneInfo

from flask import Flask
from flask_babel import force_locale
from sqlalchemy import func, select

from portal.cases import closing, conversation, handling, lists, numbers, reading
from portal.cases.clocks import working_days_from
from portal.cases.files import Taken, Upload, check
from portal.cases.models import Access
from portal.cases.opening import Request
from portal.catalogue.models import Product, ProductGroup
from portal.channels import notices
from portal.clock import at, now
from portal.config import Settings
from portal.demo import alpina, northwind, partners, suppliers
from portal.demo.company import KNOWN_BY_ADDRESS, MEMBERS, ORGANIZATIONS, PRODUCTS, RULES, Member
from portal.demo.pictures import FILES
from portal.demo.sign_ins import PASSWORD
from portal.demo.story import Ahead, Step, Story, back, moments, prose
from portal.extensions import db
from portal.identity import viewer
from portal.identity.models import Department, DepartmentMember, Membership, Organization, Person
from portal.identity.passwords import hashed
from portal.identity.viewer import Viewer
from portal.routing.intake import submit
from portal.routing.models import Rule
from portal.routing.starting import begin
from portal.showing import zone

STORIES = northwind.STORIES + alpina.STORIES + partners.STORIES + suppliers.STORIES
OURS = "ada@meridian.example"
"""Whoever has this person has the demo company."""
SEED = 2026
BEFORE = timedelta(days=200)
"""How long before today everybody was there."""
LEFT = timedelta(days=40)
"""How long ago those who left did so."""
CAUGHT_UP = {True: 9, False: 27}
"""How many working hours ago people had last read everything: staff, others."""


class NotOurs(RuntimeError):
    """The database holds something else than the demo company."""


@dataclass
class Company:
    """What the stories refer to, by their short names; `cases` are ids by subject."""

    departments: dict[str, Department]
    products: dict[str, Product]
    viewers: dict[str, Viewer]
    files: dict[str, Taken]
    zone: ZoneInfo
    numbers: Iterator[str]
    cases: dict[str, int] = field(default_factory=dict)


def fill(app: Flask) -> bool:
    """Write the demo company into an empty database, all or nothing; False when it is there already.

    Commits. Raises `NotOurs` when there are other people in it.
    """
    with app.app_context(), force_locale("en"):
        if db.session.scalar(select(Person.id).where(Person.email == OURS)):
            return False
        if db.session.scalar(select(func.count()).select_from(Person)):
            raise NotOurs("the database holds another company; the demo needs one of its own")
        db.session.commit()  # no lock is held while pictures are drawn and the password is hashed
        files = {name: check([Upload(name, make())])[0] for name, make in FILES.items()}
        password = hashed(PASSWORD)
        end = now()
        _live(_company(end, files, password), end)
        db.session.commit()
    return True


def start_over(settings: Settings) -> None:
    """Remove the demo's SQLite database and files. Raises `NotOurs` when they might be somebody's."""
    path = _sqlite(settings)
    if path is None or settings.instance not in path.parents:
        raise NotOurs(f"only an SQLite database in {settings.instance} can be started over")
    if not _is_demo(path):
        raise NotOurs(f"{path} holds another company and is left alone")
    for ending in ("", "-wal", "-shm"):
        path.with_name(path.name + ending).unlink(missing_ok=True)
    files = Path(unquote(settings.storage_url.removeprefix("file://")))
    if settings.storage_url.startswith("file://") and settings.instance in files.parents:
        shutil.rmtree(files, ignore_errors=True)


def _sqlite(settings: Settings) -> Path | None:
    url = settings.database_url
    return Path(url.removeprefix("sqlite:///")).absolute() if url.startswith("sqlite:///") else None


def _is_demo(path: Path) -> bool:
    """Whether it is the demo's or nobody's, read without the models: its tables may be older than they."""
    if not path.is_file():
        return True
    connection = sqlite3.connect(path)
    try:
        people = [row[0] for row in connection.execute("SELECT email FROM people")]
    except sqlite3.OperationalError:
        return "people" not in str(list(connection.execute("SELECT name FROM sqlite_master")))
    finally:
        connection.close()
    return not people or OURS in people


# ── the company ─────────────────────────────────────────────────────────────────────────────────────────


def _company(end: datetime, files: dict[str, Taken], password: str) -> Company:
    with at(end - BEFORE):
        begin()
        departments = {found.code: found for found in db.session.scalars(select(Department))}
        for department in departments.values():
            department.email = f"{department.code}@meridian.example"
        products = _catalogue()
        _rules(departments)
        people = _people(departments, password)
        db.session.flush()
        viewers = {key: _viewer(membership.id) for key, membership in people.items()}
        _leave(people, end - LEFT)
    return Company(departments, products, viewers, files, zone(), _numbers())


def _catalogue() -> dict[str, Product]:
    products: dict[str, Product] = {}
    for name, rows in PRODUCTS.items():
        group = ProductGroup(name=name)
        db.session.add(group)
        db.session.flush()
        for code, label, price in rows:
            products[code] = Product(
                code=code, name=f"{code} {label}", group_id=group.id, list_price=Decimal(price)
            )
    db.session.add_all(products.values())
    db.session.flush()
    return products


def _rules(departments: dict[str, Department]) -> None:
    db.session.add_all(
        Rule(
            position=rule.position,
            name=rule.name,
            kind=rule.kind,
            relation=rule.relation,
            words=list(rule.words),
            amount_from=rule.amount_from,
            priority=rule.priority,
            department_id=departments[rule.department].id,
        )
        for rule in RULES
    )


def _people(departments: dict[str, Department], password: str) -> dict[str, Membership]:
    """Everybody, by their short names. The password is hashed once: that is slow on purpose."""
    places = {key: Organization(**facts) for key, facts in ORGANIZATIONS.items()}
    db.session.add_all(places.values())
    people: dict[str, Person] = {}
    for member in MEMBERS:
        people.setdefault(member.email, _person(member, password))
    db.session.add_all([*people.values(), *(Person(name=n, email=e) for n, e in KNOWN_BY_ADDRESS)])
    db.session.flush()
    memberships = {
        member.key: Membership(
            person_id=people[member.email].id,
            organization_id=places[member.organization].id,
            manager=member.manager,
            sees=member.sees,
            title=member.title,
        )
        for member in MEMBERS
    }
    db.session.add_all(memberships.values())
    db.session.flush()
    db.session.add_all(
        DepartmentMember(
            department_id=departments[code].id,
            membership_id=memberships[member.key].id,
            lead=member.leads == code,
        )
        for member in MEMBERS
        for code in member.works_in
    )
    return memberships


def _person(member: Member, password: str) -> Person:
    return Person(
        name=member.name,
        email=member.email,
        password_hash=password,
        administrator=member.administrator,
        language=member.language,
        phone=member.phone,
    )


def _viewer(membership_id: int) -> Viewer:
    found = viewer.load(membership_id)
    if found is None:
        raise LookupError(f"membership {membership_id} is not in force")
    return found


def _leave(people: dict[str, Membership], moment: datetime) -> None:
    """Those who left the company since can no longer sign in."""
    for member in MEMBERS:
        if member.left:
            db.session.get_one(Person, people[member.key].person_id).deactivated_at = moment


def _numbers() -> Iterator[str]:
    """Case numbers, the same in every demo, so that addresses of it can be passed on."""
    chance = random.Random(SEED)  # noqa: S311 - nothing secret about the demo
    while True:
        digits = str(chance.randrange(1_000_000, 10_000_000))
        yield numbers.tidy(digits + numbers.check_digit(digits))


# ── what happened ───────────────────────────────────────────────────────────────────────────────────────


def _live(company: Company, end: datetime) -> None:
    """Let everything happen in the order of time."""
    for moment, happen in sorted(_happenings(company, end), key=itemgetter(0)):
        with at(moment):
            happen()
            db.session.flush()
            db.session.expunge_all()  # or each flush would look at everything there is


def _happenings(company: Company, end: datetime) -> list[tuple[datetime, Callable[[], Any]]]:
    """Openings and steps, the worker's clock each day, and when people last looked through their lists."""
    found: list[tuple[datetime, Callable[[], Any]]] = []
    for story in STORIES:
        opened, *later = moments(story, end, company.zone)
        found.append((opened, partial(_open, company, story)))
        steps = zip(later, story.steps, strict=True)
        found += [(moment, partial(_do, company, story, step)) for moment, step in steps]
    days = int(max(story.ago for story in STORIES) * 7 / 5) + 1
    found += [(end - timedelta(days=day), closing.close_unanswered) for day in range(days)]
    for actor in company.viewers.values():
        found.append((back(end, CAUGHT_UP[actor.is_staff], company.zone), partial(_catch_up, actor)))
    return found


def _catch_up(actor: Viewer) -> None:
    """They have read whatever was new to them."""
    for row in lists.page(actor, lists.Wanted(), limit=len(STORIES)).rows:
        if row.unread:
            reading.mark_seen(actor, row.id)
    notices.mark_read(actor)


def _open(company: Company, story: Story) -> None:
    actor, product = company.viewers[story.who], company.products.get(story.product)
    today = now().astimezone(company.zone).date()
    answers = {name: _answer(value, today) for name, value in story.answers.items()}
    if product is not None:
        answers = {"product": product.name, **answers}
    asked = Request(
        kind=story.kind,
        subject=story.subject,
        body=prose(story.text),
        product_id=product.id if product else None,
        answers=answers,
        files=tuple(company.files[name] for name in story.files),
        only_managers=story.only_managers,
        language=actor.language,
    )
    case = submit(actor, asked, company.zone)
    case.number = next(company.numbers)
    company.cases[story.subject] = case.id
    _look(actor, case.id)


def _answer(value: Any, today: date) -> Any:
    return value.date(today) if isinstance(value, Ahead) else value


def _do(company: Company, story: Story, step: Step) -> None:
    """One step of a story by the verb it names; whoever did it has seen the case as it is now."""
    case_id, actor, text = company.cases[story.subject], company.viewers[step.who], prose(step.text)
    files = tuple(company.files[name] for name in step.files)
    match step.verb:
        case "says":
            due_at = working_days_from(step.days, company.zone) if step.days else None
            conversation.reply(actor, case_id, text, files, then=step.to, due_at=due_at)
        case "notes":
            conversation.note(actor, case_id, text, files)
        case "assigns":
            handling.assign(actor, case_id, company.viewers[step.to].membership_id)
        case "hands over":
            handling.hand_over(actor, case_id, company.departments[step.to], text)
        case "resolves":
            closing.resolve(actor, case_id, step.to, text, files)
        case "accepts":
            closing.accept(actor, case_id)
        case "reopens":
            closing.reopen(actor, case_id, text, files)
        case "closes":
            closing.close(actor, case_id, text)
        case "narrows":
            closing.narrow(actor, case_id, True)
    _look(actor, case_id)


def _look(actor: Viewer, case_id: int) -> None:
    """They opened the page of the case: it is read, its notices too, and the access is kept."""
    db.session.flush()
    db.session.add(Access(membership_id=actor.membership_id, case_id=case_id, at=now()))
    reading.mark_seen(actor, case_id)
    notices.mark_read(actor, case_id)
