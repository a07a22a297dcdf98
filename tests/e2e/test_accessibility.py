"""Every page anybody can reach: axe finds nothing, in both themes and every language, and all of it fits.

Pages are found by following our own links from each person's start page; a page of the same pattern is looked
at once for each kind of reader, a case a few times, because its states differ.
"""

import re
from collections import deque
from collections.abc import Iterator
from urllib.parse import parse_qsl, urlsplit

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Browser, Page, expect
from sqlalchemy import update

from portal.demo.filling import fill
from portal.demo.sign_ins import PASSWORD
from portal.extensions import db
from portal.identity import links
from portal.identity.models import Person
from portal.languages import LANGUAGES
from tests.conftest import make
from tests.e2e.conftest import PATIENCE, Opened, Site, database, serving, watch
from tests.e2e.pages import NARROW, assert_fits, let_token_run_out

pytestmark = pytest.mark.e2e

STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
VARIANTS = [("light", 1280), ("dark", 390), ("dark", 1280), ("light", 390)]
MOST = 110
"""Pages looked at for one person; more would mean that a pattern is not recognised."""
CASES = {"ana@northwind.example": 4, "sue@meridian.example": 4}
"""Cases looked at, for those who have many; for others one is enough."""

RUN = """async (rules) => {
    const options = { resultTypes: ["violations"], preload: false, runOnly: rules };
    const found = await axe.run(document, options);
    return found.violations.map((each) => ({
        id: each.id,
        nodes: each.nodes.slice(0, 4).map((node) =>
            [node.target.join(" "), node.html.slice(0, 160), node.failureSummary]),
    }));
}"""
EVERYTHING = {"type": "tag", "values": STANDARDS}
WHAT_A_THEME_CHANGES = {"type": "rule", "values": ["color-contrast", "link-in-text-block", "target-size"]}

Looked = dict[str, set[str]]


