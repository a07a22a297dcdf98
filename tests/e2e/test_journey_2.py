"""Sue asks supplier Ferrum in a lane of its own, finance approves the credit, an edited finding reaches Ana.

Four people in four browsers, with the keyboard alone, the supplier on a phone. Then a rival supplier and
another customer try every address that was opened.
"""

import re
from dataclasses import dataclass, field
from datetime import date, timedelta

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import Opened, Site
from tests.e2e.hands import Keyboard
from tests.e2e.pages import PHONE, assert_fits, assert_fits_phones, photo

pytestmark = pytest.mark.e2e

SUBJECT = "Clutch housings cracked on 14 of 40 drills"
QUESTION = "Clutch housings of lot 2609-B"
FINDING = "Sand inclusion at the parting line, cavity 3. Scrap rate that week 4.1 %."
RELEASED = "The material of some housings was not sound. They have stopped that mould."
CREDIT = "Check credit of 1,846.00 EUR"


@dataclass
class Story:
    """The four, what the case is called, and every address of it that somebody opened."""

    ana: Keyboard
    sue: Keyboard
    sofia: Keyboard
    fin: Keyboard
    number: str = ""
    opened: set[str] = field(default_factory=set)

    def listen(self) -> None:
        for hand in (self.ana, self.sue, self.sofia, self.fin):
            hand.page.on("request", lambda sent: self.keep(sent.method, sent.url))

    def keep(self, method: str, url: str) -> None:
        path = re.sub(r"^https?://[^/]+", "", url)
        if method == "GET" and path.startswith("/cases/") and re.match(r"/cases/\d", path):
            self.opened.add(path)

    def sees(self, page: Page, *words: str) -> None:
        for each in words:
            expect(page.locator("body")).to_contain_text(each)

    def never(self, page: Page, *words: str) -> None:
        html = page.content()
        for each in words:
            assert each not in html, each


def test_a_finding_reaches_the_customer_edited(browser_as: Opened, site: Site) -> None:
    story = Story(
        *(
            Keyboard(browser_as(name, **more))
            for name, more in (("ana", {}), ("sue", {}), ("sofia", PHONE), ("fin", {}))
        )
    )
    story.listen()
    for part in (
        ana_sends,
        sue_asks_ferrum,
        sue_asks_finance,
        fin_approves,
        sofia_answers,
        sue_releases,
        ana_reads,
        everybody_has_their_page,
    ):
        part(story)
    for name in ("tomas", "carla", "petra"):
        nobody_else(story, browser_as(name))


def ana_sends(story: Story) -> None:
    page, hand = story.ana.page, story.ana
    page.goto("/requests/new/complaint")
    hand.write("In one line, what is it about?", SUBJECT)
    hand.write("Serial or lot number", "2609-B")
    hand.write("Tell us more", "14 of 40 housings broke at our Lisbon site.")
    hand.attach([photo("northwind-crack.png", 1)])
    hand.press("button", "Send to Meridian Tools")
    story.sees(page, "We have it: your number is")
    found = re.search(r"(\d{4}-\d{4})", page.locator("#notices").inner_text())
    assert found is not None
    story.number = found[1]


def sue_asks_ferrum(story: Story) -> None:
    page, hand = story.sue.page, story.sue
    page.goto("/desk/")
    hand.go_to_case(SUBJECT)
    hand.shortcut("p", "link", "Ask a partner or supplier")
    story.sees(page, "Whom do you ask?")
    assert_fits_phones(page)
    hand.choose("Partner or supplier", "Ferrum")
    hand.press("button", "Write the question")
    story.sees(page, "Ask Ferrum", "Nothing goes along by itself")
    hand.tick("Sofia Weber")
    hand.write("In one line, what do you ask?", QUESTION)
    hand.write("What you write", "14 of 40 housings broke within three days. Please send D3 and D4.")
    hand.tick("Serial or lot: 2609-B")
    hand.tick("northwind-crack.png")
    hand.day("Answer by", (date.today() + timedelta(days=7)).isoformat())  # noqa: DTZ011 - the browser's day
    hand.press("button", "Look at what they will see")
    seen = page.locator(".release")
    expect(seen).to_contain_text(QUESTION)
    expect(seen).to_contain_text("photo-1.png")
    expect(seen).not_to_contain_text("orthwind")
    story.sees(page, "Left out, so you know", "Northwind: name, people and words")
    assert_fits_phones(page)
    hand.press("button", "Ask Ferrum · 1 person")
    story.sees(page, "Asked.", "Ferrum has the ball", "Northwind was promised our answer by")
    assert_fits(page)


