"""What somebody typed survives, is sent once, and is nobody else's."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import func, select

from portal.cases.models import Case
from portal.extensions import db
from tests.cast import PASSWORD
from tests.e2e.conftest import Opened, Site, sign_in
from tests.e2e.pages import let_token_run_out

pytestmark = pytest.mark.e2e

FORM = "/requests/new/complaint"
SUBJECT = "In one line, what is it about?"
BODY = "Tell us more"
LONG = "14 of 40 housings broke.\n\nThe lot is 2609-B, and the next shift begins at six."


@pytest.fixture
def cases(site: Site) -> Callable[[str], int]:
    """How many cases have this subject."""

    def count(subject: str) -> int:
        with site.cast.app.app_context():
            return db.session.scalars(select(func.count()).where(Case.subject == subject)).one()

    return count


def fill(page: Page, subject: str, words: str = LONG) -> None:
    page.goto(FORM)
    page.get_by_label(SUBJECT).fill(subject)
    page.get_by_label(BODY).fill(words)


def send(page: Page) -> None:
    page.get_by_role("button", name="Send to Meridian Tools").click()


def drafts(page: Page) -> list[str]:
    return list(page.evaluate("Object.keys(localStorage).filter((key) => key.startsWith('draft:'))"))


@pytest.mark.parametrize("scripts", [True, False], ids=["htmx", "plain"])
def test_a_sign_in_that_ran_out_while_writing(
    browser_as: Opened, cases: Callable[[str], int], scripts: bool
) -> None:
    subject = f"Ran out, {'htmx' if scripts else 'plain'}"
    page = browser_as("ana", java_script_enabled=scripts)
    fill(page, subject)
    page.context.clear_cookies(name="portal")
    send(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("Sign in again")
    expect(page.locator("main, body").first).to_contain_text("the next shift begins at six")
    page.get_by_label("E-mail").fill("ana@northwind.example")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("What you wrote is still here")
    expect(page.get_by_label("Body")).to_have_value(LONG)
    page.get_by_role("button", name="Send it now").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(subject)
    expect(page.locator(".msg .text").first).to_contain_text("The lot is 2609-B")
    assert cases(subject) == 1
    assert not scripts or not drafts(page)


def test_a_reply_of_staff_whose_sign_in_ran_out(browser_as: Opened, site: Site) -> None:
    number = site.cast.asks("ana", subject="Answered too late")
    page = browser_as("sue")
    page.goto(f"/cases/{number}")
    page.get_by_label("Note, only staff").fill(LONG)
    page.context.clear_cookies(name="portal")
    page.get_by_role("button", name="Keep as note").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Sign in again")
    page.get_by_label("E-mail").fill("sue@meridian.example")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.get_by_role("button", name="Send it now").click()
    expect(page.locator("#notices")).to_contain_text("Note kept.")
    expect(page.locator(".lane.is-us .msg .text")).to_contain_text("the next shift begins at six")


def test_a_form_token_that_ran_out(browser_as: Opened, cases: Callable[[str], int]) -> None:
    page = browser_as("ana")
    fill(page, "Token ran out")
    let_token_run_out(page)
    with page.expect_response(lambda answer: answer.request.method == "POST") as answer:
        send(page)
    assert answer.value.status == 403
    expect(page.get_by_role("heading", level=1)).to_have_text("What you wrote is still here")
    expect(page.get_by_label("Body")).to_have_value(LONG)
    assert cases("Token ran out") == 0
    page.get_by_role("button", name="Send it now").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Token ran out")
    assert cases("Token ran out") == 1


def test_a_draft_comes_back_until_it_is_sent(browser_as: Opened) -> None:
    page = browser_as("ana")
    fill(page, "Kept as a draft")
    expect(page.locator("[data-draft-line]")).to_contain_text("Kept as a draft on this device")
    page.reload()
    expect(page.get_by_label(SUBJECT)).to_have_value("Kept as a draft")
    expect(page.get_by_label(BODY)).to_have_value(LONG)
    expect(page.locator("[data-draft-line]")).to_contain_text("Kept as a draft on this device")
    page.goto("/")
    page.get_by_role("link", name="Report a problem or complaint").click()
    expect(page.get_by_label(BODY)).to_have_value(LONG)
    send(page)
    expect(page.locator("#notices")).to_contain_text("We have it")
    assert drafts(page) == []
    page.goto(FORM)
    expect(page.get_by_label(SUBJECT)).to_have_value("")


def test_a_draft_survives_a_failed_check_and_a_broken_line(browser_as: Opened) -> None:
    page = browser_as("ana", expecting="ERR_INTERNET_DISCONNECTED|htmx:sendError")
    fill(page, "", LONG)
    send(page)
    expect(page.get_by_role("alert")).to_contain_text("1 thing needs a correction.")
    expect(page.get_by_label(BODY)).to_have_value(LONG)
    page.get_by_label(SUBJECT).fill("A broken line")
    page.context.set_offline(True)
    send(page)
    expect(page.locator("#notices").get_by_role("alert")).to_contain_text("the connection broke")
    expect(page.get_by_label(BODY)).to_have_value(LONG)
    page.context.set_offline(False)
    send(page)
    expect(page.locator("#notices")).to_contain_text("We have it")


def test_two_drafts_on_a_case_do_not_mix(browser_as: Opened, site: Site) -> None:
    number = site.cast.asks("ana", subject="Two composers")
    page = browser_as("sue")
    page.goto(f"/cases/{number}")
    page.get_by_label("Write to Northwind").fill("For Northwind.")
    page.wait_for_timeout(600)
    page.get_by_label("Note, only staff").fill("For us.")
    page.wait_for_timeout(600)
    page.reload()
    expect(page.get_by_label("Write to Northwind")).to_have_value("For Northwind.")
    expect(page.get_by_label("Note, only staff")).to_have_value("For us.")
    page.get_by_role("button", name="Keep as note").click()
    expect(page.locator("#notices")).to_contain_text("Note kept.")
    expect(page.get_by_label("Write to Northwind")).to_have_value("For Northwind.")
    expect(page.get_by_label("Note, only staff")).to_have_value("")


def test_another_person_does_not_see_the_draft(browser_as: Opened) -> None:
    page = browser_as("ana")
    fill(page, "Only Ana's")
    expect(page.locator("[data-draft-line]")).to_contain_text("Kept as a draft")
    page.context.clear_cookies(name="portal")
    sign_in(page, "bruno")
    page.goto(FORM)
    expect(page.get_by_label(SUBJECT)).to_have_value("")
    expect(page.get_by_label(BODY)).to_have_value("")
    page.context.clear_cookies(name="portal")
    sign_in(page, "ana")
    page.goto(FORM)
    expect(page.get_by_label(SUBJECT)).to_have_value("Only Ana's")
    page.get_by_role("button", name="Sign out").locator("visible=true").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Sign in")
    assert drafts(page) == []


def test_a_draft_for_one_organization_is_not_offered_for_another(browser_as: Opened) -> None:
    page = browser_as("nina@adriatic")
    page.goto("/requests/")
    page.locator("a[href*='/requests/new/']").first.click()
    page.get_by_label(SUBJECT).fill("For Adriatic only")
    expect(page.locator("[data-draft-line]")).to_contain_text("Kept as a draft")
    address = page.url
    page.goto("/account/organization")
    page.get_by_role("button", name="Alpina").click()
    expect(page.locator("body")).to_contain_text("Acting for Alpina")
    page.goto(address)
    expect(page.get_by_label(SUBJECT)).to_have_value("")


@pytest.mark.parametrize("scripts", [True, False], ids=["htmx", "plain"])
def test_a_double_click_makes_one_case(
    browser_as: Opened, cases: Callable[[str], int], scripts: bool
) -> None:
    subject = f"Double click, {'htmx' if scripts else 'plain'}"
    page = browser_as("ana", java_script_enabled=scripts)
    fill(page, subject)
    page.get_by_role("button", name="Send to Meridian Tools").dblclick()
    expect(page.get_by_role("heading", level=1)).to_contain_text(subject)
    assert cases(subject) == 1


@pytest.mark.parametrize("scripts", [True, False], ids=["htmx", "plain"])
def test_back_after_sending_makes_no_second_case(
    browser_as: Opened, cases: Callable[[str], int], scripts: bool
) -> None:
    subject = f"Back again, {'htmx' if scripts else 'plain'}"
    page = browser_as("ana", java_script_enabled=scripts)
    fill(page, subject)
    send(page)
    expect(page.get_by_role("heading", level=1)).to_contain_text(subject)
    page.go_back()
    expect(page.get_by_role("heading", level=1)).to_have_text("Report a problem or complaint")
    page.reload()
    page.go_forward()
    expect(page.get_by_role("heading", level=1)).to_contain_text(subject)
    page.reload()
    expect(page).to_have_url(re.compile("/cases/"))
    assert cases(subject) == 1
