"""The pages that are measured, as quality.md names them, and one installation they are measured in."""

import re
import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from html import unescape

from flask import Flask
from sqlalchemy import select

from portal.cases.models import Case, Participant, Party
from portal.extensions import db
from portal.identity.models import Department
from portal.seeding.company import PASSWORD
from portal.seeding.filling import Seeded
from tests.bench import floor
from tests.bench.measuring import AGENT, Answer, Cost, Visitor, token
from tests.bench.serving import Served
from tests.browser import statements

INBOX = "/desk/?department=service&tab=all"
FORM = "/requests/new/support-request"
DEEP = 100
"""Which page of the inbox F is."""


@dataclass(frozen=True)
class Page:
    """budget_*: of quality.md, for a million cases on PostgreSQL; None where it has none of its own."""

    letter: str
    title: str
    who: str
    budget_ms: float | None
    budget_sql: int | None
    growth: float = 1.15


FLOOR = Page("", "floor: 25 rows, signed in", "", None, None)
PAGES = (
    Page("A", "staff inbox, 25 rows", "staff", 6, 4),
    Page("B", "case with its thread, staff", "staff", 7, 8),
    Page("B", "case with its thread, customer", "customer", 7, 8),
    Page("C", "customer's list, the organization's", "customer", 6, 4),
    Page("C", "customer's list, only their own", "own", 6, 4),
    Page("F", f"staff inbox, page {DEEP}", "staff", None, 4, 2),
)
SUBMIT = Page("E", "submit a request", "customer", 8, 16)


@dataclass
class Site:
    """One database of one size, served. app: the same portal in this process, to count statements."""

    cases: int
    seeded: Seeded
    app: Flask
    surroundings: dict[str, str]
    portal: Served
    floor: Served
    postmaster: int | None
    visitors: dict[str, Visitor] = field(default_factory=dict)
    addresses: dict[Page, str] = field(default_factory=dict)
    costs: dict[Page, Cost] = field(default_factory=dict)
    beside: dict[Page, Cost] = field(default_factory=dict)
    """What the floor cost at the same moments."""
    sql: dict[Page, int] = field(default_factory=dict)
    bytes: dict[Page, int] = field(default_factory=dict)
    depth: int = 0
    """The page F came to: a small database has no page 100."""
    memory: float = 0
    """Of the larger worker, in MiB."""
    token: str = ""

    def open(self) -> None:
        """Sign everybody in and find the addresses."""
        for who, email in self.seeded.company.addresses.items():
            self.visitors[who] = _signed_in(self.portal.port, email)
        self.visitors[""] = Visitor(self.floor.port)
        self.visitors[""].get("/sign-in", 204)
        with self.app.app_context():
            number = _number(self.seeded)
            db.session.remove()
        inbox, a_case = INBOX, f"/cases/{number}"
        deep, self.depth = _deep(self.visitors["staff"])
        several = (inbox, a_case, a_case, "/cases/", "/cases/", deep)
        self.addresses = {FLOOR: "/", **dict(zip(PAGES, several, strict=True)), SUBMIT: FORM}
        self.costs = {page: Cost() for page in self.addresses}
        self.beside = {page: Cost() for page in self.addresses}
        self.token = token(self.visitors[SUBMIT.who].get(FORM).text)

    def ask(self, page: Page) -> Callable[[], Answer]:
        """One request for a page, to be repeated."""
        visitor, address = self.visitors[page.who], self.addresses[page]
        if page is SUBMIT:
            return lambda: visitor.post(address, request(self.token), parts=True)
        return lambda: visitor.get(address)

    def server(self, page: Page) -> Served:
        return self.floor if page is FLOOR else self.portal

    def count(self) -> None:
        """Statements and bytes of every page; the first request fills what is filled once."""
        for page in self.addresses:
            app = floor.make(self.surroundings) if page is FLOOR else self.app
            for _ in range(2):
                self.sql[page] = _statements(app, self, page)
            self.bytes[page] = len(self.ask(page)().body)


def request(form_token: str) -> dict[str, str]:
    """What the form of a support request sends, with a once-only key of its own."""
    return {
        "csrf_token": form_token,
        "once": secrets.token_urlsafe(16),
        "subject": "The grinder stops after ten minutes",
        "product": "W-7-125",
        "serial": "2024-118833",
        "body": "It starts again when it has cooled down. We tried another cable, and the fuse is fine. " * 3,
    }


def _statements(app: Flask, site: Site, page: Page) -> int:
    """How many statements one request takes, asked for in this process."""
    client = app.test_client()
    for name, value in site.visitors[page.who].cookies.items():
        client.set_cookie(name, value, domain="127.0.0.1")
    more = {"base_url": "http://127.0.0.1", "headers": {"User-Agent": AGENT}}
    with statements(app) as done:
        if page is SUBMIT:
            answer = client.post(FORM, data=request(site.token), **more)
        else:
            answer = client.get(site.addresses[page], **more)
    if answer.status_code != (303 if page is SUBMIT else 200):
        raise SystemExit(f"bench: {page.title}: {answer.status_code}")
    return len(done)


def _signed_in(port: int, email: str) -> Visitor:
    visitor = Visitor(port)
    form_token = token(visitor.get("/sign-in").text)
    visitor.post("/sign-in", {"csrf_token": form_token, "email": email, "password": PASSWORD})
    return visitor


def _deep(visitor: Visitor) -> tuple[str, int]:
    """The address of page 100 of the inbox, or of the last one there is, and which it is."""
    address = INBOX
    for page in range(1, DEEP):
        found = re.search(r'href="([^"]*[?&;]after=[^"]*)"', visitor.get(address).text)
        if found is None:
            return address, page
        address = unescape(found[1])
    return address, DEEP


def _number(seeded: Seeded) -> str:
    """The newest case of the largest organization that was answered and is with service again.

    Its story has three messages in the conversation, and its requester is not who looks at it.
    """
    organization, members = seeded.company.organizations[0]
    mine = select(Participant.case_id).where(Participant.membership_id == members[1])
    return db.session.scalars(
        select(Case.number)
        .join(Department, Department.id == Case.department_id)
        .join(Party, (Party.case_id == Case.id) & (Party.organization_id == organization))
        .where(
            Department.code == "service",
            Case.organization_id == organization,
            Case.state == "open",
            Case.ball == "us",
            Case.assignee_id.is_not(None),
            ~Case.confidential,
            Case.id.not_in(mine),
        )
        .order_by(Case.activity_at.desc())
        .limit(1)
    ).one()
