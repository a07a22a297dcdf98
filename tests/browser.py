"""A test client that has standards: every page it fetches is checked before the test looks at it."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from xml.etree.ElementTree import Element

import html5lib
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event
from werkzeug.test import TestResponse

from portal.extensions import db

WRITES = ("INSERT", "UPDATE", "DELETE")


class Statements(list[str]):
    """The SQL statements executed meanwhile, transactions' own words left out."""

    def writes(self, *but: str) -> list[str]:
        """The writing ones, except into the tables named."""
        found = [s for s in self if s.lstrip().upper().startswith(WRITES)]
        return [s for s in found if not any(re.search(rf"\b{table}\b", s.split("(")[0]) for table in but)]


@contextmanager
def statements(app: Flask) -> Iterator[Statements]:
    """Collect what the app's engine executes inside."""
    with app.app_context():
        engine = db.engine
    kept = Statements()

    def keep(_c: Any, _cursor: Any, statement: str, *_: Any) -> None:
        if not statement.upper().startswith(
            ("BEGIN", "PRAGMA", "COMMIT", "ROLLBACK", "SAVEPOINT", "RELEASE")
        ):
            kept.append(statement)

    event.listen(engine, "before_cursor_execute", keep)
    try:
        yield kept
    finally:
        event.remove(engine, "before_cursor_execute", keep)


class Page:
    """A fetched page: its response, text, and tree."""

    def __init__(self, response: TestResponse) -> None:
        self.response = response
        self.status = response.status_code
        self.html = response.get_data(as_text=True) if response.mimetype.startswith("text/") else ""
        self.tree: Element | None = None

    def __contains__(self, words: str) -> bool:
        return words in self.text

    @property
    def location(self) -> str:
        return self.response.headers.get("Location", "")

    @property
    def text(self) -> str:
        """The words on the page, white space joined."""
        assert self.tree is not None, f"no page: {self.status}"
        body = self.tree.find(".//body")
        assert body is not None
        return " ".join("".join(body.itertext()).split())

    def all(self, tag: str) -> list[Element]:
        assert self.tree is not None
        return list(self.tree.iter(tag))

    def links(self) -> list[str]:
        return [a.get("href", "") for a in self.all("a")]

    def fields(self, action: str | None = None) -> dict[str, str]:
        """What the form to this action would send as it stands; without one, the form that asks most."""
        forms = [form for form in self.all("form") if action is None or form.get("action") == action]
        assert forms, f"no form to {action}"
        return max((dict(_values(form)) for form in forms), key=len)


def _values(form: Element) -> Iterator[tuple[str, str]]:
    for field in form.iter():
        name = field.get("name")
        if not name:
            continue
        if field.tag == "textarea":
            yield name, field.text or ""
        elif field.tag == "select":
            chosen = [o for o in field.iter("option") if o.get("selected") is not None] or list(
                field.iter("option")
            )
            if chosen:
                yield name, chosen[0].get("value", chosen[0].text or "")
        elif field.tag == "input" and field.get("type") not in ("file", "submit"):
            ticked = field.get("type") not in ("checkbox", "radio") or field.get("checked") is not None
            if ticked:
                yield name, field.get("value", "")


class Browser:
    """One person's browser. `get` and `post` check the page; `expect` is the status wanted."""

    def __init__(self, app: Flask, name: str = "nobody") -> None:
        self.app, self.name = app, name
        self.client: FlaskClient = app.test_client()

    def get(self, url: str, expect: int = 200, **kwargs: Any) -> Page:
        with statements(self.app) as done:
            page = Page(self.client.get(url, **kwargs))
        assert page.status == expect, f"{self.name} GET {url}: {page.status}\n{page.html[:2000]}"
        assert not done.writes("accesses"), f"{self.name} GET {url} wrote {done.writes('accesses')}"
        check(page, f"{self.name} GET {url}")
        return page

    def post(self, url: str, data: dict[str, Any] | None = None, expect: int = 303, **kwargs: Any) -> Page:
        headers = {"Sec-Fetch-Site": "same-origin", **kwargs.pop("headers", {})}
        page = Page(self.client.post(url, data=data or {}, headers=headers, **kwargs))
        assert page.status == expect, f"{self.name} POST {url}: {page.status}\n{page.html[:3000]}"
        if page.html and page.status not in (303, 302):
            check(page, f"{self.name} POST {url}")
        return page


def check(page: Page, where: str) -> None:
    """Valid HTML, one h1 that matches the title, unique ids, labelled fields, no style attributes."""
    if page.response.mimetype != "text/html" or page.status in (301, 302, 303):
        return
    if page.html.lstrip().lower().startswith("<!doctype html>"):
        _whole(page, where)
    else:
        page.tree = html5lib.parseFragment(page.html, namespaceHTMLElements=False)


def _whole(page: Page, where: str) -> None:
    parser = html5lib.HTMLParser(namespaceHTMLElements=False)
    page.tree = tree = parser.parse(page.html)
    assert not parser.errors, f"{where}: invalid HTML {parser.errors[:3]}"
    headings = [" ".join("".join(h.itertext()).split()) for h in tree.iter("h1")]
    assert len(headings) == 1, f"{where}: {len(headings)} h1 {headings}"
    title = " ".join("".join(next(tree.iter("title")).itertext()).split())
    assert title.startswith(headings[0]), f"{where}: title “{title}” is not of h1 “{headings[0]}”"
    ids = [e.get("id") for e in tree.iter() if e.get("id") is not None]
    double = {i for i in ids if ids.count(i) > 1}
    assert not double, f"{where}: ids twice: {double}"
    styled = [e.tag for e in tree.iter() if e.get("style") is not None or e.tag == "style"]
    assert not styled, f"{where}: styles inline: {styled}"
    handlers = [(e.tag, k) for e in tree.iter() for k in e.attrib if str(k).startswith("on")]
    assert not handlers, f"{where}: handlers inline: {handlers}"
    _labelled(tree, where)


def _labelled(tree: Element, where: str) -> None:
    named = {label.get("for") for label in tree.iter("label")}
    inside = {id(field) for label in tree.iter("label") for field in label.iter()}
    for field in (f for tag in ("input", "select", "textarea") for f in tree.iter(tag)):
        if field.get("type") in ("hidden", "submit"):
            continue
        labelled = field.get("id") in named or id(field) in inside or field.get("aria-label")
        assert labelled, f"{where}: no label for {field.get('name')}"
