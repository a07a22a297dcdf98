"""For a few seconds only its author sees what staff sent, and can take it back; nothing leaves before."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from portal.cases import outgoing
from tests.e2e.conftest import Opened, Site, database, serving

pytestmark = pytest.mark.e2e


@pytest.fixture(scope="module")
def site(template: str, server: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The app with a few seconds to take back what was sent."""
    folder = tmp_path_factory.mktemp("undo")
    with database(server, folder, template) as url, serving(url, folder, PORTAL_UNDO_SECONDS="6") as running:
        yield running


def test_sue_takes_back_what_she_sent_and_sends_it_again(browser_as: Opened, site: Site) -> None:
    number = site.cast.asks("ana")
    sue, ana = browser_as("sue"), browser_as("ana")
    sue.goto(f"/cases/{number}")
    sue.get_by_label("Write to Northwind").fill("To the wrong customer.")
    sue.get_by_role("button", name="Send to Northwind").click()
    expect(sue.locator("#notices")).to_contain_text("It leaves in 6 seconds")
    expect(sue.locator(".msg.wait")).to_contain_text("To the wrong customer.")
    expect(sue.locator("#baton")).to_contain_text("Service has the ball")
    ana.goto(f"/cases/{number}")
    assert "wrong customer" not in ana.content()
    sue.get_by_role("button", name="Take it back").click()
    expect(sue.locator("#notices")).to_contain_text("Taken back.")
    expect(sue.locator(".msg.wait")).to_contain_text("nobody else has seen it")
    sue.get_by_label("Write to Northwind").fill("Which lot is it?")
    sue.get_by_role("button", name="Send to Northwind").click()
    expect(sue.locator(".msg.wait")).to_have_count(2)
    sue.wait_for_timeout(6_000)
    with site.cast.acting():
        assert outgoing.leave_due() == 1  # what the worker does each second
    expect(sue.locator("#baton")).to_contain_text("Northwind has the ball")
    expect(sue.locator(".msg.wait")).to_have_count(1)
    ana.goto(f"/cases/{number}")
    expect(ana.locator("body")).to_contain_text("Which lot is it?")
    assert "wrong customer" not in ana.content()