@pytest.fixture(scope="module")
def demo(server: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The demo company, served: it has something on every page."""
    folder = tmp_path_factory.mktemp("demo")
    with database(server, folder) as url:
        app = make(url, folder, PORTAL_ENV="demo")
        with app.app_context():
            db.create_all()
        fill(app)
        with app.app_context():
            db.session.execute(update(Person).values(language=""))  # so that a page may be asked for in any
            db.session.commit()
            db.session.remove()
            db.engine.dispose()
        with serving(url, folder, PORTAL_ENV="demo") as running:
            yield running


@pytest.fixture(scope="module")
def looked() -> Looked:
    """The patterns that were looked at, by kind of reader."""
    return {"outside": set(), "staff": set()}


@pytest.fixture
def page_of(demo: Site, browser: Browser) -> Iterator[Opened]:
    """A page of somebody of the demo, by e-mail address, in a language; "" is nobody."""
    opened = []

    def one(email: str, locale: str = "en-GB") -> Page:
        context = browser.new_context(base_url=demo.url, locale=locale, reduced_motion="reduce")
        context.set_default_timeout(PATIENCE)
        opened.append((context, watch(context, demo.url, "")))
        page = context.new_page()
        if email:
            page.goto("/sign-in")
            page.locator("[name=email]").fill(email)
            page.locator("[name=password]").fill(PASSWORD)
            page.locator("form button[type=submit]").first.click()
            page.wait_for_url(lambda url: "/sign-in" not in url)
        return page

    yield one
    wrong = [each for _context, found in opened for each in found]
    for context, _found in opened:
        context.close()
    assert not wrong, "\n".join(wrong)


def look(page: Page) -> list[str]:
    """What axe finds on the page, in each theme and width, and whether it fits the narrowest phone."""
    page.evaluate(AXE_SCRIPT)
    found: dict[str, list[str]] = {}
    for number, (theme, width) in enumerate(VARIANTS):
        page.emulate_media(color_scheme=theme, reduced_motion="reduce")  # type: ignore[arg-type] # two words
        page.set_viewport_size({"width": width, "height": 844})
        if number == 1:
            page.evaluate("for (const each of document.querySelectorAll('main details')) each.open = true")
        for each in page.evaluate(RUN, EVERYTHING if number < 2 else WHAT_A_THEME_CHANGES):
            for node in each["nodes"]:
                found.setdefault(f"{each['id']}: {' | '.join(node)}", []).append(f"{theme} {width}")
    problems = [f"{page.url} ({', '.join(where)}) {what}" for what, where in found.items()]
    page.set_viewport_size(NARROW)  # type: ignore[arg-type] # its own type of the same shape
    try:
        assert_fits(page)
    except AssertionError as error:
        problems.append(str(error))
    page.set_viewport_size({"width": 1280, "height": 844})
    return problems


def look_abroad(pages: dict[str, Page], address: str) -> list[str]:
    """The same in the other languages, whose words are longer: axe in both themes, the narrowest phone."""
    problems = []
    for code, page in pages.items():
        page.goto(address, wait_until="load")
        settle(page)
        assert page.locator("html").get_attribute("lang") == code
        page.evaluate(AXE_SCRIPT)
        for theme, rules in (("light", EVERYTHING), ("dark", WHAT_A_THEME_CHANGES)):
            page.emulate_media(color_scheme=theme, reduced_motion="reduce")  # type: ignore[arg-type] # two words
            problems += [f"{address} ({code}, {theme}) {each}" for each in page.evaluate(RUN, rules)]
        page.set_viewport_size(NARROW)  # type: ignore[arg-type] # its own type of the same shape
        try:
            assert_fits(page)
        except AssertionError as error:
            problems.append(f"{code}: {error}")
        page.set_viewport_size({"width": 1280, "height": 844})
    return problems


def settle(page: Page) -> None:
    """Wait for what the page fetches by itself, such as the counts of an inbox."""
    expect(page.locator(".htmx-request, .htmx-swapping, .htmx-settling")).to_have_count(0)


def pattern(address: str) -> str:
    """Addresses that differ only by a number or a word somebody typed are the same page."""
    parts = urlsplit(address)
    path = re.sub(r"/\d{4}-\d{4}(?=/|$)", "/<case>", parts.path)
    path = re.sub(r"/\d+(?=/|$)", "/<id>", path)
    asked = sorted(f"{k}={v}" if k in ("tab", "state") else k for k, v in parse_qsl(parts.query, True))
    return f"{path}?{'&'.join(asked)}" if asked else path


def addresses(page: Page) -> list[str]:
    """Where the page's links lead, on our site, without files."""
    found = page.evaluate("[...document.querySelectorAll('a[href]')].map((each) => each.href)")
    origin = "{0.scheme}://{0.netloc}".format(urlsplit(page.url))
    return [
        url.partition("#")[0] for url in found if url.startswith(origin) and not re.search(r"/files/\d", url)
    ]


@pytest.mark.parametrize(
    ("kind", "email"),
    [
        ("outside", "ana@northwind.example"),
        ("outside", "bruno@northwind.example"),
        ("outside", "sofia@ferrum.example"),
        ("outside", "nina@adriatic.example"),
        ("staff", "sue@meridian.example"),
        ("staff", "fin@meridian.example"),
        ("staff", "ada@meridian.example"),
    ],
    ids=lambda value: value.partition("@")[0],
)
def test_every_page(page_of: Opened, demo: Site, looked: Looked, kind: str, email: str) -> None:
    page = page_of(email)
    abroad = {code: page_of(email, code) for code in LANGUAGES if code != "en"}
    seen, cases, problems, visited = looked[kind], 0, [], 0
    waiting = deque([demo.url + "/", page.url])
    known = set(waiting)
    while waiting:
        address = waiting.popleft()
        this = pattern(address)
        is_case = this == "/cases/<case>"
        if (is_case and cases == CASES.get(email, 1)) or (this in seen and not is_case and visited):
            continue
        seen.add(this)
        cases += is_case
        visited += 1
        assert visited <= MOST, f"too many patterns: {sorted(seen)}"
        answer = page.goto(address, wait_until="load")
        assert answer is not None
        if answer.status != 200:
            problems.append(f"{address} leads to {answer.status}")
            continue
        settle(page)
        problems += look(page)
        further_on = addresses(page)
        if not is_case or cases == 1:
            problems += look_abroad(abroad, address)
        for further in further_on:
            if further not in known:
                known.add(further)
                waiting.append(further)
    assert not problems, "\n".join(problems)


def press(page: Page, name: str) -> None:
    """Send a form and wait for its answer, whichever it is."""
    with page.expect_response(lambda answer: answer.request.method == "POST"):
        page.evaluate("for (const form of document.forms) form.noValidate = true")
        page.get_by_role("button", name=name).last.click()
    page.wait_for_load_state("load")
    settle(page)


def refused(page: Page, address: str, button: str, words: str) -> list[str]:
    """Send the form at this address without what it needs, and look at what comes back."""
    page.goto(address)
    press(page, button)
    expect(page.locator("main")).to_contain_text(words)
    return look(page)


def test_every_kind_of_request_sent_empty(page_of: Opened) -> None:
    page, problems = page_of("ana@northwind.example"), []
    page.goto("/requests/")
    for address in sorted({url for url in addresses(page) if "/requests/new/" in url}):
        problems += refused(page, address, "Send to", "Nothing you typed is lost.")
    assert not problems, "\n".join(problems)


def test_forms_of_staff_sent_empty(page_of: Opened) -> None:
    page, problems = page_of("sue@meridian.example"), []
    page.goto("/desk/?tab=mine")
    case = str(page.locator("a[data-row]").first.get_attribute("href"))
    problems += refused(page, f"{case}/hand-over", "Hand over", "Nothing you typed is lost.")
    problems += refused(page, f"{case}/closure", "Close the case", "Nothing you typed is lost.")
    problems += refused(page, case, "Keep as note", "Write a message or add a file.")
    problems += refused(page, "/account/password", "Change password", "Nothing you typed is lost.")
    page.goto("/desk/")
    page.keyboard.press("?")
    expect(page.locator("#keys")).to_be_visible()
    problems += look(page)
    assert not problems, "\n".join(problems)


def test_the_menu_of_a_phone(page_of: Opened) -> None:
    problems = []
    for email in ("ana@northwind.example", "ada@meridian.example"):
        page = page_of(email)
        page.set_viewport_size({"width": 390, "height": 844})
        page.get_by_text("More", exact=True).locator("visible=true").click()
        expect(page.locator(".out-of").get_by_role("button", name="Sign out")).to_be_visible()
        problems += look(page)
    assert not problems, "\n".join(problems)


def test_pages_before_signing_in(page_of: Opened, demo: Site) -> None:
    page, problems = page_of(""), []
    for address in ("/sign-in", "/sign-in/forgotten", "/links/not-one-of-ours"):
        page.goto(address)
        problems += look(page)
    page.goto("/sign-in")
    press(page, "Sign in")
    problems += look(page)
    page.get_by_label("E-mail").fill("ana@northwind.example")
    page.get_by_role("textbox", name="Password").fill("not it")
    press(page, "Sign in")
    expect(page.locator("body")).to_contain_text("That did not match.")
    problems += look(page)
    page.goto(_link(demo))
    problems += look(page)
    press(page, "Set password")
    problems += look(page)
    page.goto("/sign-in/forgotten")
    page.get_by_label("E-mail").fill("nobody@elsewhere.example")
    press(page, "Send me a link")
    expect(page.get_by_role("heading", level=1)).to_have_text("Look into your mail")
    problems += look(page)
    assert not problems, "\n".join(problems)


def _link(demo: Site) -> str:
    """The address of a link for a new password."""
    with demo.cast.acting():
        person = db.session.query(Person).filter_by(email="bruno@northwind.example").one()
        _row, url = links.make(person, "reset", None)
        return url


@pytest.mark.parametrize("email", ["ana@northwind.example", "sue@meridian.example"])
def test_pages_for_what_goes_wrong(page_of: Opened, email: str) -> None:
    page, problems = page_of(email), []
    page.goto("/cases/0000-0000")
    expect(page.get_by_role("heading", level=1)).to_have_text("There is nothing here for you")
    problems += look(page)
    page.goto("/sign-out")
    problems += look(page)
    page.goto("/cases/?number=12345678")
    problems += look(page)
    problems += _token_ran_out(page)
    page.goto("/account/password")
    page.context.clear_cookies()
    press(page, "Change password")
    expect(page.get_by_role("heading", level=1)).to_have_text("Sign in again")
    problems += look(page)
    assert not problems, "\n".join(problems)


def _token_ran_out(page: Page) -> list[str]:
    page.goto("/account/")
    let_token_run_out(page)
    press(page, "Save")
    expect(page.get_by_role("heading", level=1)).to_have_text("What you wrote is still here")
    return look(page)


def test_somebody_was_quicker(page_of: Opened) -> None:
    page = page_of("sue@meridian.example")
    page.goto("/desk/?tab=mine")
    case = page.locator("a[data-row]").last.get_attribute("href")
    page.goto(f"{case}/assignment")
    other = page.context.new_page()
    other.goto(f"{case}/assignment")
    other.get_by_label("Who takes it?").select_option("Nobody")
    press(other, "Assign")
    press(page, "Assign")
    expect(page.get_by_role("heading", level=1)).to_have_text("Somebody was quicker")
    problems = look(page)
    assert not problems, "\n".join(problems)
