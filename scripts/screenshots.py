"""Pictures of the main pages of the demo company: phone and desktop, light and dark (`make screenshots`).

Into instance/screenshots/<page>-<width>-<theme>.png. The demo is made anew in a temporary folder, so nothing
that was entered into yours shows.
"""

import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from playwright.sync_api import Browser, Error, Page, sync_playwright

FOLDER = Path(__file__).parents[1] / "instance" / "screenshots"
PORTAL = Path(sys.executable).with_name("portal")
WIDTHS = {390: 844, 1440: 900}
TALLEST = 3000
ARGUMENTS = [
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    *(["--no-sandbox"] if os.geteuid() == 0 else []),
]

# Whose pages: name of the picture → address; "~words" is the case whose subject has these words,
# "… > words" where the first link with these words on that page leads.
PAGES: dict[str, dict[str, str]] = {
    "": {"sign-in": "/sign-in", "forgotten": "/sign-in/forgotten"},
    "ana@northwind.example": {
        "home": "/",
        "requests": "/cases/",
        "requests-done": "/cases/?state=finished",
        "what-can-we-do": "/requests/",
        "new-complaint": "/requests/new/complaint",
        "new-product-request": "/requests/new/product-request",
        "case-customer": "~Clutch housings cracked",
        "case-customer-answered": "~Invoice 2026-4471",
        "case-customer-closed": "~Pallet arrived",
        "case-customer-why": "~Clutch housings cracked/why",
        "case-customer-accesses": "~Clutch housings cracked/accesses",
        "case-customer-partner": "~Calibration of torque drills",
        "notices": "/notices/",
        "account": "/account/",
        "nothing-here": "/cases/0000-0000",
    },
    "bruno@northwind.example": {"home-own-requests": "/"},
    "pavel@adriatic.example": {
        "home-partner": "/",
        "case-partner": "~Project price for 120",
        "case-partner-asked": "~Popravak četiri",
    },
    "sofia@ferrum.example": {
        "home-supplier": "/",
        "new-supplier": "/requests/new/support-request",
        "case-supplier": "~Housing 7740-12",
        "case-supplier-late": "~Sleeve of CH-13",
        "case-supplier-waiting": "~Hinge 8806-2",
        "case-supplier-closed": "~Base plate 5120-03",
        "case-supplier-why": "~Housing 7740-12/why",
        "case-supplier-accesses": "~Housing 7740-12/accesses",
        "notices-supplier": "/notices/",
    },
    "tomas@borealis.example": {"home-rival-supplier": "/", "case-two-lanes": "~Price for 12,000 cells"},
    "petra@lumen.example": {"home-rival-partner": "/", "case-rival-partner": "~Safety check of 60"},
    "nina@adriatic.example": {"switch": "/account/organization", "home-two-organizations": "/"},
    "sue@meridian.example": {
        "inbox": "/desk/",
        "inbox-new": "/desk/?tab=new",
        "inbox-mine": "/desk/?tab=mine",
        "inbox-others": "/desk/?tab=others",
        "inbox-tasks": "/desk/?tab=tasks",
        "cases": "/cases/",
        "case-service": "~Clutch housings cracked",
        "case-service-late": "~MX-150 loses its sanding disc",
        "assign": "~Clutch housings cracked/assignment",
        "hand-over": "~Clutch housings cracked/hand-over",
        "answer": "~Clutch housings cracked/resolution",
        "case-service-why": "~Clutch housings cracked/why",
        "case-service-all": "~Clutch housings cracked?lane=all",
        "case-service-lane": "~Clutch housings cracked > Ferrum",
        "case-service-accesses": "~Clutch housings cracked/accesses",
        "case-two-suppliers": "~Three MB-8 packs",
        "case-partner-revoked": "~Calibration of torque drills",
        "case-lane-late": "~Keyless chucks open",
        "case-finished": "~Base plates bent",
        "case-confidential": "~What one of your people",
        "confidentiality": "~What one of your people/confidentiality",
        "let-in": "~What one of your people/colleagues",
        "ask-whom": "~Clutch housings cracked/lanes/new",
        "ask": "~Clutch housings cracked/lanes/new",
        "ask-preview": "~Clutch housings cracked/lanes/new",
        "release": "~Clutch housings cracked > Pass it on: Sofia Weber",
        "release-preview": "~Clutch housings cracked > Pass it on: Sofia Weber",
        "lane-dates": "~Clutch housings cracked > Dates",
        "lane-revocation": "~Clutch housings cracked > End access",
        "lane-ball": "~Clutch housings cracked > Correct the ball",
        "new-task": "~Clutch housings cracked/tasks/new",
        "notices-staff": "/notices/",
    },
    "fin@meridian.example": {
        "inbox-finance": "/desk/?tab=all",
        "inbox-finance-tasks": "/desk/?tab=tasks",
        "case-finance": "~Invoice 2026-4471",
        "case-finance-helper": "~Twenty MB-2 packs",
        "case-finance-confidential": "~What one of your people",
        "task": "~Price for 60 MR-26 > 60 MR-26 at 9 %",
    },
    "sal@meridian.example": {"inbox-sales": "/desk/", "case-sales-lanes": "~240 MB-8 packs"},
    "ada@meridian.example": {
        "settings": "/settings/",
        "settings-organizations": "/settings/organizations/",
        "settings-people": "/settings/people/",
        "settings-departments": "/settings/departments/",
        "settings-rules": "/settings/rules/",
        "settings-new-rule": "/settings/rules/new",
        "settings-letters": "/settings/letters/",
    },
}


