"""A small app of the identity room alone, a few people, and a browser that fills in the forms it is shown."""

import html.parser
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from flask import Flask, request
from flask_babel import gettext, ngettext
from jinja2 import ChoiceLoader, DictLoader, FileSystemLoader
from sqlalchemy import event, select

import portal.cases.models
import portal.catalogue.models
import portal.routing.models  # noqa: F401 - their tables belong to the same schema
from portal import assets, showing, web
from portal.cases.registry import Registry
from portal.channels import letters
from portal.channels.models import Letter
from portal.config import Settings
from portal.extensions import Model, babel, csrf, db, htmx, login, sqlite_done_right
from portal.identity import links, oidc
from portal.identity.models import Membership, Organization, Person, SignInAttempt
from portal.identity.passwords import hashed
from portal.identity.views import blueprint

PASSWORD = "a horse of many colours"
TEMPLATES = Path(__file__).parents[2] / "templates"
STAND_INS = {
    "resume.html": """<h1>Send it again</h1><p>{{ why }}</p><form method="post" action="{{ kept.address }}">
    <input type="hidden" name="csrf_token" value="{{ csrf_token() }}">{% for name, value in kept.fields %}
    <input type="hidden" name="{{ name }}" value="{{ value }}">{% endfor %}</form>"""
}


@cache
def the_hash() -> str:
    return hashed(PASSWORD)


@dataclass
class Form:
    action: str
    fields: dict[str, str]


