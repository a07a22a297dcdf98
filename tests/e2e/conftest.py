"""A real browser at the real app: `portal serve` on a database of its own, every page watched for errors."""

import os
import re
import shutil
import socket
import subprocess
import sys
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any
from urllib.error import URLError
from urllib.request import urlopen

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from portal.extensions import db
from tests.cast import PASSWORD, PEOPLE, Cast
from tests.conftest import _database, _on, make, settings

SCREENSHOTS = Path(__file__).parents[2] / "instance" / "screenshots"
PATIENCE = 8_000
"""Milliseconds a page has to show what it should."""

# An answer in the 400s is for the test to judge, and portal.js aborts what runs in the background when a form
# is sent; the browser and htmx put a line on the console for each.
EXPECTED = re.compile(
    r"Failed to load resource: the server responded with a status of 4\d\d|Response Status Error Code 4\d\d"
    r"|htmx:(sendAbort|afterRequest)"
)
ARGUMENTS = [
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    *(["--no-sandbox"] if os.geteuid() == 0 else []),
]

Opened = Callable[..., Page]


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> Iterator[Any]:
    report = yield
    if report.when == "call":
        item.stash[FAILED] = report.failed
    return report


FAILED = pytest.StashKey[bool]()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Debian's Chromium; Playwright brings none of its own here."""
    path = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if path is None:
        pytest.fail("no browser: sudo apt-get install chromium", pytrace=False)
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield running
        running.close()


@dataclass
class Site:
    """The app while it is being served."""

    url: str
    database_url: str
    folder: Path

    @cached_property
    def cast(self) -> Cast:
        """The cast on the same database, to prepare what a test finds there."""
        return Cast(make(self.database_url, self.folder, PORTAL_BASE_URL=self.url))

    def let_go(self) -> None:
        """Close what the cast has open on the database."""
        if "cast" in self.__dict__:
            with self.cast.app.app_context():
                db.session.remove()
                db.engine.dispose()


@contextmanager
def serving(database_url: str, folder: Path, **more: str) -> Iterator[Site]:
    """Serve the database from a process of its own, ended by its id; more: further settings."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    url = f"http://127.0.0.1:{port}"
    environment = {k: v for k, v in os.environ.items() if not k.startswith("PORTAL_")}
    environment |= settings(database_url, folder, PORTAL_BASE_URL=url, **more)
    command = [Path(sys.executable).with_name("portal"), "serve", "--port", str(port), "--workers", "1"]
    with (folder / "server.log").open("w") as log:
        process = subprocess.Popen(command, env=environment, cwd=folder, stdout=log, stderr=log)
        try:
            _await(url, process, folder)
            running = Site(url, database_url, folder)
            yield running
            running.let_go()
        finally:
            process.terminate()
            process.wait(20)


def _await(url: str, process: subprocess.Popen[bytes], folder: Path) -> None:
    for _ in range(200):
        if process.poll() is not None:
            break
        try:
            urlopen(f"{url}/sign-in", timeout=5).close()  # noqa: S310 - our own address
        except (URLError, OSError):
            time.sleep(0.1)
        else:
            return
    pytest.fail(f"the app does not answer:\n{(folder / 'server.log').read_text()[-3000:]}", pytrace=False)


@contextmanager
def database(server: str, folder: Path, template: str = "") -> Iterator[str]:
    """The URL of a database of its own, a copy of the template or empty."""
    if not server:
        if template:
            shutil.copy(template.removeprefix("sqlite:///"), folder / "portal.db")
        yield f"sqlite:///{folder / 'portal.db'}"
        return
    name = f"e_{uuid.uuid4().hex[:12]}"
    source = template.partition("?")[0].rsplit("/", 1)[1] if template else "template0"
    _on(server, f"CREATE DATABASE {name} TEMPLATE {source}")
    yield _database(server, name)
    _on(server, f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(scope="module")
def site(template: str, server: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The served app on a fresh copy of the cast's database, one for all tests of a file."""
    folder = tmp_path_factory.mktemp("site")
    with database(server, folder, template) as url, serving(url, folder) as running:
        yield running


def watch(context: BrowserContext, origin: str, expecting: str) -> list[str]:
    """Everything that must not happen in this context, collected as it happens."""
    wrong: list[str] = []

    def console(message: Any) -> None:
        expected = EXPECTED.search(message.text) or (expecting and re.search(expecting, message.text))
        if message.type == "error" and not expected:
            wrong.append(f"console: {message.text}")

    def request(sent: Any) -> None:
        if not sent.url.startswith((origin, "data:", "blob:")):
            wrong.append(f"request elsewhere: {sent.url}")

    def response(got: Any) -> None:
        page_like = got.request.resource_type in ("document", "xhr", "fetch")
        if got.status >= (500 if page_like else 400):
            wrong.append(f"{got.status}: {got.request.method} {got.url}")

    context.on("console", console)
    context.on("weberror", lambda error: wrong.append(f"page error: {error.error}"))
    context.on("request", request)
    context.on("response", response)
    return wrong


@pytest.fixture
def browser_as(site: Site, browser: Browser, request: pytest.FixtureRequest) -> Iterator[Opened]:
    """A page of somebody signed in through the form: `browser_as("ana", viewport={…})`; "nobody" is not.

    expecting: which lines on the console are part of the test
    """
    contexts: list[tuple[BrowserContext, list[str]]] = []

    def opened(name: str, expecting: str = "", **options: Any) -> Page:
        context = browser.new_context(**{"locale": "en-GB", "base_url": site.url, **options})
        context.set_default_timeout(PATIENCE)
        contexts.append((context, watch(context, site.url, expecting)))
        page = context.new_page()
        if name != "nobody":
            sign_in(page, name)
        return page

    yield opened
    wrong = [each for _, found in contexts for each in found]
    for number, (context, _) in enumerate(contexts):
        if wrong or request.node.stash.get(FAILED, False):
            _picture(context, f"{request.node.name}-{number}")
        context.close()
    assert not wrong, "\n".join(wrong)


def sign_in(page: Page, name: str) -> None:
    """Through the form, as somebody would: `ana`, or `nina@alpina` for one of several organizations."""
    key, _, place = name.partition("@")
    domain = PEOPLE[key][1][0]
    page.goto("/sign-in")
    page.get_by_label("E-mail").fill(f"{key}@{domain}.example")
    page.get_by_role("textbox", name="Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_url(lambda url: "/sign-in" not in url)
    if "/account/organization" in page.url:
        page.get_by_role("button", name=(place or domain).capitalize()).click()
        page.wait_for_url(lambda url: "/account/organization" not in url)


def _picture(context: BrowserContext, name: str) -> None:
    folder = SCREENSHOTS / "failed"
    folder.mkdir(parents=True, exist_ok=True)
    for page in context.pages:
        page.screenshot(path=folder / f"{re.sub(r'[^a-z0-9]+', '-', name.lower())}.png", full_page=True)
