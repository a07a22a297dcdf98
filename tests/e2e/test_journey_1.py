"""Ana reports a defective batch with photos from her phone; Sue answers; Ana accepts.

Told three times: with a finger, with the keyboard alone, and without JavaScript.
"""

import re
from dataclasses import dataclass

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import Opened
from tests.e2e.hands import Finger, Keyboard, Mouse
from tests.e2e.pages import PHONE, assert_fits_phones, photo

pytestmark = pytest.mark.e2e

NOTE = "Second complaint about this lot; ask quality."


@dataclass
class Story:
    """The two people, each with a page and hands, and what the case is called."""

    ana: Finger
    sue: Finger
    subject: str
    number: str = ""

    def sees(self, page: Page, *words: str) -> None:
        for each in words:
            expect(page.locator("body")).to_contain_text(each)

    def the_whole(self) -> None:
        self.ana_sends()
        self.sue_answers()
        self.ana_replies()
        self.sue_finishes()
        self.ana_accepts()

    def ana_sends(self) -> None:
        page, hand = self.ana.page, self.ana
        self.sees(page, "Ana", "Send us something")
        assert_fits_phones(page)
        hand.press("link", "New")
        self.sees(page, "What can we do for you?")
        assert_fits_phones(page)
        hand.press("link", "Report a problem or complaint Broken, wrong, late, not as agreed")
        expect(page.get_by_role("heading", level=1)).to_have_text("Report a problem or complaint")
        hand.write("In one line, what is it about?", self.subject)
        hand.write("Serial or lot number", "2609-B")
        hand.write("Tell us more", "14 of 40 housings broke in the first hour.")
        hand.attach([photo("crack.png", 1), photo("label.jpg", 2)])
        assert_fits_phones(page)
        hand.press("button", "Send to Meridian Tools")
        self.sees(page, "We have it: your number is", self.subject, "Went to Service, answer promised by")
        self.sees(page, "You get our answer by", "Nothing needed from you", "2609-B")
        found = re.search(r"your number is (\d{4}-\d{4})", page.locator("#notices").inner_text())
        assert found is not None
        self.number = found[1]
        assert page.url.endswith(f"/cases/{self.number}")
        hand.open_why()
        why = page.locator("details.why[open]").first
        expect(why).to_contain_text("Service answers what is sent as “Complaint”")
        for name in ("crack.png", "label.jpg"):
            expect(page.get_by_role("link", name=name)).to_be_visible()
        self._previews(page)
        assert_fits_phones(page)

    def sue_answers(self) -> None:
        page, hand = self.sue.page, self.sue
        page.goto("/desk/")
        expect(page.get_by_role("heading", level=1)).to_have_text("Waiting for Service")
        hand.go_to_case(self.subject)
        self.sees(page, self.number, "14 of 40 housings broke", "crack.png")
        self._previews(page)
        hand.shortcut("r", "textbox", "Write to Northwind")
        hand.write("Write to Northwind", "Which lot is it, and when did it come?")
        hand.press("button", "Send to Northwind")
        self.sees(page, "Sent.", "Which lot is it, and when did it come?", "Northwind has the ball")
        hand.shortcut("n", "textbox", "Note, only staff")
        hand.write("Note, only staff", NOTE)
        hand.press("button", "Keep as note")
        self.sees(page, "Note kept.", NOTE)
        hand.shortcut("a", "link", "Assign")
        self.sees(page, "Who takes this case?")
        hand.press("button", "Assign")
        self.sees(page, "Assigned to Sue Keller.", "You took it")

    def ana_replies(self) -> None:
        page, hand = self.ana.page, self.ana
        page.goto("/")
        expect(page.get_by_role("heading", level=1)).to_have_text(re.compile("needs? you, Ana"))
        assert_fits_phones(page)
        hand.press("link", f"Answer : {self.subject}")
        self.sees(page, "We need something from you", "Which lot is it, and when did it come?")
        assert NOTE not in page.content()
        hand.write("Write to Service", "Lot 2609-B, delivered on Monday.")
        hand.attach([photo("delivery-note.jpg", 3)])
        hand.press("button", "Send")
        self.sees(page, "Sent.", "Lot 2609-B, delivered on Monday.", "delivery-note.jpg")
        assert_fits_phones(page)

    def sue_finishes(self) -> None:
        page, hand = self.sue.page, self.sue
        page.goto("/desk/?tab=mine")
        hand.go_to_case(self.subject)
        self.sees(page, "Lot 2609-B, delivered on Monday.", "It is your move")
        hand.shortcut("s", "link", "Answer and finish")
        self.sees(page, "is asked whether this solves it")
        hand.write("Your answer", "40 new housings of another lot leave today.")
        hand.press("button", "Send the answer to Northwind")
        self.sees(page, "Answered.", "40 new housings of another lot leave today.")

    def ana_accepts(self) -> None:
        page, hand = self.ana.page, self.ana
        page.goto("/notices/")
        assert_fits_phones(page)
        hand.press("link", self.subject)
        self.sees(page, "40 new housings of another lot leave today.", "Does this answer it?")
        assert_fits_phones(page)
        hand.press("button", "Yes, it is solved")
        self.sees(page, "Thank you.", "This case is closed.")
        assert NOTE not in page.content()
        assert_fits_phones(page)
        self.sue.page.goto(f"/cases/{self.number}")
        self.sees(self.sue.page, "Ana Ferreira accepted the answer")

    def _previews(self, page: Page) -> None:
        """Both photos are shown as pictures, not as broken ones."""
        pictures = page.locator("a.file img")
        expect(pictures).to_have_count(2)
        for picture in pictures.all():
            picture.scroll_into_view_if_needed()
            expect(picture).to_have_js_property("complete", value=True)
            assert picture.evaluate("image => image.naturalWidth") > 0


def test_with_a_finger_on_a_phone(browser_as: Opened) -> None:
    ana, sue = browser_as("ana", **PHONE), browser_as("sue")
    Story(Finger(ana), Mouse(sue), "Clutch housings cracked, by finger").the_whole()


def test_with_the_keyboard_alone(browser_as: Opened) -> None:
    ana, sue = browser_as("ana"), browser_as("sue")
    Story(Keyboard(ana), Keyboard(sue), "Clutch housings cracked, by keyboard").the_whole()


def test_without_javascript(browser_as: Opened) -> None:
    ana = browser_as("ana", **PHONE, java_script_enabled=False)
    sue = browser_as("sue", java_script_enabled=False)
    Story(Finger(ana), Mouse(sue), "Clutch housings cracked, without scripts").the_whole()