def sue_asks_finance(story: Story) -> None:
    page, hand = story.sue.page, story.sue
    hand.shortcut("t", "link", "Task for a department")
    story.sees(page, "Ask a department for a task")
    hand.choose("Which department?", "Finance")
    hand.tick("An approval")
    hand.write("In one line, what?", CREDIT)
    hand.press("button", "Ask for it")
    story.sees(page, "Finance has a task.", "Finance has the ball", CREDIT)


def fin_approves(story: Story) -> None:
    page, hand = story.fin.page, story.fin
    page.goto("/desk/?department=finance&tab=tasks")
    story.sees(page, CREDIT, SUBJECT)
    assert_fits_phones(page)
    hand.press("link", CREDIT)
    hand.tick("Approved")
    hand.write("What did you find?", "14 times 131.86, plausible.")
    hand.press("button", "Finish the task")
    story.sees(page, "The task is over.", "Ferrum has the ball", "14 times 131.86, plausible.")


def sofia_answers(story: Story) -> None:
    page, hand = story.sofia.page, story.sofia
    page.goto("/")
    story.sees(page, "One thing needs you, Sofia", QUESTION)
    assert_fits_phones(page)
    hand.press("link", f"Answer : {QUESTION}")
    story.sees(page, "Meridian Tools asks you", "What is asked of us", "2609-B", "Please answer by")
    story.never(page, "orthwind", "Ana", "Lisbon", "omplaint", SUBJECT, CREDIT, "Finance")
    picture = page.locator("a.file img")
    expect(picture).to_have_js_property("complete", value=True)
    assert picture.evaluate("image => image.naturalWidth") > 0
    assert_fits_phones(page)
    hand.write("Write to Meridian Tools", FINDING)
    hand.press("button", "Send")
    story.sees(page, "Sent.", "Meridian Tools has it now.", FINDING)


def sue_releases(story: Story) -> None:
    page, hand = story.sue.page, story.sue
    page.goto(f"/cases/{story.number}")
    story.sees(page, FINDING, "Service has the ball")
    hand.write("Write to Northwind", "A draft that stays where it is.")
    link = page.locator(".lane.is-supp .msg", has_text=FINDING).get_by_role(
        "link", name=re.compile("Pass it on")
    )
    hand._press(link)
    story.sees(page, "Pass a message on")
    hand.write("What you write", f"{RELEASED} Ferrum writes more on Friday.")
    hand.press("button", "Look at what they will see")
    story.sees(page, "What Northwind will see", "“Ferrum” stands in your text.")
    expect(page.locator(".kept ins").first).to_be_visible()
    hand.write("What you write", RELEASED)
    hand.press("button", "Look at it again")
    expect(page.locator(".notice.is-soon")).to_have_count(0)
    hand.press("button", "Release to Northwind · 2 people")
    story.sees(page, "Released to Northwind.", "Released from Ferrum", RELEASED)
    expect(page.get_by_label("Write to Northwind")).to_have_value("A draft that stays where it is.")


def ana_reads(story: Story) -> None:
    page = story.ana.page
    page.goto(f"/cases/{story.number}")
    story.sees(page, RELEASED)
    story.never(page, "Ferrum", "Sofia", FINDING, "Released", CREDIT)
    assert_fits_phones(page)


def everybody_has_their_page(story: Story) -> None:
    """The other readings of the case, so that their addresses are tried below."""
    page = story.sue.page
    for rest in ("", "?lane=all", "/accesses", "/why", "/closure"):
        page.goto(f"/cases/{story.number}{rest}")
        assert_fits_phones(page)
        links = page.eval_on_selector_all("a[href]", "all => all.map(link => link.getAttribute('href'))")
        story.opened |= {link for link in links if link.startswith(f"/cases/{story.number}")}
    for hand in (story.ana, story.sofia):
        for rest in ("/accesses", "/why"):
            hand.page.goto(f"/cases/{story.number}{rest}")
            assert_fits_phones(hand.page)
    story.never(story.sofia.page, "orthwind", "Ana")
    assert len(story.opened) > 20, story.opened


def nobody_else(story: Story, page: Page) -> None:
    """All of it is not there, for whoever it is not for."""
    for path in sorted(story.opened):
        answer = page.request.get(path)
        assert answer.status == 404, path
        body = answer.text()
        for word in (SUBJECT, QUESTION, FINDING, RELEASED, "Ferrum", "Sofia", "Ana "):
            assert word not in body, (path, word)
    page.goto("/")
    story.never(page, SUBJECT, QUESTION)