def ask(page: Page) -> None:
    """Choose whom to ask, and write the question."""
    page.get_by_label("Partner or supplier").select_option(label="Borealis")
    page.get_by_role("button", name="Write the question").click()
    page.get_by_label("Tomas Brandt").check()
    page.get_by_label("In one line, what do you ask?").fill("Do packs of lot 2609-B get hotter than others?")
    words = "A customer has 40 drills of this lot. Northwind asks whether the packs may be the cause."
    page.get_by_label("What you write").fill(words)
    page.get_by_label("Product:").check()
    page.get_by_label("housing-1.jpg", exact=True).check()


def look(page: Page) -> None:
    """Have shown what they will see."""
    page.get_by_role("button", name="Look at what they will see").click()
    page.locator("#preview").wait_for()


def ask_and_look(page: Page) -> None:
    ask(page)
    look(page)


def release_and_look(page: Page) -> None:
    page.get_by_label("What you write").fill("That week is blocked; 200 checked housings are on their way.")
    look(page)


ACTS: dict[str, Callable[[Page], None]] = {
    "ask": ask,
    "ask-preview": ask_and_look,
    "release-preview": release_and_look,
}
"""What is done on a page before its picture is taken."""


def main() -> int:
    """Make them all; the exit status is that of a command."""
    began = time.monotonic()
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if chromium is None:
        print("no browser: sudo apt-get install chromium", file=sys.stderr)
        return 1
    FOLDER.mkdir(parents=True, exist_ok=True)
    only = sys.argv[1:]
    with tempfile.TemporaryDirectory() as folder, demo(Path(folder)) as url, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=ARGUMENTS)
        count = sum(shoot(browser, url, email, pages, only) for email, pages in PAGES.items())
        browser.close()
    print(f"{count} pictures in {FOLDER}, {time.monotonic() - began:.0f} s")
    return 0


@contextmanager
def demo(folder: Path) -> Iterator[str]:
    """The demo company in this folder, served at the address this yields."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    url = f"http://127.0.0.1:{port}"
    environment = {key: value for key, value in os.environ.items() if not key.startswith("PORTAL_")}
    environment |= {
        "PORTAL_ENV": "demo",
        "PORTAL_INSTANCE": str(folder),
        "PORTAL_BASE_URL": url,
        "PORTAL_TIMEZONE": "Europe/Zagreb",
    }
    made = subprocess.run([PORTAL, "demo", "--prepare"], env=environment, cwd=folder, check=False)
    if made.returncode:
        raise SystemExit("the demo could not be made")
    with (folder / "log").open("w") as log:
        served = subprocess.Popen(
            [PORTAL, "serve", "--port", str(port), "--workers", "1"],
            env=environment,
            cwd=folder,
            stdout=log,
            stderr=log,
        )
        try:
            await_answer(url, served, folder / "log")
            yield url
        finally:
            served.terminate()
            served.wait(20)


def await_answer(url: str, served: "subprocess.Popen[bytes]", log: Path) -> None:
    """Return as soon as the app answers; end the program when it does not."""
    for _ in range(150):
        try:
            urlopen(f"{url}/sign-in", timeout=5).close()  # noqa: S310 - our own address
        except (URLError, OSError):
            if served.poll() is not None:
                break
            time.sleep(0.1)
        else:
            return
    raise SystemExit(f"the app does not answer:\n{log.read_text()[-2000:]}")


def shoot(browser: Browser, url: str, email: str, pages: dict[str, str], only: list[str]) -> int:
    """Take the pictures of one person's pages; how many were taken."""
    wanted = {name: address for name, address in pages.items() if not only or name in only}
    if not wanted:
        return 0
    context = browser.new_context(base_url=url, locale="en-GB", reduced_motion="reduce")
    context.set_default_timeout(10_000)
    page = context.new_page()
    if email:
        sign_in(page, email)
    count = 0
    for name, address in wanted.items():
        page.set_viewport_size({"width": 1440, "height": 900})
        try:
            page.goto(found(page, address))
            page.wait_for_load_state("networkidle")
            if name in ACTS:
                ACTS[name](page)
                page.wait_for_load_state("networkidle")
            count += pictures(page, name)
        except Error as error:
            print(f"{name}: {str(error).splitlines()[0]}", file=sys.stderr)
    context.close()
    return count


def sign_in(page: Page, email: str) -> None:
    page.goto("/sign-in")
    page.get_by_label("E-mail").fill(email)
    page.get_by_role("textbox", name="Password").fill("demo")
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_url(lambda url: "/sign-in" not in url)


def found(page: Page, address: str) -> str:
    """The address itself; that of the case with these words in its subject; or where a link there leads."""
    address, _, link = address.partition(" > ")
    if address.startswith("~"):
        address = case_with(page, *re.split(r"(?=[/?])", address[1:], maxsplit=1))
    if not link:
        return address
    page.goto(address)
    return page.locator("main a", has_text=link).first.get_attribute("href") or ""


def case_with(page: Page, words: str, rest: str = "") -> str:
    """The address of the case with these words in its subject, and of what is below it."""
    page.goto("/cases/?state=all")
    row = page.locator("a[data-row]", has_text=words)
    while not row.count():
        page.goto(page.locator("a[rel=next]").get_attribute("href") or "")
    return f"{row.first.get_attribute('href')}{rest}"


def pictures(page: Page, name: str) -> int:
    """The page at each width in both themes, as high as it is (within reason)."""
    for width, height in WIDTHS.items():
        page.set_viewport_size({"width": width, "height": height})
        whole = page.evaluate("document.documentElement.scrollHeight")
        page.set_viewport_size({"width": width, "height": min(max(height, whole), TALLEST)})
        for theme in ("light", "dark"):
            page.emulate_media(color_scheme=theme, reduced_motion="reduce")
            page.screenshot(path=FOLDER / f"{name}-{width}-{theme}.png")
    print(name)
    return len(WIDTHS) * 2


if __name__ == "__main__":
    sys.exit(main())