class _Page(html.parser.HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self.h1: list[str] = []
        self._in_h1 = False
        self._textarea = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.forms.append(Form(found.get("action", ""), {}))
        elif tag == "input" and self.forms and "name" in found:
            if found.get("type") not in ("radio", "checkbox") or "checked" in found:
                self.forms[-1].fields[found["name"]] = found.get("value", "")
        elif tag == "textarea":
            self._textarea = found["name"]
            self.forms[-1].fields[self._textarea] = ""
        self._in_h1 = tag == "h1" or self._in_h1

    def handle_endtag(self, tag: str) -> None:
        self._in_h1 = self._in_h1 and tag != "h1"
        self._textarea = "" if tag == "textarea" else self._textarea

    def handle_data(self, data: str) -> None:
        if self._in_h1:
            self.h1.append(data.strip())
        if self._textarea:
            self.forms[-1].fields[self._textarea] += data


class Browser:
    """One person's browser: cookies, a network address, and forms sent the way the page has them."""

    def __init__(self, app: Flask, address: str = "203.0.113.7") -> None:
        self.app = app
        self.client = app.test_client()
        self.environ = {"REMOTE_ADDR": address}

    def get(self, url: str, **more: Any) -> Any:
        return self.client.get(url, environ_overrides=self.environ, **more)

    def post(self, url: str, fields: dict[str, Any], **more: Any) -> Any:
        headers = {"Sec-Fetch-Site": "same-origin", **more.pop("headers", {})}
        return self.client.post(url, data=fields, headers=headers, environ_overrides=self.environ, **more)

    def send(self, page: Any, action: str, **fields: Any) -> Any:
        """Fill in the page's form that goes to `action` and send it."""
        form = next((form for form in read(page).forms if form.action == action), None)
        assert form is not None, f"no form to {action} in {page.text}"
        return self.post(action, {**form.fields, **fields})

    def fill(self, url: str, action: str | None = None, **fields: Any) -> Any:
        """Open a page and send its form."""
        return self.send(self.get(url), action or url.split("?")[0], **fields)

    def sign_in(self, email: str, password: str = PASSWORD, **more: str) -> Any:
        return self.fill("/sign-in", email=email, password=password, **more)

    def who(self) -> str:
        """Who is signed in here, as a closed page sees it; empty for nobody."""
        answer = self.get("/me")
        return answer.text if answer.status_code == 200 else ""


def read(page: Any) -> _Page:
    parsed = _Page()
    parsed.feed(page.text)
    return parsed


def heading(page: Any) -> str:
    """The page's one h1."""
    found = read(page).h1
    assert len(found) == 1, found
    return found[0]


@dataclass(frozen=True)
class Site:
    name: str = "Meridian Tools"


def make_app(settings: Settings) -> Flask:
    app = Flask("portal", static_folder=None)
    app.config.from_mapping(
        SETTINGS=settings,
        SITE=Site(),
        LANGUAGES={"en": "English", "pt": "Português"},
        DEMO_SIGN_INS=[],
        SECRET_KEY=settings.secret_key,
        SQLALCHEMY_DATABASE_URI=settings.database_url,
        SESSION_COOKIE_NAME="portal",
        BABEL_DEFAULT_LOCALE="en",
        PROPAGATE_EXCEPTIONS=True,
    )
    app.jinja_loader = ChoiceLoader([FileSystemLoader(TEMPLATES), DictLoader(STAND_INS)])
    app.jinja_env.globals.update(lang="en")
    app.jinja_env.add_extension("jinja2.ext.i18n")
    db.init_app(app)
    with app.app_context():
        sqlite_done_right(db.engine)
    for extension in (login, csrf, htmx):
        extension.init_app(app)
    babel.init_app(app, locale_selector=lambda: "en")
    app.jinja_env.install_gettext_callables(gettext, ngettext, newstyle=True)
    app.extensions["portal"] = Registry()
    app.add_url_rule("/", "home", lambda: f"home of {web.me().name}")
    app.add_url_rule("/me", "me", lambda: f"{web.me().email} for {web.me().organization_name}")
    app.add_url_rule("/notes", "notes", lambda: request.form["body"], methods=["POST"])
    app.register_blueprint(blueprint)
    web.register(app)
    showing.register(app)
    assets.register(app)
    oidc.register(app)
    links.on_link(letters.write_link)
    return app


@pytest.fixture()
def settings(tmp_path: Path) -> Settings:
    return Settings(
        env="testing",
        database_url=f"sqlite:///{tmp_path / 'portal.db'}",
        base_url="http://127.0.0.1:8000",
        secret_key="only for tests",
        instance=tmp_path,
    )


@contextmanager
def running(settings: Settings) -> Iterator[Flask]:
    """An app with its tables and people, closed down afterwards."""
    app = make_app(settings)
    with app.app_context():
        Model.metadata.create_all(db.engine)
        people()
    yield app
    with app.app_context():
        db.session.remove()
        db.engine.dispose()


def people() -> None:
    """Ana at Northwind, Nina at Adriatic and Alpina, Olga (deactivated), Eva (an address only), Uwe (left)."""
    from portal.identity.people import create_person, deactivate

    companies = {name: Organization(name=name, customer=True) for name in ("Northwind", "Alpina")}
    companies["Adriatic"] = Organization(name="Adriatic", partner=True)
    db.session.add_all(companies.values())
    db.session.flush()
    for name, places in {
        "Ana": ["Northwind"],
        "Nina": ["Adriatic", "Alpina"],
        "Olga": ["Northwind"],
        "Eva": ["Northwind"],
        "Uwe": [],
    }.items():
        stored = None if name == "Eva" else the_hash()
        person = create_person(name, f"{name.lower()}@example.com", password_hash=stored)
        db.session.add_all(
            Membership(person_id=person.id, organization_id=companies[place].id, manager=name == "Ana")
            for place in places
        )
    deactivate(db.session.scalars(select(Person).where(Person.name == "Olga")).one())
    db.session.commit()


@pytest.fixture()
def app(settings: Settings) -> Iterator[Flask]:
    with running(settings) as app:
        yield app


@pytest.fixture()
def browser(app: Flask) -> Browser:
    return Browser(app)


@pytest.fixture()
def with_settings(settings: Settings, tmp_path: Path) -> Iterator[Any]:
    """Make an app with some settings changed."""
    made = []

    def make(**changes: Any) -> Flask:
        changes.setdefault("database_url", f"sqlite:///{tmp_path / f'{len(made)}.db'}")
        context = running(replace(settings, **changes))
        made.append(context)
        return context.__enter__()

    yield make
    for context in made:
        context.__exit__(None, None, None)


@contextmanager
def writes(app: Flask) -> Iterator[list[str]]:
    """The statements that change something, while inside."""
    seen: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        if statement.lstrip().upper().startswith(("INSERT", "UPDATE", "DELETE")):
            seen.append(statement)

    with app.app_context():
        engine = db.engine
    event.listen(engine, "before_cursor_execute", note)
    try:
        yield seen
    finally:
        event.remove(engine, "before_cursor_execute", note)


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
