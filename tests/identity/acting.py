"""A browser that fills in the forms it is shown, and what the tests of this room look up."""

from collections.abc import Iterator
from typing import Any

from flask import Flask
from sqlalchemy import select

from portal.channels.models import Letter
from portal.extensions import db
from portal.identity.models import Person, SignInAttempt
from tests.browser import Page, check
from tests.cast import PASSWORD

ANA, NINA, OLGA = "ana@northwind.example", "nina@adriatic.example", "olga@northwind.example"
EVA, NOBODY = "eva@elsewhere.example", "who@nowhere.example"


class Browser:
    """One person's browser: cookies, a network address, and forms sent the way the page has them."""

    def __init__(self, app: Flask, address: str = "203.0.113.7") -> None:
        self.app = app
        self.client = app.test_client()
        self.environ = {"REMOTE_ADDR": address}

    def get(self, url: str, **more: Any) -> Page:
        return self._page(self.client.get(url, environ_overrides=self.environ, **more), url)

    def post(self, url: str, fields: dict[str, Any], **more: Any) -> Page:
        headers = {"Sec-Fetch-Site": "same-origin", **more.pop("headers", {})}
        answer = self.client.post(url, data=fields, headers=headers, environ_overrides=self.environ, **more)
        return self._page(answer, url)

    def _page(self, answer: Any, url: str) -> Page:
        page = Page(answer)
        if page.html.lstrip().lower().startswith("<!doctype"):
            check(page, url)
        return page

    def send(self, page: Page, action: str, **fields: Any) -> Page:
        """Fill in the page's form that goes to `action` and send it."""
        return self.post(action, {**page.fields(action), **fields})

    def fill(self, url: str, action: str | None = None, **fields: Any) -> Page:
        """Open a page and send its form."""
        return self.send(self.get(url), action or url.split("?", maxsplit=1)[0], **fields)

    def sign_in(self, email: str, password: str = PASSWORD, **more: str) -> Page:
        return self.fill("/sign-in", email=email, password=password, **more)

    def who(self) -> str:
        """Who is signed in here, as a closed page sees it; empty for nobody."""
        page = self.get("/me")
        return page.html if page.status == 200 else ""


def heading(page: Page) -> str:
    """The page's h1 (the browser has made sure there is one)."""
    return " ".join("".join(page.all("h1")[0].itertext()).split())


def person(email: str) -> Person:
    """Inside an app context: the person with this address."""
    return db.session.scalars(select(Person).where(Person.email == email)).one()


def letters_to(app: Flask, email: str) -> list[Letter]:
    with app.app_context():
        return list(db.session.scalars(select(Letter).where(Letter.address == email).order_by(Letter.id)))


def attempts(app: Flask) -> list[SignInAttempt]:
    with app.app_context():
        return list(db.session.scalars(select(SignInAttempt).order_by(SignInAttempt.id)))


def address_in(letter: Letter) -> str:
    """The link a letter carries."""
    return next(line for line in letter.body.splitlines() if "/links/" in line)


def path_in(letter: Letter) -> str:
    return "/links/" + address_in(letter).partition("/links/")[2]


def links_in(letters: list[Letter]) -> Iterator[str]:
    return (path_in(letter) for letter in letters if "/links/" in letter.body)
