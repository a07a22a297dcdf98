"""Messages nobody here wrote, typed in through the form, are found in the inbox the routing chose.

Taken from requests-bitext.csv in the folder TEST_DATA names, else in ../shared/data beside the checkout.
Where that file is missing, ten messages of our own stand in, and the output says so.
"""

import csv
import os
import re
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import select

from portal.extensions import db
from portal.identity.models import Department
from portal.routing.models import Rule
from tests.e2e.conftest import SCREENSHOTS, Opened, Site

pytestmark = pytest.mark.e2e

ROOT = Path(__file__).parents[2]
FILE = "requests-bitext.csv"
EACH = {"service": 3, "finance": 3, "sales": 2, "marketing": 2}
KINDS = {
    "service": ("complaint", {}),
    "finance": ("invoice-question", {"Invoice number": "2026-4471"}),
    "sales": ("product-request", {"Product": "MD-18 combi drill", "Quantity": "4"}),
    "marketing": ("service-wish", {}),
    "front-desk": ("support-request", {}),
}
OURS = [
    ("service", "The saw I got on Tuesday stops after a minute, what shall I do?"),
    ("service", "I want to complain about the repair of my grinder, it took six weeks."),
    ("service", "My parcel was left in the rain and the box is soft."),
    ("finance", "Your invoice charges the freight twice, please correct it."),
    ("finance", "I cannot find the receipt for our last order."),
    ("finance", "Which ways of paying do you accept?"),
    ("sales", "I'd like to order four drills for the new site."),
    ("sales", "Can you change the delivery address of what we ordered?"),
    ("marketing", "How do I get your catalogue and the newsletter?"),
    ("marketing", "Take me off your list of news, please."),
]
DEPARTMENTS = {"front-desk": "ada", "sales": "sal", "finance": "fin", "service": "sue", "marketing": "mia"}


@dataclass(frozen=True)
class Message:
    department: str
    text: str


def messages() -> tuple[list[Message], str]:
    """Ten messages, as many of each department as EACH says, and where they are from."""
    folders = [Path(os.environ["TEST_DATA"])] if "TEST_DATA" in os.environ else []
    for folder in [*folders, ROOT.parent / "shared" / "data"]:
        if (folder / FILE).is_file():
            with (folder / FILE).open(newline="", encoding="utf-8") as file:
                return _chosen(list(csv.DictReader(file))), str(folder / FILE)
    return [Message(*each) for each in OURS], f"this test itself, because {FILE} is not there"


def _chosen(rows: list[dict[str, str]]) -> list[Message]:
    """For each department the first of different intents; what lacks comes from anywhere."""
    found: list[Message] = []
    for department, number in EACH.items():
        theirs = [row for row in rows if row["department"] == department and len(row["text"]) > 20]
        intents = {row["intent"]: row for row in reversed(theirs)}
        several = sorted(intents.values(), key=theirs.index)[:number]
        several += [row for row in theirs if row not in several][: number - len(several)]
        found += [Message(department, row["text"]) for row in several]
    spare = (Message(row["department"], row["text"]) for row in reversed(rows) if len(row["text"]) > 20)
    while len(found) < sum(EACH.values()):
        found.append(next(spare))
    return found


def subject_of(text: str) -> str:
    """The first words, as somebody would give a title."""
    return " ".join(text.split()[:8])[:80]


def by_words(site: Site) -> None:
    """A rule of the administrator's, before those by kind: marketing has no kind of request of its own."""
    with site.cast.acting():
        marketing = db.session.scalars(select(Department).where(Department.code == "marketing")).one()
        words = ["newsletter", "feedback", "catalogue", "news"]
        db.session.add(Rule(position=1, name="News and opinions", words=words, department_id=marketing.id))


def type_in(page: Page, message: Message) -> tuple[str, str]:
    """Send it through the form of a fitting kind; the number, and the department it went to."""
    kind, answers = KINDS.get(message.department, KINDS["front-desk"])
    page.goto(f"/requests/new/{kind}")
    page.get_by_label("In one line, what is it about?").fill(subject_of(message.text))
    page.get_by_label("Tell us more").fill(message.text)
    for label, answer in answers.items():
        page.get_by_label(label).first.fill(answer)
    page.get_by_role("button", name="Send to Meridian Tools").click()
    expect(page.locator("#notices")).to_contain_text("your number is")
    number = re.search(r"\d{4}-\d{4}", page.locator("#notices").inner_text())
    went = re.search(r"Went to ([\w ]+?)[.,]", page.locator(".msg.event").first.inner_text())
    assert number is not None
    assert went is not None
    assert page.locator(".msg .text").first.inner_text().split() == message.text.split()
    return number[0], went[1]


def test_ten_real_messages_reach_the_inboxes(
    browser_as: Opened, site: Site, capsys: pytest.CaptureFixture[str]
) -> None:
    ten, source = messages()
    with capsys.disabled():
        print(f"\nten messages from {source}")  # noqa: T201 - which were used is part of the result
    assert len(ten) == 10
    by_words(site)
    writers = {name: browser_as(name) for name in ("carla", "ana")}
    where: dict[str, list[tuple[str, str]]] = {}
    for number, message in enumerate(ten):
        page = writers["carla" if number % 2 else "ana"]
        case, department = type_in(page, message)
        where.setdefault(department, []).append((case, subject_of(message.text)))
    assert sum(len(cases) for cases in where.values()) == 10
    folder = SCREENSHOTS / "real"
    folder.mkdir(parents=True, exist_ok=True)
    for code, member in DEPARTMENTS.items():
        name = site.cast.department(code).name
        inbox = browser_as(member, viewport={"width": 1440, "height": 900})
        inbox.goto(f"/desk/?department={code}&tab=new")
        expect(inbox.get_by_role("heading", level=1)).to_have_text(f"New in {name}")
        for case, subject in where.get(name, []):
            row = inbox.locator(".dense > li", has_text=case)
            expect(row).to_contain_text(subject)
        expect(inbox.locator(".dense > li")).to_have_count(len(where.get(name, [])))
        assert where.get(name) or code == "front-desk", f"nothing reached {name}"
        inbox.screenshot(path=folder / f"inbox-{code}.png")
