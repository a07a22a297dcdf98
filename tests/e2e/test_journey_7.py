"""Journey 7: Ada, on day one, from an empty installation to the first imported case that a rule routed."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, expect

from portal.commands.database import bring_up_to_date
from tests.conftest import make, settings
from tests.e2e.conftest import PATIENCE, Site, database, serving, watch
from tests.e2e.hands import Finger, Keyboard, Mouse
from tests.e2e.pages import PHONE, assert_fits_phones, photo

pytestmark = pytest.mark.e2e

SECRET = "a pass phrase for Ada"
CUSTOMERS = "Customer;Contact;E-mail;Country;Phone\nČvor d.o.o.;Luka Čačić;luka@cvor.example;HR;+385 1 234\n"
PEOPLE = "id;name;email;organization\n1;Luka Čačić;luka@cvor.example;Čvor d.o.o.\n"
CASES = (
    "id,organization,subject,text,department\n"
    'A-1,Čvor d.o.o.,Battery swollen,"The battery of an MD-18 is swollen, is it dangerous?",service\n'
)
SLOW = 60_000
"""Milliseconds the worker has, on a machine with other things to do."""


@contextmanager
def working(site: Site) -> Iterator[None]:
    """The worker beside the web, ended by its id."""
    environment = {k: v for k, v in os.environ.items() if not k.startswith("PORTAL_")}
    environment |= settings(site.database_url, site.folder, PORTAL_BASE_URL=site.url)
    command = [Path(sys.executable).with_name("portal"), "worker"]
    with (site.folder / "worker.log").open("w") as log:
        process = subprocess.Popen(command, env=environment, cwd=site.folder, stdout=log, stderr=log)
        try:
            yield
        finally:
            process.terminate()
            process.wait(30)


@pytest.fixture
def empty(server: str, tmp_path: Path) -> Iterator[Site]:
    """What `portal init` leaves: one administrator, the departments, the starting rules."""
    with database(server, tmp_path) as url:
        bring_up_to_date(make(url, tmp_path))
        environment = {k: v for k, v in os.environ.items() if not k.startswith("PORTAL_")}
        init = [Path(sys.executable).with_name("portal"), "init", "--email", "ada@day-one.example"]
        subprocess.run(
            [*init, "--name", "Ada Lind", "--organization", "Company"],
            input=f"{SECRET}\n",
            text=True,
            env=environment | settings(url, tmp_path),
            cwd=tmp_path,
            check=True,
        )
        with serving(url, tmp_path) as running, working(running):
            yield running


@pytest.fixture
def context(empty: Site, browser: Browser, request: pytest.FixtureRequest) -> Iterator[BrowserContext]:
    options = {"base_url": empty.url, "locale": "en-GB", **request.param[1]}
    context = browser.new_context(**options)
    context.set_default_timeout(PATIENCE)
    wrong = watch(context, empty.url, "")
    yield context
    context.close()
    assert not wrong, "\n".join(wrong)


class Ada:
    """What she does, whichever way her hand works."""

    def __init__(self, hand: Finger) -> None:
        self.hand, self.page = hand, hand.page

    def saves(self) -> None:
        self.hand.press("button", "Save")
        expect(self.page.locator("#notices")).to_contain_text("Saved.")

    def opens(self, link: str, heading: str) -> None:
        self.hand.press("link", link)
        expect(self.page.get_by_role("heading", level=1)).to_contain_text(heading)

    def signs_in(self) -> None:
        self.page.goto("/sign-in")
        self.hand.write("E-mail", "ada@day-one.example")
        self.page.get_by_role("textbox", name="Password").fill(SECRET)
        self.hand.press("button", "Sign in")
        expect(self.page.get_by_role("heading", level=1)).to_contain_text(
            "steps left until your portal is ready"
        )

    def brands_it(self) -> None:
        self.opens("Your name, logo and colour", "Your portal carries the name Company")
        self.hand.write("Name", "Meridian Tools")
        self.hand.write("Brand colour", "#ffffff")
        self.hand.press("button", "Save")
        expect(self.page.get_by_role("alert")).to_contain_text("1 thing needs a correction.")
        expect(self.page.get_by_role("main")).to_contain_text("This is too pale")
        self.hand.write("Brand colour", "#00695c")
        self.page.locator("input[type=file]").set_input_files([photo("logo.png", size=(120, 60))])
        self.saves()
        expect(self.page.locator(".brand")).to_contain_text("Meridian Tools")
        colour = self.page.locator("button[type=submit].btn-primary").evaluate(
            "button => getComputedStyle(button).backgroundColor"
        )
        assert colour == "rgb(0, 105, 92)"
        assert self.page.locator(".brand img").evaluate("logo => logo.complete && logo.naturalWidth > 0")

    def sets_hours(self) -> None:
        self.page.goto("/settings/first-steps/")
        self.opens("Time zone, working hours, holidays", "When somebody is there")
        self.hand.choose("Time zone", "Europe/Zagreb")
        self.hand.write("Monday, opens", "7")
        self.saves()
        expect(self.page.get_by_label("Monday, opens")).to_have_value("07:00")

    def asks_one_thing_more(self) -> None:
        self.page.goto("/settings/kinds/")
        self.opens("Complaint", "Complaint")
        self.opens("Add a question", "Another question for “Complaint”")
        self.page.get_by_role("group", name="Words").get_by_label("English").fill("Is somebody hurt?")
        self.hand.tick("Yes or no")
        self.hand.press("button", "Save")
        expect(self.page.locator("#notices")).to_contain_text("The question is added.")

    def routes_batteries_to_sales(self) -> None:
        self.page.goto("/settings/rules/")
        self.opens("New rule", "New rule")
        self.hand.write("Name", "Batteries are for sales")
        self.hand.write("Words or phrases", "battery")
        self.hand.choose("Department", "Sales")
        self.hand.press("button", "Save")
        first = self.page.locator("tbody tr").first
        for _ in range(7):
            if "Batteries" in (first.text_content() or ""):
                break
            self.hand.press("button", "Try earlier: Batteries are for sales")
            expect(self.page.locator("#notices")).to_contain_text("is tried earlier now")
        expect(first).to_contain_text("Batteries are for sales")
        self.hand.write("Words", "My battery is swollen")
        self.hand.press("button", "Where would it go?")
        expect(self.page.get_by_role("main")).to_contain_text("sends it to Sales")

    def imports(self, what: str, name: str, content: str) -> None:
        self.page.goto("/settings/imports/new")
        self.hand.tick(what)
        file = {"name": name, "mimeType": "text/csv", "buffer": content.encode("cp1250")}
        self.page.locator("input[type=file]").set_input_files([file])
        self.hand.press("button", "Look at the file")
        expect(self.page.get_by_role("heading", level=1)).to_contain_text(
            f"Which column of “{name}” is what?"
        )
        expect(self.page.get_by_role("main")).to_contain_text("Čvor d.o.o.")
        self.hand.press("button", "Check every row")
        self.waits_for("button", "Import 1 row")
        self.hand.press("button", "Import 1 row")
        self.waits_for("button", "Undo the import")

    def waits_for(self, role: str, name: str) -> None:
        """As somebody without JavaScript does: look again."""
        for _ in range(SLOW // 1000):
            if self.page.get_by_role(role, name=name).count():  # type: ignore[arg-type]
                return
            self.page.wait_for_timeout(1000)
            self.page.reload()
        raise AssertionError(f"{name} never came: {self.page.get_by_role('main').text_content()}")

    def finds_the_case_with_its_reason(self) -> None:
        self.page.goto("/cases/")
        self.hand.go_to_case("Battery swollen")
        self.hand.open_why()
        expect(self.page.get_by_role("main")).to_contain_text("Batteries are for sales")

    def sees_what_her_rule_did(self) -> None:
        self.page.goto("/settings/rules/")
        self.opens("Batteries are for sales", "Edit “Batteries are for sales”")
        self.hand.press("link", "Try on cases")
        expect(self.page.get_by_role("heading", level=1)).to_contain_text("sends 1 case elsewhere")
        expect(self.page.get_by_role("main")).to_contain_text("Battery swollen")

    def is_done(self) -> None:
        self.page.goto("/settings/first-steps/")
        for title in ("Departments and who works in them", "Mail", "Sign-in with your identity provider"):
            button = self.page.get_by_role("button", name=f"Fine as it is: {title}")
            if button.count():
                self.hand.press("button", f"Fine as it is: {title}")
        self.hand.press("button", "Done with the first steps")
        expect(self.page.locator("#notices")).to_contain_text("The first steps are over.")


WAYS = [
    pytest.param((Keyboard, {}), id="keyboard"),
    pytest.param((Mouse, {"java_script_enabled": False}), id="no-javascript"),
    pytest.param((Finger, PHONE), id="phone"),
]


@pytest.mark.parametrize("context", WAYS, indirect=True)
def test_from_nothing_to_the_first_routed_case(
    context: BrowserContext, request: pytest.FixtureRequest
) -> None:
    hand = request.node.callspec.params["context"][0]
    ada = Ada(hand(context.new_page()))
    ada.signs_in()
    ada.brands_it()
    ada.sets_hours()
    ada.asks_one_thing_more()
    ada.routes_batteries_to_sales()
    ada.imports("Organizations", "customers.csv", CUSTOMERS)
    ada.imports("People", "people.csv", PEOPLE)
    ada.imports("Cases", "cases.csv", CASES)
    ada.finds_the_case_with_its_reason()
    ada.sees_what_her_rule_did()
    if hand is Mouse:
        assert_fits_phones(ada.page)
    ada.is_done()
