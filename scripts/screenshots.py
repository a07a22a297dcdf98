"""Pictures of the main pages of the demo company: phone and desktop, light and dark (`make screenshots`).

Into instance/screenshots/<page>-<width>-<theme>.png. The demo is made anew in a temporary folder, so nothing
that was entered into yours shows.
"""

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
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

# Whose pages: name of the picture → address; "~words" is the case whose subject has these words.
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
        "notices": "/notices/",
        "account": "/account/",
        "nothing-here": "/cases/0000-0000",
    },
    "bruno@northwind.example": {"home-own-requests": "/"},
    "pavel@adriatic.example": {"home-partner": "/", "case-partner": "~Project price for 120"},
    "sofia@ferrum.example": {"home-supplier": "/", "new-supplier": "/requests/new/support-request"},
    "nina@adriatic.example": {"switch": "/account/organization", "home-two-organizations": "/"},
    "sue@meridian.example": {
        "inbox": "/desk/",
        "inbox-new": "/desk/?tab=new",
        "inbox-mine": "/desk/?tab=mine",
        "inbox-others": "/desk/?tab=others",
        "cases": "/cases/",
        "case-service": "~Clutch housings cracked",
        "case-service-late": "~MX-150 loses its sanding disc",
        "assign": "~Clutch housings cracked/assignment",
        "hand-over": "~Clutch housings cracked/hand-over",
        "answer": "~Clutch housings cracked/resolution",
        "case-service-why": "~Clutch housings cracked/why",
        "notices-staff": "/notices/",
    },
    "fin@meridian.example": {"inbox-finance": "/desk/?tab=all", "case-finance": "~Invoice 2026-4471"},
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
    """The address itself, or that of the case with these words in its subject."""
    if not address.startswith("~"):
        return address
    words, _, rest = address[1:].partition("/")
    page.goto("/cases/?state=all")
    while not page.locator("a[data-row]", has_text=words).count():
        page.locator("a[rel=next]").click()
        page.wait_for_load_state("networkidle")
    case = page.locator("a[data-row]", has_text=words).first.get_attribute("href")
    return f"{case}/{rest}".rstrip("/")


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
